/** A route as text: its waterfall, what was measured, what could be better. Never wider than 100 columns. */
import type { Terminal } from "../../print/terminal.ts";
import type { ExplainReport } from "./explain-project.ts";
import type { Finding } from "./finding.ts";
import { countOf, type Panel, panelsOf, type Row } from "./panels.ts";

const WIDTH = 100;
const LABEL = 28;
const NOTE = 28;
const BAR = WIDTH - LABEL - NOTE - 2;

export function formatExplanation(report: ExplainReport, terminal: Terminal): string {
  const { paint } = terminal;
  const { route, composer = "relayed", findings, plan, mendedMs, unfollowed, svg } = report;
  const blocks = [
    `${paint("bold", route)}  ${paint("dim", composer)}`,
    ...panelsOf(report).map((panel) => formatPanel(panel, terminal)),
    ...(findings.length === 0
      ? [paint("green", "nothing to mend")]
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

function formatPanel({ title, totalMs, rows }: Panel, { paint }: Terminal): string {
  return [
    title,
    ...rows.map((row) => {
      const { label, note, isCritical } = row;
      const bar = barOf(row, totalMs);
      const shown = isCritical ? paint("cyan", bar) : bar;
      return `${fitted(label, LABEL)} ${paint("dim", fitted(note, NOTE))} ${shown}`.trimEnd();
    }),
  ].join("\n");
}

/** `█` on the critical path, `░` beside it. */
function barOf({ startMs, endMs, isCritical }: Row, totalMs: number): string {
  const scale = (ms: number): number => Math.round((ms / Math.max(1, totalMs)) * BAR);
  const from = Math.min(scale(startMs), BAR - 1);
  const to = Math.min(BAR, Math.max(from + 1, scale(endMs)));
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
