import { describe, expect, it } from "vitest";
import { bulkCandidates } from "../../../../cli/index/explain/bulk-candidates.ts";
import { modelOf } from "../drill/support.ts";

const id = { name: "id", in: "path", required: true, schema: { type: "string" } };
const ids = (schema: object = { type: "string" }, more: object = {}): object => ({
  name: "ids",
  in: "query",
  schema: { type: "array", items: schema },
  ...more,
});

const answer = (schema: object): object => ({
  200: { description: "ok", content: { "application/json": { schema } } },
});
const thing = { $ref: "#/components/schemas/Thing" };
const list = { type: "array", items: thing };

/** `many` beside `GET /things/{id}`. */
async function candidatesFor(many: object, one: object = {}) {
  const paths = {
    "/things/{id}": {
      get: { operationId: "getThing", parameters: [id], responses: answer(thing), ...one },
    },
    "/things": many,
  };
  const schemas = {
    Thing: { type: "object", properties: { id: { type: "string" } } },
    Other: { type: "object", properties: { id: { type: "string" } } },
  };
  const model = await modelOf(paths, { schemas });
  const single = model.operations.find(({ name }) => name === "getThing");
  if (single === undefined) throw new Error("there is no getThing");
  return bulkCandidates(model, single);
}

const get = (parameters: readonly object[], schema: object = list): object => ({
  get: { operationId: "listThings", parameters, responses: answer(schema) },
});

describe("a candidate for a bulk operation", () => {
  it("takes a list of the ids and answers a list of the same component", async () => {
    const found = [{ operation: "listThings", ids: "query.ids", key: "id" }];
    expect(await candidatesFor(get([ids()]))).toEqual(found);
    const page = { type: "object", properties: { items: list, next: { type: "string" } } };
    expect(await candidatesFor(get([ids()], page))).toEqual(found);
  });

  it.each([
    ["ids of another type", get([ids({ type: "integer" })])],
    ["ids of another format", get([ids({ type: "string", format: "uuid" })])],
    ["ids of another pattern", get([ids({ type: "string", pattern: "^t-" })])],
    ["words to choose from", get([ids({ type: "string", enum: ["a"] })])],
    ["one id", get([{ ...ids(), schema: { type: "string" } }])],
    ["ids in the header", get([{ ...ids(), in: "header" }])],
    ["something else that it needs", get([ids(), { ...id, name: "shop", in: "query" }])],
    [
      "another component",
      get([ids()], { type: "array", items: { $ref: "#/components/schemas/Other" } }),
    ],
    ["two lists", get([ids()], { type: "object", properties: { a: list, b: list } })],
    ["one thing", get([ids()], thing)],
    ["a write", { post: { operationId: "list", parameters: [ids()], responses: answer(list) } }],
  ])("is not %s", async (_, many) => {
    expect(await candidatesFor(many)).toEqual([]);
  });

  it("is not by a parameter that the single operation takes as well", async () => {
    expect(await candidatesFor(get([ids()]), { parameters: [id, ids()] })).toEqual([]);
  });

  it("is none for an operation that needs more than an id, or writes", async () => {
    const shop = { ...id, name: "shop", in: "query" };
    expect(await candidatesFor(get([ids()]), { parameters: [id, shop] })).toEqual([]);
    expect(await candidatesFor(get([ids()]), { responses: answer({ type: "object" }) })).toEqual(
      [],
    );
  });
});
