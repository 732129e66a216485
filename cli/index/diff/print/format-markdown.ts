/** A comparison as Markdown, for a comment on a pull request. */
import { formatTypeFault } from "../../../check/check-types.ts";
import type { DiffChange, DiffReport } from "../report.ts";
import {
  changeLine,
  operationsLine,
  placesOf,
  routeOf,
  serviceLine,
  summaryLine,
  whyLines,
} from "./lines.ts";

/** Comments have an end: the first ones tell what is the matter. */
const SHOWN = 50;

const TITLES = {
  breaks: "What breaks",
  risky: "What is risky",
  unaffected: "What no route feels",
} as const;

export function formatDiffMarkdown(report: DiffReport): string {
  const { services, skipped, changes, unexplained, refused, problems, unfollowed } = report;
  const others = [
    ...unexplained.map(formatTypeFault),
    ...refused.map(({ at, message }) => `${at.file}:${at.line}: ${message}`),
    ...problems.map(({ place = "", path, message }) => `${place} ${path} ${message}`.trim()),
  ];
  return [
    "## What the documents do to this gateway",
    ...services.map((service) => `- ${code(serviceLine(service))}`),
    ...skipped.map(({ service, why }) => `- ${code(service)} was not compared: ${text(why)}`),
    "",
    services.length === 0 ? "The documents are the same." : `**${summaryLine(report)}**`,
    ...sectionOf(changes, "breaks"),
    ...(others.length === 0 ? [] : ["", "### What keeps it from being generated", ""]),
    ...others.map((line) => `- ${code(line)}`),
    ...sectionOf(changes, "risky"),
    ...(unfollowed.length === 0 ? [] : ["", "### What could not be followed", ""]),
    ...unfollowed.map(({ route, at, what }) => `- ${code(route)}: ${code(at)} ${text(what)}`),
    ...folded(changes.filter(({ verdict }) => verdict === "unaffected")),
  ].join("\n");
}

function sectionOf(changes: readonly DiffChange[], verdict: "breaks" | "risky"): string[] {
  const mine = changes.filter((change) => change.verdict === verdict);
  if (mine.length === 0) return [];
  return ["", `### ${TITLES[verdict]}`, "", ...bulleted(mine, itemLines)];
}

function itemLines(change: DiffChange): string[] {
  return [
    `- **${text(changeLine(change))}** (${operationsLine(change)}): ${text(change.cure)}`,
    ...placesOf(change).map((place) => `  - ${code(place)}`),
    ...change.effects.flatMap((effect) => [
      `  - ${code(routeOf(effect))}${effect.verdict === change.verdict ? "" : ` (${effect.verdict})`}`,
      ...whyLines(effect).map((line) => `    - ${code(line)}`),
    ]),
  ];
}

function folded(changes: readonly DiffChange[]): string[] {
  if (changes.length === 0) return [];
  const lines = bulleted(changes, (change) => [
    `- ${text(changeLine(change))}: ${code(placesOf(change)[0] ?? "")}`,
  ]);
  const summary = `<summary>${TITLES.unaffected} (${changes.length})</summary>`;
  return ["", "<details>", summary, "", ...lines, "", "</details>"];
}

function bulleted(
  changes: readonly DiffChange[],
  linesOf: (change: DiffChange) => string[],
): string[] {
  const rest = changes.length - SHOWN;
  return [
    ...changes.slice(0, SHOWN).flatMap(linesOf),
    ...(rest > 0 ? [`- ... and ${rest} more: \`heddle diff --json\` lists all of them`] : []),
  ];
}

/** What documents and the compiler say is words, never markup. */
function text(words: string): string {
  return words
    .replaceAll(/[\\`*_[\]<>|~#&@]/g, (mark) =>
      mark === "<" ? "&lt;" : mark === "&" ? "&amp;" : mark === "@" ? "&#64;" : `\\${mark}`,
    )
    .replaceAll(/\s+/g, " ");
}

/** A fence longer than any inside (CommonMark 0.31 §6.1). */
function code(words: string): string {
  const line = words.replaceAll(/\s+/g, " ");
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([fence]) => fence.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `${fence}${line}${fence}` : `${fence} ${line} ${fence}`;
}
