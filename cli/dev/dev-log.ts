/** The gateway's log for a person who watches: one short line a request, problems with their cause. */
import type { Log } from "../../src/core/context.ts";
import type { Terminal } from "../print/terminal.ts";
import { explainError } from "./explain-error.ts";

export interface DevLog extends Log {
  child(fields: object): DevLog;
}

/** Told in a line (`warn`), and then with its error (`debug`). */
const MASKED = "a failed call was masked";

export interface DevLogOptions {
  readonly terminal: Terminal;
  /** The project's folder, absolute. */
  readonly root: string;
  /** Whole stacks. */
  readonly debug: boolean;
}

/** Requests as `GET /web/orders/1 200 12 ms`; warnings and errors with what is known of them; nothing else. */
export function createDevLog(options: DevLogOptions, common: object = {}): DevLog {
  const { terminal } = options;
  const tell = (level: string, fields: object, message: string): void => {
    const all: Readonly<Record<string, unknown>> = { ...common, ...fields };
    if (message === "request") terminal.say(formatRequest(all, terminal));
    else if (level !== "info") terminal.say(formatEvent(level, all, message, options));
  };
  return {
    debug(fields, message) {
      // The rest of a line that has gone before.
      if (message !== MASKED) return;
      for (const line of explain({ ...common, ...fields }, message, options)) terminal.say(line);
    },
    info(fields, message) {
      tell("info", fields, message);
    },
    warn(fields, message) {
      tell("warn", fields, message);
    },
    error(fields, message) {
      tell("error", fields, message);
    },
    child: (fields) => createDevLog(options, { ...common, ...fields }),
  };
}

function formatRequest(
  { method, path, status, durationMs, degraded, gone }: Readonly<Record<string, unknown>>,
  { paint }: Terminal,
): string {
  const code = Number(status);
  const color = code >= 500 ? "red" : code >= 400 ? "yellow" : "green";
  const notes = [
    ...(gone === true ? ["the client left"] : []),
    ...(degraded === undefined ? [] : [`${degraded} degraded`]),
  ];
  const tail = notes.length === 0 ? "" : paint("yellow", ` (${notes.join(", ")})`);
  return `${method} ${path} ${paint(color, String(code))} ${paint("dim", `${Math.round(Number(durationMs))} ms`)}${tail}`;
}

function formatEvent(
  level: string,
  fields: Readonly<Record<string, unknown>>,
  message: string,
  options: DevLogOptions,
): string {
  const { paint } = options.terminal;
  const { err: _err, error: _error, id: _id, ...rest } = fields;
  const facts = Object.entries(rest)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(
      ([key, value]) =>
        `${key}=${typeof value === "object" ? JSON.stringify(value) : String(value)}`,
    );
  const line = [paint(level === "error" ? "red" : "yellow", level), message, ...facts].join(" ");
  return [line, ...explain(fields, message, options)].join("\n");
}

function explain(
  { err, error, code }: Readonly<Record<string, unknown>>,
  message: string,
  { root, debug }: DevLogOptions,
): readonly string[] {
  const cause = err ?? error;
  const expected = isExpected(code) || isExpected(codeOf(cause));
  return cause instanceof Error ? explainError(cause, { message, expected, root, debug }) : [];
}

function isExpected(code: unknown): boolean {
  return code !== undefined && code !== "internal";
}

/** The code of one of the gateway's own errors; others have codes as well. Known by name: a project brings its own copy. */
function codeOf(error: unknown): unknown {
  const isOurs = error instanceof Error && /^(?:Gateway|Upstream)Error$/.test(error.name);
  return isOurs ? (error as { readonly code?: unknown }).code : undefined;
}
