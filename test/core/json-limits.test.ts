/** Holds what is not read although it is JSON: what nests too deep, and numbers that no double holds. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ExactInteger,
  parseExactJson,
  parseJson,
  stringifyJson,
} from "../../src/core/exact-json.ts";
import { ANSWER_LIMITS, JsonLimitError } from "../../src/core/json-limits.ts";
import { findJsonFault } from "../../src/http/json-fault.ts";

const nested = (levels: number, inner = "1"): string =>
  `${"[".repeat(levels)}${inner}${"]".repeat(levels)}`;

/** Why a text is not read; undefined when it is. */
function refusal(
  text: string,
  depth = ANSWER_LIMITS.depth,
  items = ANSWER_LIMITS.items,
): string | undefined {
  try {
    parseJson(text, { depth, items });
    return undefined;
  } catch (error) {
    if (error instanceof JsonLimitError) return error.message;
    throw error;
  }
}

describe("the depth of JSON", () => {
  it("may be the limit, and no more, in lists and records", () => {
    expect(refusal(nested(4), 4)).toBeUndefined();
    expect(refusal(nested(5), 4)).toBe("is nested deeper than 4 levels");
    expect(refusal('{"a":[{"b":[]}]}', 4)).toBeUndefined();
    expect(refusal('{"a":[{"b":[{}]}]}', 4)).toBe("is nested deeper than 4 levels");
    expect(refusal('[1,"[[[[[",{"c":2}]', 2)).toBeUndefined();
    expect(refusal(nested(ANSWER_LIMITS.depth))).toBeUndefined();
    expect(refusal(nested(ANSWER_LIMITS.depth + 1))).toBe(
      `is nested deeper than ${ANSWER_LIMITS.depth} levels`,
    );
  });

  it("does not count an exact integer as a level", () => {
    expect(refusal(nested(4, "9007199254740993"), 4)).toBeUndefined();
    expect(refusal(nested(5, "9007199254740993"), 4)).toBe("is nested deeper than 4 levels");
  });

  it("counts a member called __proto__ like any other", () => {
    expect(refusal('{"__proto__":{"__proto__":{"__proto__":{}}}}', 3)).toMatch(/deeper than 3/);
  });

  it("has no limit where there is none to be feared: not even that of the call stack", () => {
    const depth = 200_000;
    let node = parseExactJson(nested(depth, "9007199254740993"));
    for (let level = 0; level < depth; level++) node = (node as unknown[])[0];
    expect(String(node)).toBe("9007199254740993");
    expect(parseExactJson("[1e400]")).toEqual([Number.POSITIVE_INFINITY]);
  });

  it("is refused whatever it is, also far beyond the call stack", () => {
    expect(refusal(nested(200_000))).toMatch(/deeper/);
    expect(refusal(`${'{"a":'.repeat(100_000)}9007199254740993${"}".repeat(100_000)}`)).toMatch(
      /deeper/,
    );
  });

  it("is that of the text, whatever else is in it", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.integer({ min: 1, max: 6 }), (text, limit) => {
        let depth = 0;
        let deepest = 0;
        for (const token of text.replace(/"(?:[^"\\]|\\.)*"/g, "")) {
          if (token === "[" || token === "{") deepest = Math.max(deepest, ++depth);
          else if (token === "]" || token === "}") depth--;
        }
        expect(refusal(text, limit) === undefined).toBe(deepest <= limit);
      }),
    );
  });
});

describe("the length of lists", () => {
  it("may be the limit, and no more, in every list for itself", () => {
    expect(refusal("[1,2]", 4, 2)).toBeUndefined();
    expect(refusal("[[1,2],[3,4]]", 4, 2)).toBeUndefined();
    expect(refusal("[1,2,3]", 4, 2)).toBe("has a list of more than 2 items");
    expect(refusal('{"a":[{"b":[1,2,3]}]}', 4, 2)).toBe("has a list of more than 2 items");
    expect(refusal('{"a":1,"b":2,"c":3}', 4, 2)).toBeUndefined();
    expect(refusal(JSON.stringify(Array.from({ length: 100_000 }, () => 1)))).toBeUndefined();
  });

  it("is told at the item that is too much, wherever else there are commas", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.integer({ min: 1, max: 4 }), (text, items) => {
        const limits = { depth: 9, items };
        const isRefused = refusal(text, 9, items) !== undefined;
        const { kind, column } = findJsonFault(text, limits);
        expect(kind).toBe(isRefused ? "items" : "syntax");
        expect(text[column - 1]).toBe(isRefused ? "," : undefined);
      }),
    );
  });
});

describe("a number beyond a double", () => {
  it.each([
    "1e400",
    "-1E+400",
    "1e309",
    "0.1e310",
    "10000e305",
    `${"9".repeat(310)}.5`,
    `{"a":[1,-1e999]}`,
    `[9007199254740993,1e400]`,
  ])("%s is refused: it would be written as null", (text) => {
    expect(refusal(text)).toMatch(/beyond 1\.8e308/);
  });

  it.each(["1e308", "-1.7976931348623157e308", "1e-400", "0.000001e310", '"1e400"'])(
    "%s is none",
    (text) => {
      expect(parseJson(text)).toBe(JSON.parse(text));
    },
  );

  it("that is an integer keeps its digits instead", () => {
    const huge = `-${"9".repeat(400)}`;
    expect(stringifyJson(parseJson(`{"a":${huge}}`))).toBe(`{"a":${huge}}`);
  });

  it("is never silently another: what is read is written as the same number", () => {
    const digits = fc.stringMatching(/^(?:0|[1-9]\d{0,24})$/);
    const fraction = fc.option(fc.stringMatching(/^\.\d{1,20}$/), { nil: "" });
    const exponent = fc.option(fc.stringMatching(/^[eE][+-]?\d{1,3}$/), { nil: "" });
    const number = fc
      .tuple(fc.constantFrom("", "-"), digits, fraction, exponent)
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.array(number, { minLength: 1 }), (numbers) => {
        const text = `[${numbers.join(",")}]`;
        const isTooLarge = numbers.some((one) => !Number.isFinite(Number(one)));
        expect(refusal(text) !== undefined).toBe(isTooLarge);
        if (isTooLarge) return;
        const written = JSON.parse(stringifyJson(parseJson(text))) as unknown[];
        // JSON knows one zero.
        expect(written.map((one) => one === 0)).toEqual(numbers.map((one) => Number(one) === 0));
        expect(written.filter((one) => one !== 0)).toEqual(
          numbers.map(Number).filter((one) => one !== 0),
        );
      }),
      { numRuns: 500 },
    );
  });
});

describe("a value that cannot be written", () => {
  it("because it nests too deep is a clear error, not a crash", () => {
    let value: unknown = new ExactInteger("9007199254740993");
    for (let level = 0; level < 200_000; level++) value = [value];
    expect(() => stringifyJson(value)).toThrow("nested too deep to be written as JSON");
    expect(() => stringifyJson([1n, value])).toThrow("nested too deep to be written as JSON");
  });

  it("because it refers to itself is named by JSON.stringify", () => {
    const loop: { self?: unknown } = {};
    loop.self = loop;
    expect(() => stringifyJson({ loop })).toThrow(/circular structure/);
  });

  it("because a toJSON of its own fails, fails with that", () => {
    const own = new RangeError("no such page");
    const value = {
      toJSON() {
        throw own;
      },
    };
    expect(() => stringifyJson(value)).toThrow(own);
  });
});
