import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ANSWERS, REQUESTS, tablesOfBoundary } from "./page.ts";

const requests = Object.values(REQUESTS).flat();
const answers = Object.values(ANSWERS).flat();
const PAGE = new URL("../../docs/boundary.md", import.meta.url);
/** Behind it the page is written by `npx vitest run test/boundary/table.test.ts -u`. */
const MARK = "<!-- the tables are made from test/boundary; do not edit -->\n";

describe("the table of the boundary", () => {
  it("has at least 280 requests and 140 answers", () => {
    expect(requests.length).toBeGreaterThanOrEqual(280);
    expect(answers.length).toBeGreaterThanOrEqual(140);
  });

  it.each([
    ["request", requests],
    ["answer", answers],
  ])("has a name of its own and a clause for every %s", (_, cases) => {
    const names = cases.map(({ name }) => name);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
    const vague = cases.filter(({ clause }) => !/(?:§|CWE-|OWASP|CVE-)/.test(clause));
    expect(vague.map(({ name }) => name)).toEqual([]);
  });

  it("has a verdict for every row", () => {
    const open = [...requests, ...answers].filter(({ verdicts }) => verdicts.length === 0);
    expect(open.map(({ name }) => name)).toEqual([]);
  });

  it("is what docs/boundary.md tells", async () => {
    const [told = ""] = readFileSync(PAGE, "utf8").split(MARK);
    await expect(`${told}${MARK}\n${tablesOfBoundary()}`).toMatchFileSnapshot(PAGE.pathname);
  });
});
