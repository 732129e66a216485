import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../../../cli/mock/random.ts";
import { parsePattern, patternText } from "../../../../cli/mock/sample/pattern-text.ts";

describe("a text of a pattern matches it", () => {
  it.each([
    /^[A-Z]{2}[0-9a-fA-F]{32}$/u,
    /^\d{3}-\d{4}$/u,
    /^(?:foo|ba[rz]){1,3}$/u,
    /^(?<year>\d{4})(?:-(?<month>0[1-9]|1[0-2]))?$/u,
    /^#(([0-9a-fA-F]{2}){3}|([0-9a-fA-F]){3})$/u,
    /^arn:aws:s3:::[a-z.-]+\/\*$/u,
    /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/u,
    /^\u0041\x42\cA?[\w.-]+$/u,
    /^[\]\\^-]+$/u,
    /^\p{Lu}\p{L}*$/u,
    /^[а-я]+$/u,
    /^$/u,
    /^a|b$/u,
    /\{user_question\}/u,
    /^.+\.json$/u,
    /^\+?[1-9]\d{1,14}$/u,
    /^[\u4e00-\u9fa5]{2}$/u,
    /x*?y+?z??/u,
  ])("%s", (expression) => {
    const tree = parsePattern(expression.source);
    for (const more of [0, 1, 3]) {
      for (let seed = 0; seed < 20; seed += 1) {
        expect(patternText(tree, createRandom(seed), more)).toMatch(expression);
      }
    }
  });
});

it("no pattern, however broken, makes the parser throw or run on", () => {
  const piece = fc.constantFrom(
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "{2",
    "{2,",
    "{,3}",
    "*",
    "+",
    "?",
    "|",
    "\\",
    "\\u",
    "\\p{",
    "^",
    "$",
    ".",
    "a",
    "(?",
    "(?<",
    "(?=",
    "[^",
    "\\k<a>",
    "-",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      expect(typeof patternText(parsePattern(pieces.join("")), createRandom(1), 1)).toBe("string");
    }),
    { numRuns: 2000 },
  );
});
