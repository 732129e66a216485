/** The closed table of what a command can fail with, its exit code, and the one error class that carries it. */

/** What the process ends with. `breaking` is for changes of documents that break a consumer. */
export const EXIT = {
  ok: 0,
  failure: 1,
  usage: 2,
  drift: 3,
  invalid: 4,
  breaking: 5,
  interrupted: 130,
} as const;

/** Every failure of a command -> the process's exit code. The key is the `code` of the `--json` envelope. */
export const COMMAND_ERRORS = {
  "unknown-command": EXIT.usage,
  "unknown-flag": EXIT.usage,
  "missing-argument": EXIT.usage,
  "unexpected-argument": EXIT.usage,
  "invalid-argument": EXIT.usage,
  "unknown-service": EXIT.usage,
  "unknown-operation": EXIT.usage,
  "unknown-frontend": EXIT.usage,
  "service-exists": EXIT.usage,
  "generated-stale": EXIT.drift,
  "configuration-missing": EXIT.invalid,
  "configuration-invalid": EXIT.invalid,
  "document-invalid": EXIT.invalid,
  "document-breaking": EXIT.breaking,
  "file-exists": EXIT.failure,
  "not-writable": EXIT.failure,
  "types-invalid": EXIT.failure,
  "composer-invalid": EXIT.failure,
  "budget-exceeded": EXIT.failure,
  "build-failed": EXIT.failure,
  "not-built": EXIT.failure,
  "start-failed": EXIT.failure,
  "address-in-use": EXIT.failure,
  "doctor-failed": EXIT.failure,
  "fetch-failed": EXIT.failure,
  internal: EXIT.failure,
} as const satisfies Record<string, number>;

export type CommandErrorCode = keyof typeof COMMAND_ERRORS;

/** What is known of a failure beside its code and message. */
export interface CommandErrorDetails {
  /** What to do about it: one sentence, imperative. */
  readonly cure: string;
  /** `file:line:column`, relative to the project. */
  readonly place?: string;
  /** What the command found before it failed; stands beside `error` in the `--json` envelope. */
  readonly report?: object;
  /** Lines that explain the failure, printed above it for people. */
  readonly lines?: readonly string[];
  /** Overrides the table, for a child process whose exit code is passed on. */
  readonly exitCode?: number;
  /** A child process has told people already what is the matter: only programs (`--json`) are told here. */
  readonly told?: boolean;
}

/** An expected failure: printed without a stack trace. Everything else that is thrown becomes `internal`. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly code: CommandErrorCode;
  readonly exitCode: number;
  readonly details: CommandErrorDetails;

  constructor(
    code: CommandErrorCode,
    message: string,
    details: CommandErrorDetails,
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.exitCode = details.exitCode ?? COMMAND_ERRORS[code];
    this.details = details;
  }
}
