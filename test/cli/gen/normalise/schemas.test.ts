import { describe, expect, it } from "vitest";
import { readOne, schemaOf, spoken, withSchema } from "../read/support.ts";

// As text: an object with a property `then` looks like a promise.
const conditions: unknown = JSON.parse(
  '{"if": {"required": ["a"]}, "then": {"not": {}}, "else": true}',
);

describe("a schema", () => {
  it.each([
    [
      "stays, in 3.1",
      "3.1.0",
      { type: ["string", "null"], minLength: 1, title: "t" },
      { type: ["string", "null"], minLength: 1, title: "t" },
    ],
    ["may be a boolean", "3.1.0", true, true],
    [
      "keeps tuples, constants, patterns and closedness",
      "3.1.0",
      {
        type: "array",
        prefixItems: [{ const: 1 }],
        items: false,
        contains: { type: "string" },
        unevaluatedItems: false,
      },
      {
        type: "array",
        prefixItems: [{ const: 1 }],
        items: false,
        contains: { type: "string" },
        unevaluatedItems: false,
      },
    ],
    [
      "keeps maps",
      "3.1.0",
      {
        type: "object",
        patternProperties: { "^x-": true },
        propertyNames: { minLength: 1 },
        dependentRequired: { a: ["b"] },
        dependentSchemas: { a: {} },
        additionalProperties: { type: "string" },
      },
      {
        type: "object",
        patternProperties: { "^x-": true },
        propertyNames: { minLength: 1 },
        dependentRequired: { a: ["b"] },
        dependentSchemas: { a: {} },
        additionalProperties: { type: "string" },
      },
    ],
    ["keeps conditions", "3.1.0", conditions, conditions],
    [
      "is an object where it has properties",
      "3.0.3",
      { properties: { a: {} } },
      { type: "object", properties: { a: {} } },
    ],
    [
      "is an object where it says something about others",
      "3.0.3",
      { additionalProperties: false },
      { type: "object", additionalProperties: false },
    ],
    ["is an array where it has items", "3.0.3", { items: {} }, { type: "array", items: {} }],
    [
      "has no type of its own where it has both",
      "3.1.0",
      { items: {}, properties: {} },
      { items: {}, properties: {} },
    ],
    ["of one type in a list has one type", "3.1.0", { type: ["string"] }, { type: "string" }],
    [
      "has exclusive bounds as numbers",
      "3.0.3",
      { type: "number", minimum: 1, exclusiveMinimum: true, maximum: 2, exclusiveMaximum: false },
      { type: "number", exclusiveMinimum: 1, maximum: 2 },
    ],
    [
      "of 3.1 has them already",
      "3.1.0",
      { type: "number", exclusiveMinimum: 1, minimum: 0 },
      { type: "number", exclusiveMinimum: 1, minimum: 0 },
    ],
    [
      "has its example among its examples",
      "3.0.3",
      { type: "string", example: "a" },
      { type: "string", examples: ["a"] },
    ],
    [
      "loses what is not of JSON Schema",
      "3.0.3",
      {
        type: "string",
        xml: { name: "a" },
        externalDocs: {},
        "x-go-name": "A",
        discriminator: { propertyName: "a" },
      },
      { type: "string" },
    ],
    [
      "of type file is a binary string",
      "2.0",
      { type: "file" },
      { type: "string", format: "binary" },
    ],
    [
      "of a binary media type is a binary string",
      "3.1.0",
      { properties: { a: { contentMediaType: "image/png" } } },
      {
        type: "object",
        properties: { a: { type: "string", format: "binary", contentMediaType: "image/png" } },
      },
    ],
    [
      "of an encoded media type is a text",
      "3.1.0",
      { type: "string", contentMediaType: "image/png", contentEncoding: "base64" },
      { type: "string", contentMediaType: "image/png", contentEncoding: "base64" },
    ],
    [
      "of JSON in a text is a text",
      "3.1.0",
      { type: "string", contentMediaType: "application/json", contentSchema: { properties: {} } },
      {
        type: "string",
        contentMediaType: "application/json",
        contentSchema: { type: "object", properties: {} },
      },
    ],
    [
      "requires each property once",
      "3.0.3",
      { type: "object", required: ["a", "a"] },
      { type: "object", required: ["a"] },
    ],
    [
      "requires nothing where the list is empty",
      "3.0.3",
      { type: "object", required: [] },
      { type: "object" },
    ],
    [
      "of an older draft has tuples in items",
      "3.0.3",
      { items: [{ type: "string" }] },
      { type: "array", prefixItems: [{ type: "string" }] },
    ],
    [
      "with keywords that hold nothing has none of them",
      "3.0.3",
      { type: "string", enum: null, description: null, items: null, allOf: null },
      { type: "string" },
    ],
    [
      "keeps null where it is a value",
      "3.1.0",
      { const: null, default: null, enum: [null] },
      { const: null, default: null, enum: [null] },
    ],
  ] as const)("%s", async (_title, version, given, want) => {
    const reading = await readOne(withSchema(version, given));
    expect(spoken(reading)).toEqual([]);
    expect(reading.model?.operations[0]?.answers[0]?.media[0]?.schema).toEqual(want);
  });

  it.each([
    [{ type: "strnig" }, {}, 'type "strnig" is none of JSON Schema', "/type"],
    [{ type: "String" }, { type: "string" }, 'type "String" is none of JSON Schema', "/type"],
    [
      { type: ["string", 1] },
      { type: "string" },
      'type ["string",1] is none of JSON Schema',
      "/type",
    ],
    [{ type: [] }, {}, "type [] is none of JSON Schema", "/type"],
    [{ type: {} }, {}, "type {} is none of JSON Schema", "/type"],
    [{ required: true }, {}, "required must be a list of property names", "/required"],
    [{ required: ["a", 1] }, {}, "required must be a list of property names", "/required"],
    [{ enum: "a" }, {}, "enum must be a list of values", "/enum"],
    [{ enum: [] }, {}, "enum must be a list of values", "/enum"],
    [{ properties: [] }, {}, "properties must map names to schemas", "/properties"],
    [
      { properties: { a: "string" } },
      { type: "object", properties: { a: true } },
      "a schema must be an object",
      "/properties/a",
    ],
    [
      { properties: { a: null } },
      { type: "object", properties: { a: true } },
      "a schema must be an object",
      "/properties/a",
    ],
    [{ items: "string" }, { type: "array", items: true }, "a schema must be an object", "/items"],
    [{ allOf: {} }, {}, "allOf must be a list of schemas", "/allOf"],
    [{ oneOf: [] }, {}, "oneOf must be a list of schemas", "/oneOf"],
    [{ anyOf: [1] }, { anyOf: [true] }, "a schema must be an object", "/anyOf/0"],
    [{ minLength: -1 }, {}, "minLength must be a whole number from zero", "/minLength"],
    [{ maximum: "1" }, {}, "maximum must be a number", "/maximum"],
    [{ multipleOf: 0 }, {}, "multipleOf must be a number above zero", "/multipleOf"],
    [{ pattern: "(" }, {}, "pattern must be a regular expression of ECMA-262", "/pattern"],
    [{ description: 1 }, {}, "description must be a text", "/description"],
    [{ uniqueItems: "yes" }, {}, "uniqueItems must be true or false", "/uniqueItems"],
    [
      { dependentRequired: { a: "b" } },
      {},
      "dependentRequired must be lists of property names",
      "/dependentRequired",
    ],
    [
      { type: "string", enum: [1, true, "x"] },
      { type: "string", enum: ["1", "true", "x"] },
      "values of the enum are not of type string",
      "/enum",
    ],
    [
      { type: "integer", enum: ["1", "x"] },
      { type: "integer", enum: [1, "x"] },
      "values of the enum are not of type integer",
      "/enum",
    ],
    [
      { type: "boolean", const: "true" },
      { type: "boolean", const: true },
      "the const is not of type boolean",
      "/const",
    ],
    [{ $dynamicRef: "#node" }, true, '$dynamicRef "#node" is not understood', "/$dynamicRef"],
  ])(
    "that is broken, %j, is repaired as %j, and this is said",
    async (given, want, message, pointer) => {
      const reading = await readOne(withSchema("3.1.0", given));
      const [found, ...more] = reading.diagnostics;
      expect(more).toEqual([]);
      expect(found).toMatchObject({ code: "schema-invalid", severity: "warning", message });
      expect(found?.at.pointer).toBe(
        `/paths/~1a/get/responses/200/content/application~1json/schema${pointer}`,
      );
      expect(reading.model?.operations[0]?.answers[0]?.media[0]?.schema).toEqual(want);
    },
  );

  it("with a pattern that only lenient engines take keeps it", async () => {
    expect(await schemaOf("3.1.0", { type: "string", pattern: "^[\\w-.]+$" })).toEqual({
      type: "string",
      pattern: "^[\\w-.]+$",
    });
  });
});

