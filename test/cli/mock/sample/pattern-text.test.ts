import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../../../cli/mock/random.ts";
import { parsePattern, patternText } from "../../../../cli/mock/sample/pattern-text.ts";

describe("a text of a pattern matches it", () => {
  it.each([
    String.raw`^[A-Z]{2}[0-9a-fA-F]{32}$`,
    String.raw`^\d{3}-\d{4}$`,
    String.raw`^(?:foo|ba[rz]){1,3}$`,
    String.raw`^(?<year>\d{4})(?:-(?<month>0[1-9]|1[0-2]))?$`,
    String.raw`^#(([0-9a-fA-F]{2}){3}|([0-9a-fA-F]){3})$`,
    String.raw`^arn:aws:s3:::[a-z.-]+/\*$`,
    String.raw`^[^\s@]+@[^\s@]+\.[^\s@]{2,}$`,
    String.raw`^\u0041\x42\cA?[\w.\-]+$`,
    String.raw`^[\]\\^-]+$`,
    String.raw`^\p{Lu}\p{L}*$`,
    String.raw`^[а-я]+$`,
    String.raw`^$`,
    String.raw`^a|b$`,
    String.raw`\{user_question\}`,
    String.raw`^.+\.json$`,
    String.raw`^\+?[1-9]\d{1,14}$`,
    String.raw`^[\u4e00-\u9fa5]{2}$`,
    String.raw`x*?y+?z??`,
  ])("%s", (source) => {
    const expression = new RegExp(source, "u");
    const tree = parsePattern(source);
    for (const more of [0, 1, 3]) {
      for (let seed = 0; seed < 20; seed += 1) {
        expect(patternText(tree, createRandom(seed), more)).toMatch(expression);
      }
    }
  });
});

it("no pattern, however broken, makes the parser throw or run on", () => {
  const piece = fc.constantFrom("(", ")", "[", "]", "{", "}", "{2", "{2,", "{,3}", "*", "+", "?", "|", "\\", "\\u", "\\p{", "^", "$", ".", "a", "(?", "(?<", "(?=", "[^", "\\k<a>", "-");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      expect(typeof patternText(parsePattern(pieces.join("")), createRandom(1), 1)).toBe("string");
    }),
    { numRuns: 2000 },
  );
});
