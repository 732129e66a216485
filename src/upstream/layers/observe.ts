/** Layer: tells how every call ended, for logs and metrics. */
import type { RequestContext } from "../../core/context.ts";
import type { Clock } from "../../core/deadline.ts";
import { UpstreamError } from "../../core/errors.ts";
import type { CallEvent, CallOutcome, UpstreamEvents } from "../events.ts";
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
      return next(call).then(
        function answered(answer: UpstreamAnswer) {
          const { source } = notes;
          const outcome = source === "service" ? "answered" : source;
          report(new CallEnd(call, outcome, answer.status, clock() - startedMs, undefined));
          return answer;
        },
        function failed(error: unknown) {
          const outcome = isFailure(error, call) ? "failed" : "aborted";
          report(new CallEnd(call, outcome, statusOf(error), clock() - startedMs, error));
          throw error;
        },
      );
    };
  };
}

/** A class for the reason of `OperationCall`. */
class CallEnd implements CallEvent {
  readonly #call: UpstreamCall;
  readonly outcome: CallOutcome;
  readonly status: number | undefined;
  readonly durationMs: number;
  readonly error: unknown;

  constructor(
    call: UpstreamCall,
    outcome: CallOutcome,
    status: number | undefined,
    durationMs: number,
    error: unknown,
  ) {
    this.#call = call;
    this.outcome = outcome;
    this.status = status;
    this.durationMs = durationMs;
    this.error = error;
  }

  get service(): string {
    return this.#call.service;
  }

  get operation(): string {
    return this.#call.operation.name;
  }

  get method(): string {
    return this.#call.method;
  }

  get context(): RequestContext {
    return this.#call.context;
  }
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
