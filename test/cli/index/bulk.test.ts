/** The bulk operation that the configuration has called in the place of single calls: when, and with what of its answer. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { generate } from "../../../cli/generate.ts";
import type { RouteDependencies } from "../../../cli/index/dependencies.ts";
import { parseDependencies } from "../../../cli/index/dependencies.ts";
import { onlyList } from "../../../cli/index/only-list.ts";
import { createTerminal } from "../../../cli/print/terminal.ts";
import { document, modelOf } from "../gen/read/support.ts";
import { makeProject } from "./access/project.ts";

const BATCH = 'batch: { getTown: { with: "listBooks", ids: "query.ids", key: "id" } },';

async function routeOf(body: string, books = BATCH, before = ""): Promise<RouteDependencies> {
  const page = `import { compose, each } from "#gateway";
import type { Services } from "#gateway";
${before}
export const page = compose.get("/web/page/{id}", ({ path, services }) => (${body}));
`;
  const other = `import type { Services } from "#gateway";
export const idOf = (services: Services) => services.books.getTown({ path: { id: "x" } });
`;
  const root = makeProject({ page, _other: other }, books);
  await generate({ root }, createTerminal(false));
  const text = readFileSync(join(root, "generated/dependencies.json"), "utf8");
  const [route] = parseDependencies(text)?.routes ?? [];
  if (route === undefined) throw new Error("there is no route");
  return route;
}

const bulkOf = async (...given: Parameters<typeof routeOf>) =>
  (await routeOf(...given)).calls.map(
    ({ operation, bulk }) => `${operation} ${bulk?.operation ?? "-"}`,
  );

describe("the list of a bulk operation's answer", () => {
  const list = { type: "array", items: {} };
  const answered = (schema: object) => ({
    200: { description: "", content: { "application/json": { schema } } },
  });

  it.each<[string, object, string | undefined]>([
    ["the answer itself", list, undefined],
    [
      "its only one",
      { properties: { total: {}, rows: { $ref: "#/components/schemas/L" } } },
      "rows",
    ],
    ["not known of two", { properties: { rows: list, others: list } }, undefined],
    ["not known of none", { properties: { total: {} } }, undefined],
  ])("is %s", async (_, schema, name) => {
    const get = { operationId: "a", responses: answered(schema) };
    const model = await modelOf(
      document("3.1.0", { "/a": { get } }, { components: { schemas: { L: list } } }),
    );
    expect(onlyList(model, "a")).toBe(name);
  });
});

describe("calls that the configuration batches", () => {
  it("have the bulk operation, with the key and what is used of an item, and its access", async () => {
    const { calls, access } = await routeOf(
      "each([path.id], async (id) => (await services.books.getTown({ path: { id } })).reader)",
    );
    const pointers = ["reader", "id"].map((name) => [
      `specs/books.json#/paths/~1books/get/responses/200/content/application~1json/schema/items/properties/${name}`,
    ]);
    expect(calls[0]?.bulk).toEqual({
      operation: "listBooks",
      sent: ["query.ids"],
      fields: [
        { field: "/*/id", use: ["read"], pointers: pointers[1] },
        { field: "/*/reader", use: ["passed"], pointers: pointers[0] },
      ],
    });
    expect(access).toEqual([
      { service: "books", operations: ["listBooks"], anyOf: [{ staff: [] }] },
    ]);
  });

  const one = (id: string, options = ""): string =>
    `services.books.getTown({ path: { id: "${id}" } }${options})`;
  const HELPER =
    "const town = (services: Services, id: string) => services.books.getTown({ path: { id } });";

  it.each<[string, string, string[], string?]>([
    ["two of them", `[${one("a")}, ${one("b")}]`, ["getTown listBooks", "getTown listBooks"]],
    [
      "in two parts",
      `({ a: () => ${one("a")}, b: () => ${one("b")} })`,
      ["getTown listBooks", "getTown listBooks"],
    ],
    [
      "a helper's, called twice",
      "[town(services, path.id), town(services, `b`)]",
      ["getTown listBooks"],
      HELPER,
    ],
    [
      "with a fallback",
      `each([1], () => ${one("a", ", { fallback: null }")})`,
      ["getTown listBooks"],
    ],
    [
      "with a result",
      "each([1], () => services.books.getTown.result({ path }))",
      ["getTown listBooks"],
    ],
    [
      "with options that may be others",
      `each([1], () => ${one("a", ', path.id ? { timeout: "1s" as const } : {}')})`,
      ["getTown listBooks"],
    ],
    [
      "with an option that may not be there",
      `each([1], () => ${one("a", ", { timeout: path.id ? `1s` : undefined }")})`,
      ["getTown listBooks"],
    ],
  ])("meet: %s", async (_, body, calls, before) => {
    expect(await bulkOf(body, BATCH, before)).toEqual(calls);
  });

  it.each<[string, string, string[], string?]>([
    ["one alone", one("a"), ["getTown -"]],
    ["a helper's, called once", "town(services, path.id)", ["getTown -"], HELPER],
    [
      "that are streamed",
      "each([1], () => services.books.getTown.stream({ path }))",
      ["getTown -"],
    ],
    [
      "that say how long they wait",
      `each([1], () => ${one("a", ', { timeout: "1s" }')})`,
      ["getTown -"],
    ],
    [
      "that say how they are kept",
      `each([1], () => ${one("a", ', { cache: { ttl: "1s" } }')})`,
      ["getTown -"],
    ],
    [
      "one beside one that is made by itself",
      `[${one("a")}, ${one("b", ', { stale: "1s" }')}]`,
      ["getTown -", "getTown -"],
    ],
    [
      "by the path client",
      'each([1], () => services.books.client.GET("/towns/{id}", { params: { path } }))',
      ["getTown -"],
    ],
    ["of another operation", "each([1], () => services.books.getBook({ path }))", ["getBook -"]],
  ])("do not meet: %s", async (_, body, calls, before) => {
    expect(await bulkOf(body, BATCH, before)).toEqual(calls);
  });

  it("have none where the configuration batches nothing", async () => {
    expect(await bulkOf(`[${one("a")}, ${one("b")}]`, "")).toEqual(["getTown -", "getTown -"]);
  });

  it("take nothing of answers that are no item", async () => {
    const { calls } = await routeOf(`each([1], async () => {
      const town = await services.books.getTown.result({ path });
      return town.status === 200 ? town.body.reader : town.body.detail;
    })`);
    expect(calls[0]?.bulk?.fields.map(({ field }) => field)).toEqual(["/*/id", "/*/reader"]);
  });

  it("say where the list is, and send a body", async () => {
    const rule =
      'batch: { getTown: { with: "listBooks", ids: "body.filter.ids", key: "meta.id", items: "data.rows" } },';
    const { calls } = await routeOf(
      `each([1], () => services.books.getTown.result({ path }))`,
      rule,
    );
    expect(calls[0]?.bulk).toMatchObject({
      sent: ["body/filter/ids"],
      fields: [{ field: "/data/rows/*" }, { field: "/data/rows/*/meta/id" }],
    });
  });
});
