import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findJsonFault } from "../../src/http/json-fault.ts";

describe("the fault of a text that is not JSON", () => {
  it.each([
    ["", 1, 1],
    ["x", 1, 1],
    ['{"a":1,}', 1, 8],
    ['{"a":1', 1, 7],
    ["[1,]", 1, 4],
    ["[1 2]", 1, 4],
    ['{"a" 1}', 1, 6],
    ["{a:1}", 1, 2],
    ["[1]]", 1, 4],
    ["[1}", 1, 3],
    ["01", 1, 2],
    ["[1.]", 1, 3],
    ['{\n  "a": 1,\n  "b": tru\n}', 3, 8],
    ['["a\nb"]', 1, 4],
    ['["\\x"]', 1, 3],
    ['{"a":1 "b":2}', 1, 8],
    ['{"a":,}', 1, 6],
    ["[,1]", 1, 2],
    ["nul", 1, 1],
    ["1 1", 1, 3],
  ])("%j is at line %d, column %d", (text, line, column) => {
    expect(() => JSON.parse(text)).toThrow();
    expect(findJsonFault(text)).toEqual({ kind: "syntax", line, column });
  });

  it("is the end of the text where the text is JSON", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(findJsonFault(text)).toEqual({ kind: "syntax", line: 1, column: text.length + 1 });
      }),
    );
  });

  it("is never after the place where it was put, nor before what was right", () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (text, seed) => {
        const at = seed % (text.length + 1);
        const broken = `${text.slice(0, at)}\u0000${text.slice(at)}`;
        const { line, column } = findJsonFault(broken);
        expect(line).toBe(1);
        expect(column).toBeLessThanOrEqual(at + 1);
        // A number, a literal or an escape that is cut is at fault where it began.
        expect(column).toBeGreaterThan(at - 30);
      }),
    );
  });

  it("does not depend on how deep the text is", () => {
    const deep = "[".repeat(200_000);
    expect(findJsonFault(deep)).toEqual({ kind: "syntax", line: 1, column: 200_001 });
  });

  it("does not depend on how long its strings are", () => {
    const long = `["${"x".repeat(20_000_000)}",]`;
    expect(findJsonFault(long)).toEqual({ kind: "syntax", line: 1, column: long.length });
  });

  it.each([
    ["[[[1]]]", 2, 1, 3],
    ['[{"a":\n{}}]', 2, 2, 1],
    ["[[],[[]]]", 2, 1, 6],
    ["[[[", 2, 1, 3],
  ])("%j with at most %d levels is at line %d, column %d", (text, depth, line, column) => {
    const limits = { depth, items: Number.POSITIVE_INFINITY };
    expect(findJsonFault(text, limits)).toEqual({ kind: "depth", line, column });
  });

  it.each([
    ["1e400", 1, 1],
    ["[1,\n -1E+999]", 2, 2],
    [`["1e400",${"9".repeat(400)},0.1e310]`, 1, 411],
  ])("%j is a number beyond a double at line %d, column %d", (text, line, column) => {
    expect(findJsonFault(text)).toEqual({ kind: "number", line, column });
  });
});
