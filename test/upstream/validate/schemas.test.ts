/** What is found in answers, keyword by keyword. */
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "../../../src/core/exact-json.ts";
import type { AnswerSchemas, JsonSchema } from "../../../src/upstream/plan.ts";
import { compileSchemas } from "../../../src/upstream/validate/compile-schemas.ts";
import { areDistinct } from "../../../src/upstream/validate/distinct-items.ts";
import { findingsOf } from "../../../src/upstream/validate/findings.ts";
import { declaredNames } from "../../../src/upstream/validate/schema-form.ts";
import { ref } from "./support.ts";

/** What is wrong with a JSON text: `POINTER KEYWORD EXPECTED`. */
async function wrongWith(
  schema: JsonSchema,
  text: string,
  components: AnswerSchemas["components"] = {},
  reading: "strict" | "lenient" = "strict",
): Promise<string[]> {
  const schemas: AnswerSchemas = { operations: { op: { "200": { json: schema } } }, components };
  const { check } = await compileSchemas(schemas, { reading });
  const findings = (limit: "first" | "all"): string[] =>
    findingsOf(check(schema, parseJson(text), limit) ?? [], declaredNames(schemas)).map(
      ({ pointer, keyword, expected }) => `${pointer} ${keyword}: ${expected}`,
    );
  const all = findings("all");
  // Whoever stops at the first sees the first.
  expect(findings("first")).toEqual(all.slice(0, 1));
  return all;
}

const closed = {
  type: "object",
  properties: { id: { type: "string" } },
  additionalProperties: false,
};

describe("a difference", () => {
  it.each<[string, JsonSchema, string, string[]]>([
    ["a wrong type", { type: "integer" }, '"1"', [" type: must be integer"]],
    ["a fraction", { type: "integer" }, "1.5", [" type: must be integer"]],
    ["one of several types", { type: ["string", "null"] }, "1", [" type: must be string or null"]],
    ["a missing property", { required: ["a/b"] }, "{}", ["/a~1b required: is missing"]],
    ["a value that is none of the enum", { enum: ["a"] }, '"b"', [' enum: must be "a"']],
    [
      "a value that is none of a long enum",
      { enum: [1, 2, 3, 4, 5, 6, 7] },
      "0",
      [" enum: must be one of 1, 2, 3, 4, 5 and 2 more"],
    ],
    ["another constant", { const: { a: 1 } }, "1", [' const: must be {"a":1}']],
    [
      "a property that a closed object does not have",
      closed,
      '{"extra":1}',
      ["/extra additionalProperties: is not a property that the document allows"],
    ],
    [
      "a key that a map must not have: keys are data",
      { patternProperties: { "^a": {} }, additionalProperties: false },
      '{"jane@shop.example":1}',
      ["/* additionalProperties: is not a property that the document allows"],
    ],
    [
      "such a key beside properties",
      { properties: { id: {} }, patternProperties: { "^a": {} }, additionalProperties: false },
      '{"jane":1}',
      ["/* additionalProperties: is not a property that the document allows"],
    ],
    [
      "told once a place",
      { type: "string", minLength: 5, pattern: "^a" },
      '"b"',
      [" minLength: must not have fewer than 5 characters"],
    ],
    [
      "a name that is not allowed",
      { propertyNames: { maxLength: 1 } },
      '{"jane":1}',
      ["/* propertyNames: has a name that is not allowed"],
    ],
    [
      "what stands under a key of a map",
      { additionalProperties: { properties: { price: { type: "number" } } } },
      '{"jane":{"price":"1"}}',
      ["/*/price type: must be number"],
    ],
    [
      "what an answer must not show",
      { properties: { pin: false } },
      '{"pin":"1"}',
      ["/pin false schema: must not be there"],
    ],
    [
      "the same item twice",
      { uniqueItems: true },
      '[{"a":1,"b":2},{"b":2,"a":1}]',
      [" uniqueItems: must not have the same item twice"],
    ],
    [
      "too short a text",
      { minLength: 2 },
      '"😀"',
      [" minLength: must not have fewer than 2 characters"],
    ],
    [
      "another pattern, of a document that escapes too much",
      { pattern: "^\\-$" },
      '"a"',
      [' pattern: must match pattern "^\\-$"'],
    ],
    ["a format", { format: "uuid" }, '"1"', [' format: must match format "uuid"']],
    [
      "what is excluded",
      { not: { type: "string" } },
      '""',
      [" not: is what the document excludes"],
    ],
    [
      "a neighbour that is needed",
      { dependentRequired: { a: ["b"] } },
      '{"a":1}',
      ["/b dependentRequired: is missing"],
    ],
  ])("is %s", async (_, schema, text, wrong) => {
    expect(await wrongWith(schema, text)).toEqual(wrong);
  });

  it.each<[string, JsonSchema, string]>([
    ["more properties than are declared", { properties: { a: {} } }, '{"b":1}'],
    [
      "a property that every object inherits",
      { properties: { constructor: { type: "string" } } },
      "{}",
    ],
    ["a whole number with a fraction of zero", { type: "integer" }, "1.0"],
    [
      "an integer beyond 2^53",
      { type: "integer", format: "int64", minimum: 1 },
      "9007199254740993",
    ],
    [
      "integers beyond 2^53 at any depth",
      { properties: { ids: { items: { type: "integer" } } } },
      '{"ids":[9007199254740993,1]}',
    ],
    ["a multiple in decimals", { multipleOf: 0.01 }, "19.99"],
    ["a format that nobody knows", { format: "colour" }, '"red"'],
    ["a keyword that nobody knows", { "x-any": 1 } as JsonSchema, "1"],
    [
      "different items",
      { uniqueItems: true },
      '[1,"1",[1],{"a":1},9007199254740993,9007199254740995,{"a":9007199254740993},{"a":9007199254740992}]',
    ],
  ])("is not %s", async (_, schema, text) => {
    expect(await wrongWith(schema, text)).toEqual([]);
  });

  it("is one in an integer beyond 2^53 that the document does not allow", async () => {
    const schema = {
      properties: { id: { type: "integer", maximum: 10 }, name: { type: "string" } },
    };
    expect(await wrongWith(schema, '{"id":9007199254740993}')).toEqual([
      "/id maximum: must be <= 10",
    ]);
  });
});

