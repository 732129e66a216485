/** An error in a line of the log: what it is, without where it was thrown. */

export interface BriefError {
  /** Its code, where it has one: `service-unreachable`. */
  readonly code: string | undefined;
  /** Its message, and those of its causes: `A service could not be reached: connect ECONNREFUSED`. */
  readonly error: string;
}

/** Causes may be circular. */
const MAX_CAUSES = 5;

/** Code and message of whatever was thrown. */
export function briefError(thrown: unknown): BriefError {
  if (!(thrown instanceof Error)) return { code: undefined, error: String(thrown) };
  const messages: string[] = [];
  let next: unknown = thrown;
  while (next instanceof Error && messages.length <= MAX_CAUSES) {
    messages.push(next.message || codeOf(next) || next.name);
    next = next.cause;
  }
  return { code: codeOf(thrown), error: messages.join(": ") };
}

function codeOf(error: Error): string | undefined {
  const { code } = error as { readonly code?: unknown };
  return typeof code === "string" ? code : undefined;
}
