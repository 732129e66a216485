/** What ends a call from outside: a signal of its own, or the end of its request. */
import type { Abortable } from "../../core/deadline.ts";
import type { UpstreamCall } from "../send.ts";
import { unwatchAbort, watchAbort } from "./watch-abort.ts";

/** What has ended the call already, with its reason; undefined: nothing yet. */
export function endOf({
  signal,
  context: { deadline },
}: UpstreamCall): { readonly reason: unknown } | undefined {
  if (signal?.aborted) return signal;
  return deadline.aborted ? deadline : undefined;
}

/** Calls `member.aborted` once when the call is ended. End it with {@link unwatchCall}. */
export function watchCall({ signal, context }: UpstreamCall, member: Abortable): void {
  if (signal !== undefined) watchAbort(signal, member);
  context.deadline.watch(member);
}

export function unwatchCall({ signal, context }: UpstreamCall, member: Abortable): void {
  if (signal !== undefined) unwatchAbort(signal, member);
  context.deadline.unwatch(member);
}
