import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseQuery } from "../../src/http/query.ts";

describe("a query", () => {
  it.each<[string | undefined, Record<string, string | string[]>]>([
    [undefined, {}],
    ["", {}],
    ["a=1&b=2", { a: "1", b: "2" }],
    ["a=1&a=2&a=3", { a: ["1", "2", "3"] }],
    ["a&b=&=c", { a: "", b: "", "": "c" }],
    ["a=x=y", { a: "x=y" }],
    ["a+b=c+d%2B", { "a b": "c d+" }],
    ["%C3%A9=%26", { é: "&" }],
    ["a=1&&", { a: "1" }],
  ])("%s is %j", (text, want) => {
    expect({ ...parseQuery(text) }).toEqual(want);
  });

  it("may name __proto__ and gets no prototype by it", () => {
    const query = parseQuery("__proto__=x&constructor=y");
    expect(Object.getPrototypeOf(query)).toBeNull();
    expect(Object.entries(query)).toEqual([
      ["__proto__", "x"],
      ["constructor", "y"],
    ]);
  });

  it.each(["a=%", "%zz=1", "a=%ff"])("%s cannot be decoded and is refused", (text) => {
    expect(() => parseQuery(text)).toThrow(URIError);
  });

  it("reads what URLSearchParams writes", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }))),
        (pairs) => {
          const text = new URLSearchParams(pairs).toString();
          const read = parseQuery(text);
          for (const [name] of pairs) {
            const values = pairs.filter(([key]) => key === name).map(([, value]) => value);
            expect([read[name]].flat()).toEqual(values);
          }
        },
      ),
    );
  });
});
