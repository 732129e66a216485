import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  fieldsNamedBy,
  parseCacheControl,
  secondsOf,
} from "../../../src/http/caching/cache-control.ts";

const directivesOf = (value: string | string[]): Record<string, string | true> =>
  Object.fromEntries(parseCacheControl(value).directives);

describe("Cache-Control", () => {
  it.each<[string | string[], Record<string, string | true>]>([
    ["max-age=60", { "max-age": "60" }],
    ["MAX-Age=60, No-Store", { "max-age": "60", "no-store": true }],
    [["max-age=60", "public"], { "max-age": "60", public: true }],
    ['max-age="60"', { "max-age": "60" }],
    ["max-age=060", { "max-age": "060" }],
    [", ,max-age=60,", { "max-age": "60" }],
    ['no-cache="a, \\"b\\"", x', { "no-cache": 'a, "b"', x: true }],
    ['extension="max-age=3600", max-age=1', { extension: "max-age=3600", "max-age": "1" }],
    ['no-cache, no-cache="a"', { "no-cache": true }],
    ['no-cache="a", no-cache', { "no-cache": true }],
    ['private="a", private="b"', { private: "a,b" }],
  ])("of %j is understood", (value, expected) => {
    expect(directivesOf(value)).toEqual(expected);
    expect(parseCacheControl(value).malformed).toBe(false);
  });

  it.each([
    "max-age",
    "max-age=",
    "max-age=-1",
    "max-age=1.5",
    "max-age=a1",
    "max-age=1a",
    "max-age='1'",
    "max-age =1",
    "max-age= 1",
    'no-store="',
    "no-store;x",
    "s-maxage=x",
    "é",
  ])("of %j is malformed", (value) => {
    expect(parseCacheControl(value).malformed).toBe(true);
  });

  it("understands what stands beside a mistake", () => {
    expect(directivesOf("no store, private")).toEqual({ private: true });
  });

  it("makes an answer stale whose lifetimes differ", () => {
    expect(directivesOf("max-age=1, max-age=9")).toEqual({ "max-age": "0" });
    expect(directivesOf(["max-age=9", "max-age=9"])).toEqual({ "max-age": "9" });
  });

  it("counts no further than 2^31 seconds", () => {
    const { directives } = parseCacheControl("max-age=99999999999");
    expect(secondsOf(directives, "max-age")).toBe(2_147_483_648);
    expect(secondsOf(directives, "s-maxage")).toBeUndefined();
  });

  it("names the fields of a directive in lower case", () => {
    const { directives } = parseCacheControl('no-cache="A, ,b ", private');
    expect(fieldsNamedBy(directives, "no-cache")).toEqual(["a", "b"]);
    expect(fieldsNamedBy(directives, "private")).toEqual([]);
  });

  it("gives back what was written, quoted or not, in any order", () => {
    const token = fc.stringMatching(/^[a-z][a-z-]{0,8}$/).filter((name) => !/age|stale/.test(name));
    const argument = fc.oneof(
      fc.constant(true as const),
      fc.string({ unit: "grapheme-ascii", maxLength: 8 }),
    );
    const list = fc.uniqueArray(fc.tuple(token, argument), { selector: ([name]) => name });
    fc.assert(
      fc.property(list, (members) => {
        const text = members
          .map(([name, value]) =>
            value === true ? name : `${name}="${value.replace(/["\\]/g, "\\$&")}"`,
          )
          .join(" , ");
        expect(directivesOf(text)).toEqual(Object.fromEntries(members));
      }),
    );
  });

  it("comes to an end with any text", () => {
    fc.assert(fc.property(fc.string(), (text) => parseCacheControl(text).directives.size >= 0));
  });
});
