/** Random schemas for property tests: small, mostly satisfiable, all keywords that samplers have to mind. */
import fc from "fast-check";
import type { Schema, SchemaObject } from "../../../../cli/gen/model.ts";

/** A schema with `if`; a literal with a `then` would look like a promise. */
export function conditional(when: Schema, met: Schema, otherwise?: Schema): SchemaObject {
  const parts = [
    ["if", when],
    ["then", met],
    ["else", otherwise],
  ].filter(([, part]) => part !== undefined);
  return Object.fromEntries(parts);
}

const name = fc.constantFrom("a", "b", "c", "id", "name");
const scalar = fc.oneof(
  fc.string({ maxLength: 5 }),
  fc.integer({ min: -20, max: 20 }),
  fc.boolean(),
  fc.constant(null),
);

const range = (low: string, high: string, most: number): fc.Arbitrary<SchemaObject> =>
  fc
    .tuple(fc.nat({ max: most }), fc.nat({ max: most }))
    .map(([a, b]) => ({ [low]: Math.min(a, b), [high]: Math.max(a, b) }));

const strings = fc.oneof(
  fc.constant<SchemaObject>({ type: "string" }),
  range("minLength", "maxLength", 12).map((bounds) => ({ type: "string", ...bounds })),
  fc
    .constantFrom(
      "date",
      "date-time",
      "email",
      "uuid",
      "uri",
      "ipv4",
      "ipv6",
      "hostname",
      "byte",
      "duration",
      "time",
      "unknown",
    )
    .map((format) => ({ type: "string", format })),
  fc
    .constantFrom(
      "^[a-z]{3,5}$",
      "^\\d{4}-\\d{2}$",
      "x|yy",
      "^(foo|ba[rz])+$",
      "[A-F0-9]{8}",
      "^\\p{L}+$",
      "^a{2,}b?$",
      "^[^/]+/[^/]+$",
    )
    .map((pattern) => ({ type: "string", pattern })),
);
const numbers = fc.oneof(
  fc.constantFrom<SchemaObject>(
    { type: "integer" },
    { type: "number" },
    { type: "integer", format: "int32" },
  ),
  fc
    .tuple(fc.constantFrom("integer", "number"), range("minimum", "maximum", 50))
    .map(([type, bounds]) => ({ type, ...bounds })),
  fc
    .tuple(fc.constantFrom("integer", "number"), fc.constantFrom(2, 5, 0.5, 0.01, 7))
    .map(([type, multipleOf]) => ({ type, multipleOf })),
  fc.constantFrom<SchemaObject>(
    { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1 },
    { type: "integer", exclusiveMinimum: 3 },
  ),
);

export const { schema: randomSchema } = fc.letrec<{ schema: Schema; record: SchemaObject }>(
  (tie) => ({
    record: fc
      .record({
        properties: fc.dictionary(name, tie("schema"), { maxKeys: 4 }),
        required: fc.uniqueArray(name, { maxLength: 3 }),
        additionalProperties: fc.option(fc.oneof(fc.boolean(), tie("schema")), { nil: undefined }),
      })
      .map(({ properties, required, additionalProperties }) => ({
        type: "object",
        properties,
        required:
          additionalProperties === false ? required.filter((one) => one in properties) : required,
        ...(additionalProperties === undefined ? {} : { additionalProperties }),
      })),
    schema: fc.oneof(
      { maxDepth: 3 },
      strings,
      numbers,
      fc.constantFrom<Schema>(
        { type: "boolean" },
        { type: "null" },
        { type: ["string", "null"] },
        true,
        {},
      ),
      fc
        .uniqueArray(scalar, { minLength: 1, maxLength: 4, comparator: (a, b) => a === b })
        .map((values) => ({ enum: values })),
      scalar.map((value) => ({ const: value })),
      tie("record"),
      fc
        .tuple(tie("schema"), fc.nat({ max: 2 }))
        .map(([items, minItems]) => ({ type: "array", items, minItems })),
      fc
        .tuple(fc.constantFrom<Schema>({ type: "integer" }, { type: "string" }), fc.nat({ max: 4 }))
        .map(([items, minItems]) => ({ type: "array", items, minItems, uniqueItems: true })),
      fc.tuple(tie("record"), tie("record")).map((allOf) => ({ allOf })),
      fc.array(tie("schema"), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
      fc.array(tie("schema"), { minLength: 1, maxLength: 3 }).map((oneOf) => ({ oneOf })),
      tie("schema").map((not) => ({ type: ["string", "integer"], not })),
      fc.tuple(tie("record"), tie("record"), tie("record")).map(([when, met, otherwise]) => ({
        type: "object",
        ...conditional(when, met, otherwise),
      })),
    ),
  }),
);
