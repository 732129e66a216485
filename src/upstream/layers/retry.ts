/** Layer: mends a passing failure with a second attempt, where that can do no harm (RFC 9110 §9.2.2). */
import { type ProblemCode, UpstreamError } from "../../core/errors.ts";
import type { RetryRule } from "../../core/policies.ts";
import { parseRetryAfter } from "../../http/retry-after.ts";
import type { Random } from "../chance.ts";
import type { UpstreamEvents } from "../events.ts";
import type { WallClock } from "../operation-call.ts";
import { isRepeatable } from "../repeatable.ts";
import type { RetryBudget } from "../retry-budget.ts";
import type { Layer, Send, UpstreamAnswer, UpstreamCall } from "../send.ts";
import { isGivenUp, isOver } from "./given-up.ts";
import { pause } from "./pause.ts";
import { timeLeftMs } from "./time-left.ts";

export interface RetryOptions {
  readonly rule: RetryRule;
  readonly budget: RetryBudget;
  readonly events: UpstreamEvents;
  readonly random: Random;
  readonly now: WallClock;
  /** Whether a call would be refused now: there is no sense in waiting for that. */
  readonly isRefusing: (call: UpstreamCall) => boolean;
}

/**
 * One more attempt of an idempotent call, after a random part of the backoff ("full jitter": callers that failed
 * together do not come back together), paid from the budget.
 *
 * Retried: a connection that was refused or lost before the answer's head, a collected answer that was cut off, 502,
 * 503 and 504. Not retried: 500 and 429, which are the service's word; an attempt that took its whole timeout, as the
 * caller has waited long enough; broken contracts, which would be broken again; and what was given up or refused here.
 */
export function retry(options: RetryOptions): Layer {
  const { budget } = options;
  return function retryLayer(next) {
    return function retried(call) {
      budget.earn();
      if (!isRepeatable(call)) return next(call);
      return next(call).then(
        function answered(answer) {
          return RETRIED_STATUS.has(answer.status) ? again(options, next, call, answer) : answer;
        },
        function failed(error: unknown) {
          return isPassing(error) && !isGivenUp(error, call)
            ? again(options, next, call, error)
            : Promise.reject(error);
        },
      );
    };
  };
}

const RETRIED_STATUS: ReadonlySet<number> = new Set([502, 503, 504]);

/** An `UpstreamError` that comes from below with `service-failed` is an answer that was cut off. */
const PASSING: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  "service-unreachable",
  "service-failed",
]);

/** Refused by a layer below. What failed before says more. */
const REFUSED: ReadonlySet<ProblemCode> = new Set<ProblemCode>(["circuit-open", "overloaded"]);

function isPassing(error: unknown): error is UpstreamError {
  return error instanceof UpstreamError && PASSING.has(error.code);
}

type Failed = UpstreamAnswer | UpstreamError;

async function again(
  options: RetryOptions,
  next: Send,
  call: UpstreamCall,
  first: Failed,
): Promise<UpstreamAnswer> {
  const waitMs = waitOf(options, call, first);
  if (waitMs === undefined || options.isRefusing(call)) return stand(first);
  const event = { service: call.service, operation: call.operation.name };
  if (!options.budget.spend()) {
    options.events.budgetSpent?.(event);
    return stand(first);
  }
  const isGone = letGo(first);
  if (waitMs > 0) await pause(call, waitMs);
  options.events.retried?.(event);
  try {
    return await next(call);
  } catch (error) {
    const isRefused = error instanceof UpstreamError && REFUSED.has(error.code);
    if (isRefused && !isGone) return stand(first);
    throw error;
  }
}

/** Milliseconds until the second attempt; undefined: there is to be none. */
function waitOf(
  { rule, random, now }: RetryOptions,
  call: UpstreamCall,
  first: Failed,
): number | undefined {
  // A hedged call has had its two attempts.
  if (isOver(call) || (call.notes?.attempts ?? 1) > 1) return undefined;
  const backoffMs = random() * rule.backoffMs;
  const asked =
    first instanceof UpstreamError
      ? undefined
      : parseRetryAfter(first.headers["retry-after"], now());
  const askedMs = (asked ?? 0) * 1_000;
  // Nobody is kept waiting for longer than a service that does not answer would keep them.
  if (askedMs > call.timeoutMs) return undefined;
  const waitMs = Math.max(backoffMs, askedMs);
  // A second attempt without time for an answer would turn the failure into a slow one.
  return waitMs * 2 > timeLeftMs(call) ? undefined : waitMs;
}

/** Frees what a streamed answer holds; true: it is gone. */
function letGo(first: Failed): boolean {
  if (first instanceof UpstreamError || Buffer.isBuffer(first.body)) return false;
  first.body.discard();
  return true;
}

function stand(first: Failed): UpstreamAnswer {
  if (first instanceof UpstreamError) throw first;
  return first;
}
