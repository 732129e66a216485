import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Schema } from "../../../../cli/gen/model.ts";
import { createValidator } from "../../../../cli/mock/request/validator.ts";
import { sampleValue } from "../../../../cli/mock/sample/sample-value.ts";
import { Unsatisfiable } from "../../../../cli/mock/sample/unsatisfiable.ts";
import { createSchemaView } from "../../../../cli/mock/schema/schema-view.ts";
import { conditional, randomSchema } from "../schema/random-schema.ts";

const view = createSchemaView({});
const validator = await createValidator(view);
const sample = (schema: Schema, options: Parameters<typeof sampleValue>[2] = {}): unknown =>
  sampleValue(view, schema, options);

it("a sample is valid, whatever the schema and the seed", () => {
  let sampled = 0;
  let refused = 0;
  fc.assert(
    fc.property(randomSchema, fc.nat(), (schema, seed) => {
      try {
        const value = sample(schema, { seed });
        const strictly = validator.check(schema, value, "");
        // Alternatives that contain each other have no value of their own: one of both is given.
        if (!JSON.stringify(schema).includes("oneOf")) expect(strictly).toEqual([]);
        sampled += 1;
      } catch (error) {
        if (!(error instanceof Unsatisfiable)) throw error;
        refused += 1;
      }
    }),
    { numRuns: 500 },
  );
  // Random schemas often contradict themselves; giving up on most of them would prove nothing.
  expect(sampled).toBeGreaterThan(refused * 4);
});

it("the same seed gives the same value, another seed another one", () => {
  const schema: Schema = {
    type: "object",
    properties: {
      a: { type: "string" },
      b: { type: "integer" },
      c: { type: "string", format: "uuid" },
    },
  };
  expect(sample(schema, { seed: 5 })).toEqual(sample(schema, { seed: 5 }));
  expect(sample(schema, { seed: 5 })).not.toEqual(sample(schema, { seed: 6 }));
  expect(sample(schema, { seed: 5, at: "x" })).not.toEqual(sample(schema, { seed: 5, at: "y" }));
});

it("a new property leaves the samples of the others as they were", () => {
  const before = sample({
    type: "object",
    properties: { a: { type: "string" }, z: { type: "integer" } },
  });
  const after = sample({
    type: "object",
    properties: { a: { type: "string" }, m: { type: "string" }, z: { type: "integer" } },
  });
  expect(after).toMatchObject(before as object);
});

describe("each keyword is minded", () => {
  it.each<Schema>([
    { type: "string", minLength: 300 },
    { type: "string", minLength: 20, maxLength: 20, pattern: "^[a-z]+(-[a-z]+)*$" },
    { type: "string", format: "email", maxLength: 40, minLength: 10 },
    { allOf: [{ pattern: "^a" }, { pattern: "z$" }, { type: "string", pattern: "^a.*z$" }] },
    { type: "integer", minimum: 10, maximum: 12, multipleOf: 11 },
    { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 0.001 },
    { type: "integer", maximum: -1000 },
    { type: "integer", minimum: 9007199254740900 },
    {
      allOf: [
        { type: "number", multipleOf: 4 },
        { type: "integer", multipleOf: 6 },
      ],
    },
    { type: "array", items: { enum: ["a", "b", "c"] }, minItems: 3, uniqueItems: true },
    { type: "array", items: { type: "boolean" }, minItems: 2, uniqueItems: true },
    {
      type: "array",
      prefixItems: [{ type: "string" }, { type: "integer" }],
      items: false,
      minItems: 2,
    },
    { type: "array", items: { type: "integer" }, contains: { const: 7 }, minContains: 2 },
    { type: "object", minProperties: 3, additionalProperties: { type: "integer" } },
    {
      type: "object",
      minProperties: 2,
      propertyNames: { pattern: "^[A-Z]{3}$" },
      additionalProperties: { type: "integer" },
    },
    {
      type: "object",
      minProperties: 1,
      patternProperties: { "^x-[a-z]+$": { type: "integer" } },
      additionalProperties: false,
    },
    { type: "object", maxProperties: 2, required: ["c"], properties: { a: {}, b: {}, c: {} } },
    {
      type: "object",
      properties: { a: true },
      required: ["a"],
      dependentRequired: { a: ["b"] },
      dependentSchemas: { b: { required: ["c"] } },
    },
    { type: "object", required: ["undeclared"], properties: {} },
    {
      type: "object",
      properties: { a: { type: "string" } },
      required: ["a"],
      allOf: [{ additionalProperties: false, properties: { a: true } }],
    },
    { type: "object", properties: { a: true, b: true }, not: { required: ["a", "b"] } },
    {
      type: "object",
      properties: { kind: { enum: ["x", "y"] } },
      required: ["kind"],
      ...conditional(
        { properties: { kind: { const: "x" } } },
        { required: ["only"] },
        { required: ["other"] },
      ),
    },
    {
      oneOf: [
        { type: "object", required: ["a"], properties: { a: { type: "string" } } },
        {
          type: "object",
          required: ["b"],
          properties: { b: { type: "string" } },
          additionalProperties: false,
        },
      ],
    },
    { oneOf: [{ type: "integer" }, { type: "number" }] },
    {
      allOf: [
        { oneOf: [{ required: ["a"] }, { required: ["b"] }] },
        { anyOf: [{ required: ["c"] }, { required: ["d"] }] },
      ],
      properties: { a: {}, b: {}, c: {}, d: {} },
      type: "object",
    },
    {
      type: "object",
      properties: { a: { type: "string" } },
      unevaluatedProperties: false,
      allOf: [{ properties: { b: { type: "integer" } } }],
    },
    { const: { deep: [1, { x: null }] } },
    { type: "object", properties: { ["__proto__"]: { type: "string" } }, required: ["__proto__"] },
  ])("%j", (schema) => {
    for (let seed = 1; seed <= 5; seed += 1) {
      expect(validator.check(schema, sample(schema, { seed }), "")).toEqual([]);
    }
  });

  it.each<[string, Schema]>([
    ["false", false],
    ["types that exclude each other", { allOf: [{ type: "string" }, { type: "integer" }] }],
    ["an empty range", { type: "integer", minimum: 3, maximum: 2 }],
    [
      "more different items than there are",
      { type: "array", items: { type: "boolean" }, minItems: 3, uniqueItems: true },
    ],
    [
      "a required property that must not be",
      { type: "object", required: ["a"], properties: {}, additionalProperties: false },
    ],
    ["a pattern that leaves no length", { type: "string", pattern: "^a{5}$", maxLength: 4 }],
  ])("%s has no sample", (_, schema) => {
    expect(() => sample(schema)).toThrow(Unsatisfiable);
  });
});

