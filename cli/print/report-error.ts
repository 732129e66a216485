/** The one place where anything that was thrown becomes words, an envelope and an exit code. */
import { CommandError, EXIT } from "../command-error.ts";
import { fromGatewayError } from "./gateway-errors.ts";
import { suggest } from "./suggest.ts";
import type { Terminal } from "./terminal.ts";

/** What `--json` prints for every failure. */
export interface ErrorEnvelope {
  readonly ok: false;
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly cure: string;
    readonly place?: string;
  };
}

/** Names that exist, for "did you mean". */
export interface KnownNames {
  readonly commands: readonly string[];
  /** Long flags of the command that was asked for, without dashes. */
  readonly flags: readonly string[];
}

/** oclif's errors by their class name -> our code. Its parser has no other handle. */
const USAGE_CODES = {
  NonExistentFlagsError: "unknown-flag",
  RequiredArgsError: "missing-argument",
  UnexpectedArgsError: "unexpected-argument",
  FlagInvalidOptionError: "invalid-argument",
  ArgInvalidOptionError: "invalid-argument",
  FailedFlagValidationError: "invalid-argument",
  ViolatedFlagConstraintError: "invalid-argument",
} as const;

const USAGE_CURE = "see the command's --help for what it takes";

/** Turns whatever was thrown into a {@link CommandError}. */
export function toCommandError(error: unknown, known: KnownNames): CommandError {
  if (error instanceof CommandError) return error;
  if (!(error instanceof Error)) return unexpected(error);
  const expected = fromGatewayError(error);
  if (expected !== undefined) return expected;
  const kind = error.constructor.name;
  const usage = Object.hasOwn(USAGE_CODES, kind)
    ? USAGE_CODES[kind as keyof typeof USAGE_CODES]
    : undefined;
  const text = error.message
    .replace(/\nSee more help with --help$/, "")
    .replace(/^The following errors? occurred:\s+/, "")
    // Its advice on flags that take several values at once, which ours do not.
    .replace(/\n+Note: --[\s\S]*$/, "")
    .replace(/^Parsing (--\S+)\s+/, "$1: ");
  const message = lowerFirst(text.trim());
  if (usage === "unknown-flag") return unknownFlag(error, known, message);
  if (usage !== undefined) {
    return new CommandError(usage, message, { cure: USAGE_CURE });
  }
  const missing = /^command (.+) not found\.?$/i.exec(error.message);
  if (missing?.[1] !== undefined) return unknownCommand(missing[1], known);
  if (isCliParseError(error)) {
    return new CommandError("invalid-argument", message, { cure: USAGE_CURE });
  }
  return unexpected(error);
}

/** Prints a failure for people, or as the envelope. */
export function reportError(
  error: CommandError,
  { terminal, json, debug }: { terminal: Terminal; json: boolean; debug: boolean },
): void {
  const { cure, place, report, lines = [], told = false } = error.details;
  if (json) {
    const envelope: ErrorEnvelope = {
      ok: false,
      error: {
        code: error.code,
        message: error.message,
        cure,
        ...(place === undefined ? {} : { place }),
      },
    };
    process.stdout.write(`${JSON.stringify({ ...envelope, ...report }, null, 2)}\n`);
  } else if (!told) {
    for (const line of lines) terminal.note(line);
    // Lines have places of their own.
    const where = place === undefined || lines.length > 0 ? "" : `${place}: `;
    terminal.note(`${terminal.paint("red", "error")} ${where}${error.message}`);
    if (!lines.some((line) => line.includes(cure))) terminal.note(`  ${cure}`);
  }
  if (debug) terminal.note(stackOf(error));
}

function stackOf(error: CommandError): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${error.cause.stack}` : "";
  return `${error.stack}${cause}`;
}

function unknownCommand(id: string, known: KnownNames): CommandError {
  // oclif joins what follows with colons: "gne:foo" for `heddle gne foo`.
  const [name = id, ...rest] = id.split(":");
  if (known.commands.includes(name) && rest.length > 0) {
    return new CommandError("unexpected-argument", `unexpected argument: ${rest.join(" ")}`, {
      cure: USAGE_CURE,
    });
  }
  const near = suggest(name, known.commands);
  return new CommandError("unknown-command", `there is no command "${name}"`, {
    cure:
      near === undefined ? "heddle --help lists the commands" : `did you mean "heddle ${near}"?`,
  });
}

function unknownFlag(error: Error, known: KnownNames, message: string): CommandError {
  const { flags } = error as Error & { flags?: readonly string[] };
  const [flag] = flags ?? [];
  if (flag === undefined)
    return new CommandError("unknown-flag", message, { cure: "see the command's --help" });
  const near = suggest(flag.replace(/^-+/, "").split("=")[0] ?? "", known.flags);
  return new CommandError("unknown-flag", `there is no flag ${flag}`, {
    cure:
      near === undefined ? "see the command's --help for its flags" : `did you mean "--${near}"?`,
  });
}

function unexpected(error: unknown): CommandError {
  const message = error instanceof Error ? error.message : String(error);
  return new CommandError(
    "internal",
    message,
    { cure: "run it again with --debug for the stack trace; this may be a mistake in Heddle" },
    error,
  );
}

function isCliParseError(error: Error): boolean {
  const { oclif } = error as Error & { oclif?: { exit?: number } };
  return oclif?.exit === EXIT.usage;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
