/** Holds what the README shows of the shop against the shop. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generate } from "../../cli/generate.ts";
import { formatRoutes } from "../../cli/print/format-routes.ts";
import type { Terminal } from "../../cli/print/terminal.ts";
import { type Shop, startShop } from "./shop.ts";

const readme = readFileSync("README.md", "utf8");

const plain: Terminal = {
  paint: (_, text) => text,
  interactive: false,
  say: () => undefined,
  note: () => undefined,
  draw: () => undefined,
};

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

  it("shows every route as it is printed, and no other", async () => {
    const [shown] = /^METHOD +PATH[\s\S]*?\n(?=\n)/m.exec(readme) ?? [];
    const { report } = await generate({ root: ".", check: true }, plain);
    expect(shown).toBe(`${formatRoutes(report.routes, plain)}\n`);
  });
});
