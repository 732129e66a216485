/** `heddle gen --watch`: generates again whenever something that counts has changed. */
import { resolve } from "node:path";
import type { GenReport } from "../gen/run.ts";
import { type Generated, type GenerateOptions, generate } from "../generate.ts";
import {
  changeLines,
  diagnosticLines,
  formatGen,
  freshDiagnostics,
  genFailure,
  summaryOf,
} from "../print/format-gen.ts";
import { reportError, toCommandError } from "../print/report-error.ts";
import type { Terminal } from "../print/terminal.ts";
import { createWatcher } from "./watch.ts";

/** Generates once, then watches until the process ends. Failures are told and waited out. */
export async function watchGen(options: GenerateOptions, terminal: Terminal): Promise<GenReport> {
  const { root } = options;
  const tell = (error: unknown): void => {
    const failure = toCommandError(error, { commands: [], flags: [] });
    reportError(failure, { terminal, json: false, debug: false });
  };
  const first = await generate(options, terminal);
  const failure = genFailure(first.report, terminal);
  for (const line of diagnosticLines(
    failure === undefined ? first.report.diagnostics : [],
    terminal,
  ))
    terminal.note(line);
  if (failure === undefined) terminal.say(formatGen(first.report, terminal));
  else tell(failure);
  const watcher = createWatcher(root, watchedPaths(root, first), async () => {
    try {
      const next = await generate(options, terminal);
      watcher.set(watchedPaths(root, next));
      const wrong = genFailure(next.report, terminal);
      if (wrong !== undefined) throw wrong;
      for (const line of diagnosticLines(freshDiagnostics(next.report), terminal))
        terminal.note(line);
      for (const line of changeLines(next.report.changes, terminal.paint)) terminal.say(line);
      terminal.say(summaryOf(next.report));
    } catch (error) {
      tell(error);
    }
  });
  await watcher.ready;
  terminal.note(`watching ${first.report.watch.length} files and folders`);
  return first.report;
}

/** What a run depends on, absolute. */
export function watchedPaths(root: string, { report, configuration }: Generated): string[] {
  const paths = [...report.watch, ...(configuration?.watch ?? [])];
  return [...new Set(paths)].map((path) => resolve(root, path));
}
