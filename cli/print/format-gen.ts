/** A gen run in words: one line a service, what is wrong with the documents, one line at the end. */
import { CommandError, EXIT } from "../command-error.ts";
import { type Diagnostic, formatDiagnostic } from "../gen/diagnostics.ts";
import type { GenReport, GenServiceReport, OperationChanges } from "../gen/run.ts";
import { formatTable } from "./table.ts";
import type { Terminal } from "./terminal.ts";

/** A document may have hundreds of faults: the first ones tell what is the matter. */
const SHOWN_DIAGNOSTICS = 10;
/** Of operations that nobody calls, and of places that call one. */
const SHOWN_CHANGES = 10;
const SHOWN_MENTIONS = 5;

/** What was done, for stdout. With `check` nothing was, and everything is as it should be. */
export function formatGen(report: GenReport, { paint }: Terminal, check = false): string {
  if (check)
    return `${report.out}/ is current: ${countOf(report.services.length, "service")}, ${countOf(report.routes.length, "route")}`;
  const rows = report.services.map(({ name, document, status, operations, warnings }) => [
    name,
    document,
    String(operations),
    warnings === 0 ? "" : paint("yellow", `${warnings} left out or degraded`),
    status === "unchanged" ? paint("dim", status) : status,
  ]);
  const table =
    rows.length === 0
      ? ""
      : `${formatTable(["SERVICE", "DOCUMENT", "OPERATIONS", "WARNINGS", "STATUS"], rows)}\n\n`;
  const changes = changeLines(report.changes, paint).map((line) => `${line}\n`);
  return `${table}${changes.join("")}${changes.length === 0 ? "" : "\n"}${summaryOf(report)}`;
}

/** `orders: removed getInvoice (GET /invoices/{id}), mentioned in composers/web/page.ts:12`. What breaks a composer comes first. */
export function changeLines(
  changes: readonly OperationChanges[],
  paint: Terminal["paint"],
): string[] {
  return changes.flatMap(({ service, added, removed, renamed }) => {
    const lines = [
      ...removed.map(({ name, operation, mentions }) => {
        return { mentions, text: `${paint("yellow", "removed")} ${name} (${operation})` };
      }),
      ...renamed.map(({ from, name, operation, mentions }) => {
        return {
          mentions,
          text: `${paint("yellow", "renamed")} ${from} to ${name} (${operation})`,
        };
      }),
      ...added.map(({ name, operation }) => ({
        mentions: [],
        text: `added ${name} (${operation})`,
      })),
    ];
    const mentioned = lines.filter(({ mentions }) => mentions.length > 0);
    const others = lines.filter(({ mentions }) => mentions.length === 0);
    const shown = [...mentioned, ...others.slice(0, SHOWN_CHANGES)];
    const rest = others.length - SHOWN_CHANGES;
    return [
      ...shown.map(({ text, mentions }) => `${service}: ${text}${mentionsText(mentions)}`),
      ...(rest > 0 ? [`${service}: ... and ${rest} more, which no composer mentions`] : []),
    ];
  });
}

function mentionsText(mentions: readonly string[]): string {
  if (mentions.length === 0) return "";
  const rest = mentions.length - SHOWN_MENTIONS;
  const more = rest > 0 ? ` and ${countOf(rest, "other place")}` : "";
  return `, mentioned in ${mentions.slice(0, SHOWN_MENTIONS).join(", ")}${more}`;
}

/** `generated/: 3 files written, 1 removed; 14 routes`. */
export function summaryOf({ out, written, removed, routes }: GenReport): string {
  const changes = [
    ...(written.length === 0 ? [] : [`${countOf(written.length, "file")} written`]),
    ...(removed.length === 0 ? [] : [`${removed.length} removed`]),
  ];
  return `${out}/: ${changes.length === 0 ? "nothing to do" : changes.join(", ")}; ${countOf(routes.length, "route")}`;
}

/** The diagnostics that a run has not just remembered: of documents that were read, of composers and of the configuration. */
export function freshDiagnostics({ services, diagnostics }: GenReport): Diagnostic[] {
  const unchanged = services.filter(({ status }) => status === "unchanged");
  const names = new Set(unchanged.map(({ name }) => name));
  return diagnostics.filter(({ service }) => !names.has(service));
}

/** The diagnostics worth reading, errors first, for stderr. Infos are left to `--json`. */
export function diagnosticLines(diagnostics: readonly Diagnostic[], terminal: Terminal): string[] {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const warnings = diagnostics.filter(({ severity }) => severity === "warning");
  const all = [...errors, ...warnings];
  const rest = all.length - SHOWN_DIAGNOSTICS;
  return [
    ...all
      .slice(0, SHOWN_DIAGNOSTICS)
      .map((diagnostic) => paintSeverity(formatDiagnostic(diagnostic), terminal)),
    ...(rest > 0 ? [`... and ${rest} more: heddle gen --json lists all of them`] : []),
  ];
}

function paintSeverity(text: string, { paint }: Terminal): string {
  return text.replace(
    / (error|warning) /,
    (_, severity: string) => ` ${paint(severity === "error" ? "red" : "yellow", severity)} `,
  );
}

/**
 * The error for a run that could not be done, or that found drift; undefined where all is well.
 * @param check whether nothing would have been written in any case
 */
export function genFailure(
  report: GenReport,
  terminal: Terminal,
  check = false,
): CommandError | undefined {
  if (report.outcome === "invalid") return invalid(report, terminal, check);
  if (report.outcome === "drift") return stale(report, terminal);
  return undefined;
}

function invalid(report: GenReport, terminal: Terminal, check: boolean): CommandError {
  const errors = report.diagnostics.filter(({ severity }) => severity === "error");
  const warnings = report.diagnostics.filter(({ severity }) => severity === "warning");
  // With --strict a warning is enough.
  const [first] = errors.length > 0 ? errors : warnings;
  const count =
    errors.length > 0 || warnings.length === 0
      ? countOf(Math.max(errors.length, 1), "error")
      : `${countOf(warnings.length, "warning")}, and --strict allows none`;
  const isComposer = first?.code === "composer-invalid" || first?.code === "route-conflict";
  return new CommandError(
    isComposer ? "composer-invalid" : "document-invalid",
    `${check ? "the check has found" : "nothing was generated:"} ${count}`,
    {
      cure: first?.cure ?? "mend the documents",
      ...(first === undefined
        ? {}
        : { place: `${first.at.file}:${first.at.line}:${first.at.column}` }),
      lines: diagnosticLines(report.diagnostics, terminal),
      report,
      exitCode: EXIT.invalid,
    },
  );
}

function stale(report: GenReport, terminal: Terminal): CommandError {
  return new CommandError("generated-stale", `${report.out}/ is not what would be generated`, {
    cure: "run heddle gen and commit what it changes",
    lines: [
      ...diagnosticLines(report.diagnostics, terminal),
      ...report.drift.map(({ path, reason }) => `${path} ${reason}`),
      ...changeLines(report.changes, terminal.paint),
    ],
    report,
  });
}

/** `1 file`, `2 files`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** What a service's line says in one word, for `dev`. */
export function changedServices(services: readonly GenServiceReport[]): string[] {
  return services.filter(({ status }) => status === "generated").map(({ name }) => name);
}
