/** Holds the page about explained routes: its texts and its picture are made again. */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { drawExplanation } from "../../cli/index/explain/draw-explanation.ts";
import type { Explanation } from "../../cli/index/explain/explain-route.ts";
import { FINDING_KINDS } from "../../cli/index/explain/finding.ts";
import { formatExplanation } from "../../cli/index/explain/format-explanation.ts";
import { createTerminal } from "../../cli/print/terminal.ts";
import { explainTexts, readShop } from "../cli/index/explain/support.ts";
import { plain, sourceText, tableUnder } from "./markdown.ts";

const PAGE = "docs/explain.md";
const page = readFileSync(PAGE, "utf8");
const texts = [...page.matchAll(/```text\n([\s\S]*?)```/g)].map(([, text = ""]) => text);

const FILE = "composers/web/overview.ts";

async function explain(source: string): Promise<Explanation> {
  const explained = await explainTexts(await readShop(), { [FILE]: sourceText(source) });
  const explanation = explained.get(FILE);
  if (explanation === undefined) throw new Error(`${source} is not explained`);
  return explanation;
}

describe("the page about explained routes", () => {
  let [slow, mended]: (Explanation | undefined)[] = [];

  beforeAll(async () => {
    slow = await explain("test/examples/explain.ts#slow");
    mended = await explain("test/examples/explain-mended.ts#mended");
  });

  const textOf = (one: Explanation | undefined): string =>
    one === undefined ? "" : `${formatExplanation(one, createTerminal(true))}\n`;

  it("shows what the command says of its two composers", () => {
    expect(texts).toEqual([textOf(slow), textOf(mended)]);
  });

  it("shows the picture of the first", async () => {
    if (slow === undefined) throw new Error("it is not explained");
    await expect(drawExplanation(slow)).toMatchFileSnapshot("../../docs/explain.svg");
  });

  it("tells of every kind of finding", () => {
    const kinds = tableUnder(PAGE, "What it finds").map(([kind = ""]) => plain(kind));
    expect(kinds).toEqual(FINDING_KINDS);
  });
});
