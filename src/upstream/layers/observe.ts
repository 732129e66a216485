/** Layer: tells how every call ended, for logs and metrics. */
import type { Clock } from "../../core/deadline.ts";
import { UpstreamError } from "../../core/errors.ts";
import type { CallOutcome, UpstreamEvents } from "../events.ts";
import {
  type CallNotes,
  type Layer,
  newNotes,
  type UpstreamAnswer,
  type UpstreamCall,
} from "../send.ts";

/** @param report where events go; must not throw. */
export function observe(report: NonNullable<UpstreamEvents["call"]>, clock: Clock): Layer {
  return function observeLayer(next) {
    return function observed(given) {
      const notes: CallNotes = given.notes ?? newNotes();
      const call = given.notes === undefined ? { ...given, notes } : given;
      const startedMs = clock();

      function tell(outcome: CallOutcome, status: number | undefined, error: unknown): void {
        report({
          service: call.service,
          operation: call.operation.name,
          method: call.method,
          status,
          durationMs: clock() - startedMs,
          outcome,
          error,
          context: call.context,
        });
      }

      return next(call).then(
        function answered(answer: UpstreamAnswer) {
          const { source } = notes;
          tell(source === "service" ? "answered" : source, answer.status, undefined);
          return answer;
        },
        function failed(error: unknown) {
          tell(isFailure(error, call) ? "failed" : "aborted", statusOf(error), error);
          throw error;
        },
      );
    };
  };
}

/** What another part of the request passed on by its signal is not this call's failure. */
function isFailure(error: unknown, { context, signal }: UpstreamCall): boolean {
  return !(isReason(error, context.deadline) || isReason(error, signal));
}

type Ended = Pick<AbortSignal, "aborted" | "reason">;

function isReason(error: unknown, ended: Ended | undefined): boolean {
  return ended?.aborted === true && ended.reason === error;
}

function statusOf(error: unknown): number | undefined {
  return error instanceof UpstreamError ? error.details.serviceStatus : undefined;
}