describe("a schema with a media type", () => {
  it.each([
    { type: "string", format: "uri", contentMediaType: "image/png" },
    { type: "object", contentMediaType: "image/png" },
    { type: "string", contentMediaType: "text/html" },
    { type: "string", contentMediaType: "image" },
  ])("is no file as %j", async (given) => {
    expect(await schemaOf("3.1.0", given)).toEqual(given);
  });
});

describe("a schema that takes null", () => {
  const nil = { type: "null" };
  const A = { type: "object" };
  const $ref = "#/components/schemas/A";
  it.each([
    ["a type", { type: "string", nullable: true }, { type: ["string", "null"] }],
    [
      "an enum",
      { type: "string", enum: ["a"], nullable: true },
      { type: ["string", "null"], enum: ["a", null] },
    ],
    [
      "an enum with null",
      { type: "string", enum: ["a", null], nullable: true },
      { type: ["string", "null"], enum: ["a", null] },
    ],
    ["an enum without a type", { enum: ["a"], nullable: true }, { enum: ["a", null] }],
    ["nothing else", { nullable: true }, {}],
    ["a $ref", { $ref, nullable: true }, { anyOf: [{ $ref }, nil] }],
    [
      "a $ref with a description",
      { $ref, nullable: true, description: "d", maxLength: 1 },
      { description: "d", anyOf: [{ $ref }, nil] },
    ],
    [
      "a $ref in allOf",
      { allOf: [{ $ref }], nullable: true, description: "d" },
      { description: "d", anyOf: [{ $ref }, nil] },
    ],
    [
      "an allOf of more",
      { allOf: [{ $ref }, { required: ["a"] }], nullable: true },
      { anyOf: [{ allOf: [{ $ref }, { required: ["a"] }] }, nil] },
    ],
    [
      "an allOf beside a type",
      { type: "object", allOf: [{ $ref }], nullable: true },
      { anyOf: [{ type: "object", allOf: [{ $ref }] }, nil] },
    ],
    [
      "an anyOf",
      { anyOf: [{ $ref }, { type: "string" }], nullable: true },
      { anyOf: [{ $ref }, { type: "string" }, nil] },
    ],
    [
      "an anyOf with null",
      { anyOf: [{ $ref }, { type: "string", nullable: true }], nullable: true },
      { anyOf: [{ $ref }, { type: ["string", "null"] }] },
    ],
    [
      "a oneOf",
      { oneOf: [{ $ref }, { type: "string" }], nullable: true },
      { anyOf: [{ oneOf: [{ $ref }, { type: "string" }] }, nil] },
    ],
    [
      "properties",
      { properties: {}, nullable: true },
      { type: ["object", "null"], properties: {} },
    ],
    ["nothing after all", { type: "string", nullable: false }, { type: "string" }],
  ])("says so through %s", async (_title, given, want) => {
    expect(await schemaOf("3.0.3", given, { A })).toEqual(want);
  });

  it("says so in Swagger 2.0 by x-nullable", async () => {
    expect(await schemaOf("2.0", { type: "string", "x-nullable": true })).toEqual({
      type: ["string", "null"],
    });
  });

  it("is meant where a 3.1 document still says nullable", async () => {
    expect(await schemaOf("3.1.0", { type: "string", nullable: true })).toEqual({
      type: ["string", "null"],
    });
  });
});
