import { beforeAll, describe, expect, it } from "vitest";
import type { Explanation } from "../../../../cli/index/explain/explain-route.ts";
import { FINDING_KINDS } from "../../../../cli/index/explain/finding.ts";
import type { FindingCase } from "./finding-case.ts";
import { HELPERS } from "./helpers.ts";
import { LOOPING_NEAR_MISSES } from "./looping-near-misses.ts";
import { MENDABLE } from "./mendable.ts";
import { NEAR_MISSES } from "./near-misses.ts";
import { explainTexts, findingLines, readShop } from "./support.ts";

const CASES: readonly FindingCase[] = [...MENDABLE, ...NEAR_MISSES, ...LOOPING_NEAR_MISSES];
const fileOf = (one: FindingCase): string => `composers/web/case-${CASES.indexOf(one)}.ts`;
const textOf = ({ above = "", code }: FindingCase): string =>
  `import { compose, each } from "#gateway";\n${above}\nexport const composer = compose.get("/web/cases/{id}", async ({ path, services }) => {\n${code}\n});\n`;

let found: ReadonlyMap<string, Explanation> = new Map();

beforeAll(async () => {
  const texts = CASES.map((one) => [fileOf(one), textOf(one)]);
  const files = { ...Object.fromEntries(texts), "composers/web/_helpers.ts": HELPERS };
  found = await explainTexts(await readShop(), files);
}, 60_000);

function expectFindings(one: FindingCase): void {
  const explanation = found.get(fileOf(one));
  if (explanation === undefined) throw new Error("it is not explained");
  expect(findingLines(explanation)).toEqual(one.expected ?? []);
}

describe("explain finds", () => {
  it.each(MENDABLE)("$name", expectFindings);
});

it("the cases have findings of every kind", () => {
  const kinds = MENDABLE.flatMap(({ expected = [] }) => expected.map((line) => line.split(" ")[0]));
  // Of the shop's documents each says how many items are usual: see format.test.ts.
  expect(FINDING_KINDS.filter((kind) => !kinds.includes(kind))).toEqual(["limit"]);
});

describe("explain finds nothing in", () => {
  it.each([...NEAR_MISSES, ...LOOPING_NEAR_MISSES])("$name", expectFindings);
});