describe("a component", () => {
  const components = {
    Node: {
      type: "object",
      required: ["name"],
      properties: { name: { type: "string" }, inside: { type: "array", items: ref("Node") } },
    },
    "a/b": { type: "string" },
  };

  it("may hold itself", async () => {
    const text = '{"name":"a","inside":[{"name":"b","inside":[{"name":1}]},{}]}';
    expect(await wrongWith(ref("Node"), text, components)).toEqual([
      "/inside/*/inside/*/name type: must be string",
      "/inside/*/name required: is missing",
    ]);
  });

  it("is looked into as deep as JSON may be nested, and told as deep as people read", async () => {
    const depth = 255;
    const nested = (name: string): string =>
      `${'{"name":"a","inside":['.repeat(depth)}{"name":${name}}${"]}".repeat(depth)}`;
    expect(await wrongWith(ref("Node"), nested('"a"'), components)).toEqual([]);
    expect(await wrongWith(ref("Node"), nested("1"), components)).toEqual([
      `${"/inside/*".repeat(8)} type: must be string`,
    ]);
  });

  it("may have any name, and one that is gone demands nothing", async () => {
    expect(await wrongWith(ref("a~1b"), "1", components)).toEqual([" type: must be string"]);
    expect(await wrongWith(ref("Gone"), "1", components)).toEqual([]);
  });
});

