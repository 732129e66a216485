import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findJsonError } from "../../../../cli/gen/read/json-error.ts";

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe("where a text stops being JSON", () => {
  it.each([
    ['{"a": }', 6],
    ['{"a": 1,}', 8],
    ["[1 2]", 3],
    ["[1", 2],
    ['{"a" 1}', 5],
    ["{a: 1}", 1],
    ['["\n"]', 1],
    ["[01]", 2],
    ["[1]]", 3],
    ["[1}", 2],
    ["[tru]", 1],
    ["", 0],
  ])("%j: at %d", (text, offset) => {
    expect(findJsonError(text)).toBe(offset);
  });

  it("nowhere, exactly when JSON.parse takes it", () => {
    const change = fc.record({
      at: fc.nat(),
      remove: fc.nat(2),
      insert: fc.constantFrom("", ",", '"', "{", "]", "0", "\\", " "),
    });
    fc.assert(
      fc.property(fc.json(), change, (json, { at, remove, insert }) => {
        const start = at % (json.length + 1);
        const text = json.slice(0, start) + insert + json.slice(start + remove);
        expect(findJsonError(text) === undefined).toBe(isJson(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it("what stands before the mistake could have gone on as JSON", () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (json, at) => {
        const text = json.slice(0, at % json.length);
        const offset = findJsonError(text);
        expect(offset === undefined || json.startsWith(text.slice(0, offset))).toBe(true);
      }),
    );
  });
});
