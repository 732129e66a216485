import { beforeAll, describe, expect, it } from "vitest";
import { type Followed, followTexts, linesOf } from "../support.ts";
import { type Case, HELPERS, CASES as PLAIN } from "./cases.ts";
import { ROUNDABOUT_CASES, ROUNDABOUT_HELPERS } from "./roundabout-cases.ts";

const CASES = [...PLAIN, ...ROUNDABOUT_CASES];

const fileOf = (index: number): string => `composers/web/case-${index}.ts`;
const textOf = ({ above = "", code }: Case): string => `import { compose, each } from "#gateway";
${above}
export const composer = compose.get("/web/cases/{id}", async ({ path, services }) => {
  ${code}
});
`;

let followed: readonly Followed[] = [];

beforeAll(async () => {
  const texts = CASES.map((one, index) => [fileOf(index), textOf(one)]);
  const files = {
    ...Object.fromEntries(texts),
    "composers/web/_helpers.ts": HELPERS,
    "composers/web/_roundabout.ts": ROUNDABOUT_HELPERS,
  };
  ({ followed } = await followTexts(files));
});

describe("following a composer", () => {
  for (const [index, { name, expected }] of CASES.entries()) {
    it(`tells ${name}`, () => {
      const found = followed.find(({ file }) => file === fileOf(index));
      expect(found === undefined ? undefined : linesOf(found)).toEqual(expected);
    });
  }

  it("is held against at least 60 fields", () => {
    const facts = CASES.flatMap(({ expected }) => expected)
      .flatMap((line) => line.split(/: |, /).slice(1))
      .flatMap((fact) => fact.split(" ").slice(1));
    expect(facts.length).toBeGreaterThanOrEqual(60);
  });
});
