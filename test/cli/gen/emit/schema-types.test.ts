/** JSON Schema -> TypeScript: what openapi-typescript alone gets wrong, and what must stay as it is. */
import { describe, expect, it } from "vitest";
import type { Schema } from "../../../../cli/gen/model.ts";
import { complaints } from "./compiler.ts";
import { ref, schemaText, service, typeOf, typesOf } from "./support.ts";

const text: Schema = { type: "string" };
const number: Schema = { type: "number" };

describe("the type of a schema", () => {
  it.each<[string, Schema, string]>([
    ["a text", { type: "string", minLength: 1, format: "uuid" }, "string"],
    ["a whole number", { type: "integer", format: "int64" }, "number"],
    ["a switch", { type: "boolean" }, "boolean"],
    ["nothing but null", { type: "null" }, "null"],
    ["anything", true, "unknown"],
    ["anything, as an object without keywords", {}, "unknown"],
    ["nothing", false, "never"],
    ["nothing, by not: {}", { not: {} }, "never"],
    ["several types", { type: ["string", "integer", "null"] }, "string | number | null"],
    ["a format that tells the type", { format: "date-time" }, "string"],
    ["a bound that tells the type", { minimum: 0 }, "number"],
    ["an object of which nothing is said", { type: "object" }, "Record<string, unknown>"],
    [
      "an object with an empty list of properties",
      { type: "object", properties: {} },
      "Record<string, unknown>",
    ],
    [
      "an object that must be empty",
      { type: "object", additionalProperties: false },
      "{ [key: string]: never; }",
    ],
    [
      "an object that may be empty or not",
      { anyOf: [{ type: "object", additionalProperties: false }, text] },
      "{ [key: string]: never; } | string",
    ],
    ["a map", { type: "object", additionalProperties: number }, "{ [key: string]: number; }"],
    [
      "a map by pattern",
      { type: "object", patternProperties: { "^x-": text } },
      "{ [key: string]: string; }",
    ],
    [
      "an open object",
      { type: "object", additionalProperties: true },
      "{ [key: string]: unknown; }",
    ],
    ["a list", { type: "array", items: text }, "string[]"],
    ["a list of lists", { type: "array", items: { type: "array", items: number } }, "number[][]"],
    [
      "a list of a union of one list",
      { type: "array", items: { anyOf: [{ type: "array", items: text }] } },
      "string[][]",
    ],
    ["a list of which nothing is said", { type: "array" }, "unknown[]"],
    ["an empty list", { type: "array", items: false }, "[ ]"],
    ["a tuple", { type: "array", prefixItems: [text, number] }, "[ string, number ]"],
    [
      "a tuple that goes on",
      { type: "array", prefixItems: [text], items: number },
      "[ string, ...number[] ]",
    ],
    [
      "a list of null or text",
      { type: "array", items: { type: ["string", "null"] } },
      "(string | null)[]",
    ],
  ])("is right for %s", async (_, schema, want) => {
    expect(await typeOf(schema)).toBe(want);
  });

  it.each<[string, Schema, string]>([
    ["an enum", { type: "string", enum: ["a", "b"] }, '"a" | "b"'],
    ["an enum with null", { type: ["string", "null"], enum: ["a", null] }, '"a" | null'],
    ["an enum whose null the type forgets", { type: "string", enum: ["a", null] }, '"a" | null'],
    [
      "an enum whose null only the type tells",
      { type: ["string", "null"], enum: ["a"] },
      '"a" | null',
    ],
    ["an enum of numbers", { type: "integer", enum: [-1, 0, 2.5] }, "-1 | 0 | 2.5"],
    ["an enum of several types", { enum: ["a", 1, true] }, '"a" | 1 | true'],
    ["an enum that says a value twice", { type: "string", enum: ["a", "a"] }, '"a"'],
    ["an empty enum", { type: "string", enum: [] }, "string"],
    [
      "a number that JSON cannot write",
      { type: "number", enum: [1, Number.POSITIVE_INFINITY] },
      "number",
    ],
    ["a constant", { const: "a" }, '"a"'],
    ["the constant null", { const: null }, "null"],
    ["a constant object", { const: { a: [1, "b"] } }, '{ a: [ 1, "b" ]; }'],
  ])("names the values of %s", async (_, schema, want) => {
    expect(await typeOf(schema)).toBe(want);
  });
});

describe("properties", () => {
  it("are optional unless required, whatever their default", async () => {
    const schema: Schema = {
      type: "object",
      required: ["id"],
      properties: { id: text, limit: { type: "integer", default: 10 } },
    };
    expect(await typeOf(schema)).toBe("{ id: string; /** @default 10 */ limit?: number; }");
  });

  it("that are required but not declared are there, of unknown type", async () => {
    const schema: Schema = { type: "object", required: ["id", "other"], properties: { id: text } };
    expect(await typeOf(schema)).toBe("{ id: string; other: unknown; }");
  });

  it("that are required but not declared have the type of additional ones", async () => {
    const schema: Schema = { type: "object", required: ["a"], additionalProperties: number };
    expect(await typeOf(schema)).toBe("{ a: number; } & { [key: string]: number; }");
  });

  it("fit the index signature beside them, so that a value can be written", async () => {
    const schema: Schema = {
      type: "object",
      properties: { id: text, at: { type: "integer", description: "When." } },
      additionalProperties: { type: "boolean" },
    };
    expect(await typeOf(schema)).toBe(
      "{ id?: string; /** @description When. */ at?: number; } & { [key: string]: boolean | string | number; }",
    );
  });

  it("may have any name", async () => {
    const properties = JSON.parse(
      '{"a b":{"type":"string"},"__proto__":{"type":"string"},"1":{"type":"string"},"50%":{"type":"string"},"":{"type":"string"}}',
    ) as Record<string, Schema>;
    expect(await typeOf({ type: "object", properties })).toBe(
      '{ 1?: string; "a b"?: string; __proto__?: string; "50%"?: string; ""?: string; }',
    );
  });

  it("named in percent keep their own type, however deep", async () => {
    const inner: Schema = {
      anyOf: [{ type: "object", properties: { "a%": text } }, { type: "null" }],
    };
    expect(await typeOf({ type: "object", properties: { "100%": inner } })).toBe(
      '{ "100%"?: { "a%"?: string; } | null; }',
    );
  });
});