describe("a union", () => {
  const components = {
    Cat: { type: "object", properties: { lives: { type: "integer" } } },
    Dog: { type: "object", properties: { tricks: { type: "integer" } } },
  };
  const tagged = (name: string, tag: string): JsonSchema => ({
    allOf: [
      ref(name),
      { type: "object", properties: { kind: { type: "string", const: tag } }, required: ["kind"] },
    ],
  });
  const pet = { oneOf: [tagged("Cat", "cat"), tagged("Dog", "dog")] };

  it("with null is looked into", async () => {
    const schema = { anyOf: [ref("Cat"), { type: "null" }] };
    expect(await wrongWith(schema, "null", components)).toEqual([]);
    expect(await wrongWith(schema, '{"lives":"nine"}', components)).toEqual([
      "/lives type: must be integer",
    ]);
    expect(await wrongWith(schema, "1", components)).toEqual([
      " anyOf: must be one of the document's alternatives",
    ]);
  });

  it("with a discriminator is looked into", async () => {
    expect(await wrongWith(pet, '{"kind":"dog","tricks":1}', components)).toEqual([]);
    expect(await wrongWith(pet, '{"kind":"dog","tricks":"sit"}', components)).toEqual([
      "/tricks type: must be integer",
    ]);
    expect(await wrongWith(pet, '{"kind":"fish"}', components)).toEqual([
      " anyOf: must be one of the document's alternatives",
    ]);
  });

  it("inside of another is told apart by its types", async () => {
    const schema = { anyOf: [pet, { type: "array", items: pet }, { type: "null" }] };
    const text = '[{"kind":"cat","lives":"nine"}]';
    expect(await wrongWith(schema, text, components)).toEqual(["/*/lives type: must be integer"]);
  });

  it("whose members overlap is one place", async () => {
    const schema = { properties: { pet: { anyOf: [ref("Cat"), ref("Dog")] } } };
    expect(await wrongWith(schema, '{"pet":{"lives":"a","tricks":"b"}}', components)).toEqual([
      "/pet anyOf: must be one of the document's alternatives",
    ]);
    expect(await wrongWith(schema, '{"pet":{"lives":1,"tricks":"b"}}', components)).toEqual([]);
  });

  it("of which two members match is a difference to the strict alone", async () => {
    const schema = { oneOf: [ref("Cat"), ref("Dog")] };
    expect(await wrongWith(schema, "{}", components)).toEqual([
      " oneOf: must be exactly one of the document's alternatives",
    ]);
    expect(await wrongWith(schema, "{}", components, "lenient")).toEqual([]);
  });

  it("does not hide from a neighbour what it has looked at", async () => {
    const schema = {
      allOf: [{ anyOf: [ref("Cat"), ref("Dog")] }, { anyOf: [ref("Cat"), { type: "null" }] }],
      unevaluatedProperties: false,
    };
    expect(await wrongWith(schema, '{"lives":1}', components)).toEqual([]);
    expect(
      await wrongWith(
        { ...(ref("Cat") as object), unevaluatedProperties: false },
        '{"lives":1}',
        components,
      ),
    ).toEqual([]);
    expect(
      await wrongWith(
        { ...(ref("Cat") as object), unevaluatedProperties: false },
        '{"tail":1}',
        components,
      ),
    ).toEqual(["/* unevaluatedProperties: is not a property that the document allows"]);
  });
});

describe("the lenient reading", () => {
  it("takes a format for a note", async () => {
    expect(await wrongWith({ format: "date" }, '"soon"', {}, "lenient")).toEqual([]);
    expect(await wrongWith({ pattern: "^a" }, '"soon"', {}, "lenient")).toHaveLength(1);
  });
});

describe("distinct items", () => {
  it("are those that no two are equal as JSON", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ maxDepth: 2 }), { maxLength: 6 }), (items) => {
        const list = JSON.parse(JSON.stringify(items)) as unknown[];
        const isDistinct = list.every((one, at) =>
          list.slice(at + 1).every((other) => !isDeepStrictEqual(one, other)),
        );
        expect(areDistinct(list)).toBe(isDistinct);
        expect(areDistinct([...list, ...list.slice(0, 1)])).toBe(list.length === 0);
      }),
    );
  });

  it("are found in linear time", () => {
    const items = Array.from({ length: 100_000 }, (_, at) => ({ at }));
    const started = performance.now();
    expect(areDistinct(items)).toBe(true);
    // All pairs would be five thousand million.
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
