import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Schema } from "../../../../cli/gen/model.ts";
import { conforms } from "../../../../cli/mock/schema/conforms.ts";
import { createSchemaView } from "../../../../cli/mock/schema/schema-view.ts";
import { ExactInteger } from "../../../../src/core/exact-json.ts";
import { conditional, randomSchema } from "./random-schema.ts";

const view = createSchemaView({});
const judge = (schema: Schema, value: unknown): boolean => conforms(view, view.of(schema), value);

it("judges as ajv does, whatever the schema and the value", () => {
  const ajv = new Ajv2020({ strict: false, logger: false, multipleOfPrecision: 9 });
  formats.default(ajv);
  const values = fc.oneof(
    fc.jsonValue({ maxDepth: 2, noUnicodeString: true }) as fc.Arbitrary<unknown>,
    fc.dictionary(
      fc.constantFrom("a", "b", "c", "id", "name"),
      fc.oneof(fc.integer(), fc.string(), fc.constant(null)),
    ),
    fc.constantFrom("foo", "2026-01-01", "abc", "x", 4, 0.5, ["a"], [1, 2]),
  );
  fc.assert(
    fc.property(randomSchema, values, (schema, value) => {
      expect(judge(schema, value)).toBe(ajv.compile(schema)(value));
    }),
    { numRuns: 600 },
  );
});

const names: Schema = {
  unevaluatedProperties: false,
  allOf: [
    { properties: { a: true } },
    conditional({ required: ["a"] }, { properties: { b: true } }),
  ],
};

describe("keywords that random schemas do not have", () => {
  it.each([
    [{ prefixItems: [{ type: "string" }], items: { type: "integer" } }, ["a", 1], true],
    [{ prefixItems: [{ type: "string" }], items: { type: "integer" } }, ["a", "b"], false],
    [{ contains: { type: "integer" }, minContains: 2 }, ["a", 1], false],
    [{ contains: { type: "integer" }, maxContains: 1 }, [1, 2], false],
    [{ contains: { type: "integer" }, minContains: 0 }, [], true],
    [
      { patternProperties: { "^x-": { type: "string" } }, additionalProperties: false },
      { "x-a": "1" },
      true,
    ],
    [
      { patternProperties: { "^x-": { type: "string" } }, additionalProperties: false },
      { a: "1" },
      false,
    ],
    [{ propertyNames: { maxLength: 2 } }, { abc: 1 }, false],
    [{ dependentRequired: { a: ["b"] } }, { a: 1 }, false],
    [{ dependentSchemas: { a: { required: ["b"] } } }, { a: 1 }, false],
    [{ dependentSchemas: { a: { required: ["b"] } } }, { c: 1 }, true],
    [names, { a: 1, b: 2 }, true],
    [names, { b: 2 }, false],
    [{ prefixItems: [true], unevaluatedItems: false }, [1, 2], false],
    [{ allOf: [{ prefixItems: [true, true] }], unevaluatedItems: false }, [1, 2], true],
    [{ uniqueItems: true }, [1, 1], false],
    [
      { uniqueItems: true },
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
      false,
    ],
    [{ uniqueItems: true }, [1, "1", [1]], true],
    [{ maxLength: 2 }, "🧵🧵", true],
    [{ multipleOf: 0.01 }, 19.99, true],
    [{ enum: [{ b: 1, a: [2] }] }, { a: [2], b: 1 }, true],
    [{ pattern: "(?<broken" }, "anything", true],
    [{ pattern: "^[\\w-.]+$" }, "a-b", true],
    [{ pattern: "^[\\w-.]+$" }, "a b", false],
    [{ format: "no-such-format" }, "x", true],
    [{ type: "integer", minimum: 0 }, new ExactInteger("9007199254740993"), true],
  ] as [Schema, unknown, boolean][])("%j takes %j: %s", (schema, value, want) => {
    expect(judge(schema, value)).toBe(want);
  });
});

it("a base that lists what extends it is judged, and not for ever", () => {
  const circular = createSchemaView({
    Pet: {
      type: "object",
      required: ["kind"],
      oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }],
    },
    Cat: {
      allOf: [{ $ref: "#/components/schemas/Pet" }, { properties: { kind: { const: "cat" } } }],
    },
    Dog: {
      allOf: [{ $ref: "#/components/schemas/Pet" }, { properties: { kind: { const: "dog" } } }],
    },
  });
  const pet: Schema = { $ref: "#/components/schemas/Pet" };
  expect(conforms(circular, pet, { kind: "cat" })).toBe(true);
  expect(conforms(circular, pet, { kind: "cow" })).toBe(false);
});

it("keywords that make no sense say nothing", () => {
  const schema = {
    type: "banana",
    required: "a",
    minLength: -1,
    properties: [],
    enum: "a",
    maximum: "3",
    pattern: 7,
  } as unknown as Schema;
  expect(judge(schema, "x")).toBe(true);
});
