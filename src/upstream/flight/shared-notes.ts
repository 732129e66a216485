/** What the callers of a shared call are told about its way. */
import type { Degradation } from "../../core/context.ts";
import type { CallNotes, UpstreamCall } from "../send.ts";

/** The caller on whose behalf the call was sent is told everything. */
export function tellFirst({ notes }: UpstreamCall, flown: CallNotes): void {
  if (notes === undefined) return;
  notes.source = flown.source;
  notes.attempts = flown.attempts;
  notes.cacheStatus = flown.cacheStatus;
}

/** The others made no attempt. An answer that was kept is no less so for being given to several. */
export function tellOther({ notes }: UpstreamCall, flown: CallNotes): void {
  if (notes === undefined) return;
  notes.source = flown.source === "service" ? "shared" : flown.source;
  notes.cacheStatus = collapsedStatus(flown.cacheStatus);
}

/** RFC 9211 §2.6: `collapsed` is said of requests that would have gone on to the service. */
export function collapsedStatus(status: string | undefined): string | undefined {
  return status?.startsWith("fwd=") ? `${status}; collapsed` : status;
}

/** An answer that is not the fresh one is so for every caller, and for the part that each called it for. */
export function degradeAll(
  degradations: readonly Degradation[],
  { context, part }: UpstreamCall,
): void {
  for (const degradation of degradations) {
    context.degradations.push({ ...degradation, part: part ?? context.part });
  }
}
