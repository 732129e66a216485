/** Whose failure an error is. */
import type { UpstreamCall } from "../send.ts";

/**
 * The call was ended for a reason that is none of its own: the client left, another part of the request failed, an
 * attempt beside it was faster. Such reasons are passed on untouched.
 */
export function isGivenUp(error: unknown, { context, signal }: UpstreamCall): boolean {
  const { deadline } = context;
  return (
    (deadline.aborted && error === deadline.reason) ||
    (signal?.aborted === true && error === signal.reason)
  );
}

/** Whether the call has ended, whatever the reason. */
export function isOver({ context, signal }: UpstreamCall): boolean {
  return context.deadline.aborted || signal?.aborted === true;
}
