/** A comparison in words, for a terminal: what breaks, what is risky, and how much does nothing. */
import { formatTypeFault } from "../../../check/check-types.ts";
import { formatDiagnostic } from "../../../gen/diagnostics.ts";
import type { Paint } from "../../../print/color.ts";
import { countOf } from "../../../print/format-gen.ts";
import { formatConfigProblem } from "../../../print/gateway-errors.ts";
import type { Effect } from "../judge/judge.ts";
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

export function formatDiff(report: DiffReport, paint: Paint): string {
  const { services, skipped } = report;
  const blocks = [
    [
      ...services.map(serviceLine),
      ...skipped.map(({ service, why }) => paint("dim", `${service}: not compared: ${why}`)),
    ],
    ...sectionOf(report, "breaks", paint("red", "breaks"), paint),
    ...refusals(report, paint),
    ...sectionOf(report, "risky", paint("yellow", "risky"), paint),
    report.unfollowed.map(
      ({ route, at, what }) => `${paint("yellow", "not followed")} ${route}: ${at} ${what}`,
    ),
    [endOf(report)],
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

function sectionOf(
  { changes }: DiffReport,
  verdict: "breaks" | "risky",
  heading: string,
  paint: Paint,
): string[][] {
  const mine = changes.filter((change) => change.verdict === verdict);
  return mine.map((change) => changeLines(change, heading, paint));
}

function changeLines(change: DiffChange, heading: string, paint: Paint): string[] {
  const { cure, effects } = change;
  return [
    `${heading} ${changeLine(change)}`,
    ...placesOf(change).map((place) => `    ${paint("dim", place)}`),
    `    ${paint("dim", `of ${operationsLine(change)}`)}`,
    ...effects.flatMap((effect) => effectLines(effect, change, paint)),
    `  cure: ${cure}`,
  ];
}

function effectLines(effect: Effect, change: DiffChange, paint: Paint): string[] {
  // A change that breaks one route may only be a risk to another.
  const mark = effect.verdict === change.verdict ? "" : ` ${paint("yellow", effect.verdict)}`;
  return [
    `  ${paint("bold", routeOf(effect))}${mark}`,
    ...whyLines(effect).map((line) => `    ${line}`),
  ];
}

function refusals({ unexplained, refused, problems }: DiffReport, paint: Paint): string[][] {
  const breaks = paint("red", "breaks");
  return [
    ...unexplained.map((fault) => [`${breaks} ${formatTypeFault(fault)}`]),
    ...refused.map((diagnostic) => [`${breaks} ${formatDiagnostic(diagnostic)}`]),
    ...problems.map((problem) => {
      const [first, cure] = formatConfigProblem(problem);
      return [`${breaks} ${first}`, cure];
    }),
  ];
}

function endOf(report: DiffReport): string {
  const { services, changes, counts, compiled } = report;
  if (services.length === 0) return "the documents are the same";
  if (changes.length === 0) return "the documents differ in words alone: nothing changes";
  const asked = compiled ? "" : "; the compiler was not asked";
  const more =
    counts.unaffected === 0
      ? ""
      : `\n${countOf(counts.unaffected, "change")} no route feels: heddle diff --json lists all of them`;
  return `${summaryLine(report)}${asked}${more}`;
}
