/** Reads the project's Markdown for the tests that hold it against the code. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The pages that a reader is shown: the README and everything in docs/. */
export const pages: readonly string[] = [
  "README.md",
  "CHANGELOG.md",
  ...readdirSync("docs", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name).replaceAll("\\", "/"))
    .sort(),
];

/** The cells of every row below the heading, as they are written; header and rule lines are left out. */
export function tableUnder(page: string, heading: string): string[][] {
  const lines = readFileSync(page, "utf8").split("\n");
  const start = lines.findIndex(
    (line) => /^#+ /.test(line) && line.replace(/^#+ /, "") === heading,
  );
  if (start < 0) throw new Error(`${page} has no heading "${heading}"`);
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => /^#+ /.test(line));
  const section = end < 0 ? rest : rest.slice(0, end);
  return section
    .filter((line) => line.startsWith("|"))
    .slice(2)
    .map((line) =>
      line
        .slice(1, line.lastIndexOf("|"))
        .split("|")
        .map((cell) => cell.trim()),
    );
}

/** A cell without the backticks around it. */
export const plain = (cell: string | undefined): string => (cell ?? "").replace(/^`(.*)`$/, "$1");

export interface Snippet {
  readonly page: string;
  readonly line: number;
  /** A file, or `file#region`. */
  readonly source: string;
  readonly text: string;
}

/** The code of a page that is taken from a file: a fence after `<!-- snippet: file#region -->`. */
export function snippetsOf(page: string): Snippet[] {
  const text = readFileSync(page, "utf8");
  return [...text.matchAll(/<!-- snippet: (\S+) -->\n```\w+\n([\s\S]*?)```\n/g)].map((match) => ({
    page,
    line: text.slice(0, match.index).split("\n").length,
    source: match[1] ?? "",
    text: match[2] ?? "",
  }));
}

/** The files that a page tells its reader to paste: a fence after `<!-- paste: file -->`. */
export function pastesOf(page: string): Record<string, string> {
  const text = readFileSync(page, "utf8");
  const fences = text.matchAll(/<!-- paste: (\S+) -->\n```\w+\n([\s\S]*?)```\n/g);
  return Object.fromEntries([...fences].map(([, file = "", code = ""]) => [file, code]));
}

/** The text of a file, or of one `// #region` of it. */
export function sourceText(source: string): string {
  const [file = "", region] = source.split("#");
  const text = readFileSync(file, "utf8");
  if (region === undefined) return text;
  const start = text.indexOf(`// #region ${region}\n`);
  if (start < 0) throw new Error(`${file} has no region "${region}"`);
  const begin = text.indexOf("\n", start) + 1;
  return text.slice(begin, text.indexOf("// #endregion", begin));
}

/** Where a heading can be linked to, as GitHub makes it. */
export function anchorsOf(page: string): string[] {
  const text = readFileSync(page, "utf8").replace(/```[\s\S]*?```/g, "");
  return [...text.matchAll(/^#+ (.+)$/gm)].map((match) =>
    (match[1] ?? "")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
