/** Holds that what is read and written again keeps every digit, whatever it is. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ExactInteger, parseJson, stringifyJson } from "../../src/core/exact-json.ts";

/** JSON texts whose integers are of any length, as a service might write them. */
const space = fc.constantFrom("", " ", "\n", "\t ");
const integer = fc.oneof(
  fc.bigInt().map(String),
  fc.bigInt({ min: -(2n ** 60n), max: 2n ** 60n }).map(String),
  fc.integer().map(String),
);
const text = fc
  .oneof(
    fc.string(),
    integer,
    fc.tuple(fc.constantFrom(",", ": ", '"', "\\", "["), integer, fc.constantFrom(",", "]", " ")),
  )
  .map((found) => JSON.stringify(Array.isArray(found) ? found.join("") : found));
const { json } = fc.letrec<{ json: string; list: string; record: string }>((tie) => ({
  json: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    integer,
    text,
    fc.constantFrom("true", "false", "null", "0.5"),
    tie("list"),
    tie("record"),
  ),
  list: fc
    .array(fc.tuple(space, tie("json")))
    .map((items) => `[${items.map(([blank, item]) => blank + item).join(",")}]`),
  record: fc
    .uniqueArray(fc.tuple(text, space, tie("json")), { selector: ([key]) => key })
    .map(
      (members) => `{${members.map(([key, blank, item]) => `${key}${blank}:${item}`).join(",")}}`,
    ),
}));

/** What a composer may answer: exact integers and bigints anywhere, also out of a `toJSON`. */
const long = fc.bigInt({ min: 2n ** 54n, max: 2n ** 80n });
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    long.map((one) => new ExactInteger(String(one))),
    long,
    long.map((one) => ({ toJSON: () => new ExactInteger(String(one)) })),
    long.map((one) => ({ toJSON: () => one })),
    fc.string(),
    fc.double({ noNaN: true, min: -1e15, max: 1e15 }),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.string({ maxLength: 3 }), tie("value"), { maxKeys: 4 }),
  ),
}));

/** The same with texts in the place of long integers. */
function told(given: unknown): unknown {
  const { toJSON } = (given ?? {}) as { toJSON?: () => unknown };
  if (given instanceof ExactInteger || typeof given === "bigint") return `#${given}`;
  if (toJSON !== undefined) return told(toJSON());
  if (Array.isArray(given)) return given.map(told);
  if (typeof given !== "object" || given === null) return given;
  return Object.fromEntries(Object.entries(given).map(([key, member]) => [key, told(member)]));
}

describe("there and back", () => {
  it("keeps every digit that is written, whoever gives it", () => {
    fc.assert(
      fc.property(value, (given) => {
        expect(stringifyJson(told(parseJson(stringifyJson(given))))).toBe(
          stringifyJson(told(given)),
        );
      }),
      { numRuns: 500 },
    );
  });

  it("keeps every integer of a text byte for byte, and every string", () => {
    fc.assert(
      fc.property(json, (given) => {
        const tokens = (one: string): string[] => one.match(/"(?:[^"\\]|\\.)*"|-?\d+/g) ?? [];
        const written = stringifyJson(parseJson(given));
        // Records order integer-like keys first, in both.
        const expected = tokens(given).map((token) =>
          token.startsWith('"') ? JSON.stringify(JSON.parse(token)) : token === "-0" ? "0" : token,
        );
        expect(tokens(written).sort()).toEqual(expected.sort());
      }),
      { numRuns: 500 },
    );
  });

  it("reads what JSON.parse reads, but for unsafe integers", () => {
    fc.assert(
      fc.property(fc.json(), (given) => {
        expect(JSON.parse(stringifyJson(parseJson(given)))).toEqual(JSON.parse(given));
      }),
    );
  });
});
