/** Holds what the README shows of the shop against the shop. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { routes } from "../../generated/routes.ts";
import { type Shop, startShop } from "./shop.ts";

const readme = readFileSync("README.md", "utf8");

describe("the README", () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await startShop();
  });
  afterAll(() => shop.close());

  it("shows the answer that its request has", async () => {
    const [, path = "", answer = ""] =
      /curl 'http:\/\/127\.0\.0\.1:8080(\S+)'\n```\n\n```json\n([\s\S]*?)```/.exec(readme) ?? [];
    expect(await shop.get(path)).toEqual(JSON.parse(answer));
  });

  it("shows every route, and no other", () => {
    const shown = [...readme.matchAll(/^[A-Z]+ +\/\S+ .*\((.*)\)$/gm)].map((match) => match[1]);
    expect(shown).toEqual(
      routes.map((route) =>
        route.kind === "composed" ? route.file : `${route.service}.${route.operation.name}`,
      ),
    );
  });
});