describe("compositions", () => {
  const Base: Schema = { type: "object", properties: { id: text, kind: text }, required: ["id"] };

  it("keep what is said beside allOf", async () => {
    const schema: Schema = { type: "object", properties: { n: number }, allOf: [ref("Base")] };
    expect(await typeOf(schema, { Base })).toBe('{ n?: number; } & components["schemas"]["Base"]');
  });

  it("require a property of what they are made of, with its type", async () => {
    const schema: Schema = { allOf: [ref("Base"), { required: ["kind"] }] };
    expect(await typeOf(schema, { Base })).toBe(
      'components["schemas"]["Base"] & { kind: string; }',
    );
  });

  it("do not require again what is required already", async () => {
    const schema: Schema = { required: ["id"], allOf: [ref("Base")] };
    expect(await typeOf(schema, { Base })).toBe('components["schemas"]["Base"]');
  });

  it("that only require alternatives say so with the types", async () => {
    const schema: Schema = {
      type: "object",
      properties: { a: text, b: number },
      anyOf: [{ required: ["a"] }, { required: ["b"] }],
    };
    expect(await typeOf(schema)).toBe(
      "{ a?: string; b?: number; } & ({ a: string; } | { b: number; })",
    );
  });

  it("are closed for nobody but themselves", async () => {
    const schema: Schema = {
      allOf: [ref("Base"), { type: "object", additionalProperties: false }],
    };
    expect(await typeOf(schema, { Base })).toBe('components["schemas"]["Base"]');
  });

  it("with null are nullable as a whole", async () => {
    const schema: Schema = {
      type: ["object", "null"],
      properties: { a: text },
      allOf: [ref("Base")],
    };
    expect(await typeOf(schema, { Base })).toBe(
      '({ a?: string; } & components["schemas"]["Base"]) | null',
    );
  });

  it.each<[string, Schema, string]>([
    ["a union of one", { oneOf: [text] }, "string"],
    [
      "a union in a union",
      { anyOf: [{ oneOf: [text, number] }, { type: "null" }] },
      "string | number | null",
    ],
    [
      "a union that says a type twice",
      { anyOf: [text, { type: "string", format: "uri" }] },
      "string",
    ],
    ["a union with anything", { anyOf: [text, {}] }, "unknown"],
    [
      "a type beside alternatives of it",
      { type: "string", anyOf: [{ format: "ipv4" }, { format: "ipv6" }] },
      "string",
    ],
    [
      "a type beside its literals",
      { type: "string", oneOf: [{ enum: ["a"] }, { const: "b" }] },
      '"a" | "b"',
    ],
    [
      "a bare object beside what it is",
      { type: "object", oneOf: [{ properties: { a: text } }, { properties: { b: text } }] },
      "{ a?: string; } | { b?: string; }",
    ],
    [
      "both anyOf and oneOf",
      { anyOf: [text, number], oneOf: [text, { type: "boolean" }] },
      "(string | number) & (string | boolean)",
    ],
  ])("are no longer than they need to be: %s", async (_, schema, want) => {
    expect(await typeOf(schema)).toBe(want);
  });
});

describe("schemas that lead back to themselves", () => {
  it("through an object are members like any other", async () => {
    const Node: Schema = {
      type: "object",
      properties: { next: ref("Node"), all: { type: "array", items: ref("Node") } },
    };
    expect(await typesOf({ Node })).toEqual({
      Node: '{ next?: components["schemas"]["Node"]; all?: components["schemas"]["Node"][]; }',
    });
  });

  it("through a list become aliases", async () => {
    const Value: Schema = { oneOf: [text, { type: "array", items: ref("Value") }] };
    expect(await typesOf({ Value })).toEqual({ Value: "ValueSchema" });
  });

  it("through lists of each other become aliases of each other", async () => {
    const A: Schema = { type: "array", items: ref("B") };
    const B: Schema = { anyOf: [text, { type: "array", prefixItems: [ref("A"), ref("C")] }] };
    const C: Schema = { type: "object", properties: { a: ref("A") } };
    const schema = await schemaText(service({ schemas: { A, B, C } }));
    expect(schema).toContain("export type ASchema = BSchema[];\n");
    expect(schema.replace(/\s+/g, " ")).toContain(
      'export type BSchema = string | [ ASchema, components["schemas"]["C"] ];',
    );
    expect(complaints(new Map([["schema.d.ts", schema]]))).toEqual([]);
  });
});
