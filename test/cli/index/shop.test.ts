/** The example shop's own index: current, and what people have found by reading its composers. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadConfig } from "../../../cli/config/load-config.ts";
import { parsePointer } from "../../../cli/gen/read/pointer.ts";
import { type GenService, runGen } from "../../../cli/gen/run.ts";
import {
  type CallDependency,
  formatDependencies,
  parseDependencies,
} from "../../../cli/index/dependencies.ts";
import { SHOP } from "./support.ts";

const text = readFileSync(join(SHOP, "generated/dependencies.json"), "utf8");
const index = parseDependencies(text);
const calls = index?.routes.flatMap((route) => route.calls) ?? [];

/** What is known of a call, in a few lines. */
function linesOf(call: CallDependency): string[] {
  const { service, operation, at, form, when, part, fallback, after, sent, fields } = call;
  const marks = [
    at,
    form,
    when.join("+"),
    part === undefined ? "" : `part ${part}`,
    fallback.length === 0 ? "" : `or ${fallback.join()}`,
    after.length === 0 ? "" : `after ${after.join()}`,
    sent.length === 0 ? "" : `sends ${sent.join()}`,
  ];
  return [
    `  ${service}.${operation} ${marks.filter((mark) => mark !== "").join("; ")}`,
    ...fields.map(({ field, statuses, use, pointers }) => {
      const whose = statuses === undefined ? "" : ` of ${statuses.join()}`;
      return `    ${field === "" ? '""' : field}${whose}: ${use.join("+")} (${pointers.join(" ")})`;
    }),
  ];
}

describe("the shop's index", () => {
  it("is what its composers and documents make", async () => {
    const { config, file } = await loadConfig(SHOP);
    const services = config.services as Record<string, GenService>;
    const report = await runGen({ root: SHOP, services, config: file, check: true });
    expect(report.drift).toEqual([]);
  });

  it("is what was found by hand", async () => {
    const lines = index?.routes.flatMap((route) => [
      [route.route, route.kind, route.frontend, route.composer, route.name].join(" ").trim(),
      ...route.calls.flatMap(linesOf),
      ...route.unfollowed.map(({ at, what }) => `  ! ${at} ${what}`),
    ]);
    await expect(`${lines?.join("\n")}\n`).toMatchFileSnapshot("shop.snapshot.txt");
  });

  it("is in the one order, whatever order it was made in", () => {
    if (index === undefined) throw new Error("there is no index");
    const routes = [...index.routes].reverse().map((route) => ({
      ...route,
      calls: [...route.calls].reverse().map((call) => ({
        ...call,
        fields: [...call.fields].reverse(),
        sent: [...call.sent, ...call.sent],
      })),
    }));
    expect(formatDependencies({ version: 1, routes })).toBe(text);
  });

  it("names places of the documents that exist, in every file and version", async () => {
    const { config } = await loadConfig(SHOP);
    const { parse } = await import("yaml");
    const pointers = calls.flatMap(({ fields }) => fields.flatMap((field) => field.pointers));
    expect(pointers.length).toBeGreaterThan(50);
    const files = new Set(pointers.map((pointer) => pointer.split("#")[0]));
    expect(files).toContain("specs/reviews/schemas/new-review.yaml");
    expect(Object.keys(config.services).length).toBe(5);
    const lost = pointers.filter((place) => {
      const [file = "", pointer = ""] = place.split("#");
      const document: unknown = parse(readFileSync(join(SHOP, file), "utf8"));
      const found = (parsePointer(pointer) ?? []).reduce<unknown>(
        (at, key) => (at as Record<string, unknown> | undefined)?.[key],
        document,
      );
      return found === undefined;
    });
    expect(lost).toEqual([]);
  });
});
