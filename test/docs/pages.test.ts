/** Holds the pages together: links lead somewhere, code is code that compiles, decisions stay short. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { anchorsOf, pages, pastesOf, snippetsOf, sourceText } from "./markdown.ts";

const LINK = /!?\[[^\]]*\]\(([^)\s]+)\)/g;
const snippets = pages.flatMap(snippetsOf);

describe("the pages", () => {
  it("link to files and headings that exist", () => {
    const broken = pages.flatMap((page) => {
      const text = readFileSync(page, "utf8").replace(/```[\s\S]*?```/g, "");
      return [...text.matchAll(LINK)]
        .map((match) => match[1] ?? "")
        .filter((target) => !/^https?:/.test(target))
        .filter((target) => !leadsSomewhere(page, target))
        .map((target) => `${page} -> ${target}`);
    });
    expect(broken).toEqual([]);
  });

  it.each(snippets.map((snippet) => [`${snippet.page}:${snippet.line}`, snippet] as const))(
    "the code at %s is the code of its file",
    (_, { source, text }) => {
      expect(text).toBe(sourceText(source));
    },
  );

  it("show no other TypeScript than code of files that are compiled", () => {
    const counts = pages.map((page) => {
      const fences = readFileSync(page, "utf8").match(/^```(ts|typescript)$/gm) ?? [];
      const pasted = Object.keys(pastesOf(page)).filter((file) => file.endsWith(".ts"));
      return [page, fences.length - snippetsOf(page).length - pasted.length];
    });
    expect(counts.filter(([, others]) => others !== 0)).toEqual([]);
    expect(snippets.length).toBeGreaterThan(10);
  });

  it("name every decision's question, at most 40 lines long", () => {
    const decisions = pages.filter((page) => page.startsWith("docs/decisions/"));
    const long = decisions.filter((page) => {
      const lines = readFileSync(page, "utf8").trimEnd().split("\n");
      return lines.length > 40 || !lines.some((line) => line.startsWith("**Question.**"));
    });
    expect(long).toEqual([]);
    expect(decisions.length).toBeGreaterThanOrEqual(8);
  });
});

function leadsSomewhere(page: string, target: string): boolean {
  const [path = "", anchor] = target.split("#");
  const file = path === "" ? page : join(dirname(page), path);
  if (!existsSync(file)) return false;
  return anchor === undefined || anchorsOf(file).includes(anchor);
}