describe("circular schemas end", () => {
  const ref = (key: string): Schema => ({ $ref: `#/components/schemas/${key}` });
  const circular = createSchemaView({
    Node: {
      type: "object",
      required: ["name", "children"],
      properties: {
        name: { type: "string" },
        parent: ref("Node"),
        children: { type: "array", items: ref("Node") },
      },
    },
    Endless: { type: "object", required: ["next"], properties: { next: ref("Endless") } },
    Expression: {
      oneOf: [
        {
          type: "object",
          required: ["and"],
          additionalProperties: false,
          properties: { and: { type: "array", minItems: 2, items: ref("Expression") } },
        },
        {
          type: "object",
          required: ["leaf"],
          additionalProperties: false,
          properties: { leaf: { type: "string" } },
        },
      ],
    },
    "a/b~c": { type: "integer" },
  });

  it.each(["Node", "Expression", "a~1b~0c"])("%s", async (key) => {
    const strict = await createValidator(circular);
    for (let seed = 1; seed <= 10; seed += 1) {
      const value = sampleValue(circular, ref(key), { seed });
      expect(strict.check(ref(key), value, "")).toEqual([]);
      expect(JSON.stringify(value).length).toBeLessThan(5000);
    }
  });

  it("one that cannot end has no sample", () => {
    expect(() => sampleValue(circular, ref("Endless"))).toThrow(Unsatisfiable);
  });
});

describe("what is known comes first", () => {
  const order: Schema = {
    type: "object",
    required: ["id", "total", "lines"],
    properties: {
      id: { type: "string", pattern: "^o-\\d+$" },
      total: { type: "integer" },
      lines: {
        type: "array",
        items: {
          type: "object",
          required: ["sku", "count"],
          properties: { sku: { type: "string" }, count: { type: "integer" } },
        },
      },
    },
  };

  it("a hint that conforms is the sample", () => {
    const hint = { id: "o-1", total: 3, lines: [], note: "as it is" };
    expect(sample(order, { hint })).toBe(hint);
  });

  it("of a hint that does not conform, what does is kept", () => {
    const value = sample(order, {
      hint: { id: 7, total: 3, lines: [{ sku: "a" }, { sku: "b", count: 2 }] },
    });
    expect(value).toMatchObject({
      total: 3,
      lines: [
        { sku: "a", count: expect.any(Number) },
        { sku: "b", count: 2 },
      ],
    });
    expect(validator.check(order, value, "")).toEqual([]);
  });

  it("examples of properties are used where they conform", () => {
    const schema: Schema = {
      type: "object",
      properties: {
        a: { type: "string", examples: [1, "right"] },
        b: { type: "integer", default: 20 },
        c: { type: "integer", example: 5 },
      },
    };
    expect(sample(schema)).toEqual({ a: "right", b: 20, c: 5 });
  });
});

it("a hundred levels of nesting are cut, not walked", () => {
  const nest = (depth: number): Schema =>
    depth === 0
      ? { type: "string" }
      : {
          type: "object",
          properties: { a: nest(depth - 1), b: nest(depth - 1 > 6 ? 6 : depth - 1) },
        };
  expect(JSON.stringify(sample(nest(100))).length).toBeLessThan(20_000);
});
