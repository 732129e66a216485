import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  appendPointer,
  escapePointer,
  formatPointer,
  parsePointer,
} from "../../src/core/json-pointer.ts";

describe("JSON pointers", () => {
  it("name places as RFC 6901 §5 does", () => {
    expect(formatPointer([])).toBe("");
    expect(formatPointer(["foo", 0])).toBe("/foo/0");
    expect(formatPointer([""])).toBe("/");
    expect(formatPointer(["a/b"])).toBe("/a~1b");
    expect(formatPointer(["m~n"])).toBe("/m~0n");
    expect(appendPointer("/foo", "~1")).toBe("/foo/~01");
    expect(escapePointer(7)).toBe("7");
  });

  it("are read back as they were written, whatever the tokens", () => {
    const token = fc.string({ unit: fc.constantFrom("~", "/", "0", "1", "a", "\u00e9") });
    fc.assert(
      fc.property(fc.array(token), (tokens) => {
        expect(parsePointer(formatPointer(tokens))).toEqual(tokens);
      }),
    );
  });

  it.each(["a", "a/b", "/~", "/~2"])("%s is none", (text) => {
    expect(() => parsePointer(text)).toThrow(RangeError);
  });
});
