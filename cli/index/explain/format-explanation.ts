/** A route as text: its waterfall, what was measured, what could be better. Never wider than 100 columns. */
import type { Terminal } from "../../print/terminal.ts";
import type { ExplainReport } from "./explain-project.ts";
import type { Finding } from "./finding.ts";
import { countOf, type Panel, panelsOf, type Row } from "./panels.ts";

const WIDTH = 100;
/** A bar is as wide as there is room, within these. */
const BAR = { least: 24, most: 48 } as const;
/** What a note has at least, before the names get more. */
const NOTE = 20;

interface Columns {
  readonly label: number;
  readonly note: number;
  readonly time: number;
  readonly bar: number;
}

export function formatExplanation(report: ExplainReport, terminal: Terminal): string {
  const { paint } = terminal;
  const { route, composer = "relayed", findings, plan, mendedMs, unfollowed, svg } = report;
  const panels = panelsOf(report);
  const columns = columnsOf(panels.flatMap(({ rows }) => rows));
  const blocks = [
    `${paint("bold", route)}  ${paint("dim", composer)}`,
    ...panels.map((panel) => formatPanel(panel, columns, terminal)),
    paint("dim", "█ decides when the answer is there, ░ has time to spare"),
    ...(findings.length === 0
      ? [paint("green", `nothing to mend${unfollowed.length === 0 ? "" : " in what is followed"}`)]
      : [
          `${countOf(findings.length, "finding")}${savingOf(plan.totalMs, mendedMs)}`,
          ...findings.map((finding) => formatFinding(finding, terminal)),
        ]),
    ...(unfollowed.length === 0
      ? []
      : [
          ["not followed:", ...unfollowed.map(({ at, what }) => wrap(`${at} ${what}`, "  "))].join(
            "\n",
          ),
        ]),
    ...(svg === undefined ? [] : [`the picture is in ${svg}`]),
  ];
  return blocks.join("\n\n");
}

function savingOf(totalMs: number, mendedMs: number): string {
  return totalMs > mendedMs ? `; all mended: ${mendedMs} ms instead of ${totalMs} ms` : "";
}

/** The same for all panels, so that they can be held against each other. */
function columnsOf(rows: readonly Row[]): Columns {
  const widest = (texts: readonly string[]): number =>
    Math.max(0, ...texts.map(({ length }) => length));
  const time = widest(rows.map(timesOf));
  const noteWish = widest(rows.map((row) => row.note));
  const room = WIDTH - time - 3 - BAR.least;
  const label = Math.min(room - Math.min(NOTE, noteWish), widest(rows.map((row) => row.label)));
  const note = Math.min(room - label, noteWish);
  return { label, note, time, bar: Math.min(BAR.most, BAR.least + room - label - note) };
}

function formatPanel(
  { title, totalMs, rows, remarks }: Panel,
  columns: Columns,
  { paint }: Terminal,
): string {
  return [
    title,
    ...rows.map((row) => {
      const bar = barOf(row, totalMs, columns.bar);
      return [
        fitted(row.label, columns.label),
        paint("dim", fitted(row.note, columns.note)),
        paint("dim", timesOf(row).padStart(columns.time)),
        row.isCritical ? paint("cyan", bar) : bar,
      ]
        .join(" ")
        .trimEnd();
    }),
    ...remarks.map((remark) => paint("dim", wrap(remark, "  "))),
  ].join("\n");
}

function timesOf({ startMs, endMs }: Row): string {
  return `${startMs}-${endMs} ms`;
}

/** `█` on the critical path, `░` beside it. */
function barOf({ startMs, endMs, isCritical }: Row, totalMs: number, width: number): string {
  const scale = (ms: number): number => Math.round((ms / Math.max(1, totalMs)) * width);
  const from = Math.min(scale(startMs), width - 1);
  const to = Math.min(width, Math.max(from + 1, scale(endMs)));
  return " ".repeat(from) + (isCritical ? "█" : "░").repeat(to - from);
}

function fitted(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);
}

function formatFinding({ kind, at, message, cure, savesMs }: Finding, { paint }: Terminal): string {
  const saves = savesMs > 0 ? `, saves ${savesMs} ms` : "";
  return [
    `${paint("yellow", kind)} ${at}${paint("green", saves)}`,
    wrap(message, "  "),
    wrap(cure, "  -> "),
  ].join("\n");
}

/** Breaks between words; later lines are indented as the first. */
function wrap(text: string, indent: string): string {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(" ")) {
    const isFirst = line.trim() === "" || line === indent;
    if (!isFirst && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = " ".repeat(indent.length) + word;
    } else line += isFirst ? word : ` ${word}`;
  }
  return [...lines, line].join("\n");
}
