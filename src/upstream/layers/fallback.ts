/** Layer: masks failed calls with an earlier good answer or a given value, and marks the answer as degraded. */
import type { Degradation } from "../../core/context.ts";
import { type ProblemCode, UpstreamError } from "../../core/errors.ts";
import { forwardStatus } from "../../http/caching/cache-status.ts";
import { givenAnswer } from "../cache/given-answer.ts";
import type { KeptAnswers } from "../cache/kept-answers.ts";
import type { UpstreamEvents } from "../events.ts";
import type { WallClock } from "../operation-call.ts";
import type { Layer, UpstreamAnswer, UpstreamCall } from "../send.ts";
import { isGivenUp } from "./given-up.ts";
import { hasStandIn } from "./time-left.ts";

export interface FallbackOptions {
  /** Good answers of calls that may be stood in for: the cache layer keeps them, whatever their own fields say. */
  readonly kept: KeptAnswers | undefined;
  readonly events: UpstreamEvents;
  readonly now: WallClock;
}

/** Why a call is masked. */
interface Failure {
  readonly reason: ProblemCode;
  /** What the service answered, where it did. */
  readonly status: number | undefined;
  readonly error: unknown;
}

type StandIn = UpstreamAnswer | undefined;

const EMPTY = Buffer.alloc(0);

/**
 * What is masked: failures of the service and of the way to it, answers of 5xx, and 429. What is not: any other
 * answer, which is the service's word (404 means that it is not there), a client that left, input that cannot be
 * sent, and anything once the deadline has passed: a composer that goes on with stand-ins would never end. A stale
 * answer is better than a given value.
 */
export function fallback(options: FallbackOptions): Layer {
  return function fallbackLayer(next) {
    return function masked(call) {
      if (!hasStandIn(call)) return next(call);
      return next(call).then(
        (answer) => {
          const failure = isLate(call) ? undefined : failureOf(answer);
          return failure === undefined ? answer : insteadOf(answer, call, failure, options);
        },
        (error: unknown) => {
          if (!(error instanceof UpstreamError) || isGivenUp(error, call) || isLate(call))
            throw error;
          const { serviceStatus: status } = error.details;
          return orError(error, call, { reason: error.code, status, error }, options);
        },
      );
    };
  };
}

async function insteadOf(
  answer: UpstreamAnswer,
  call: UpstreamCall,
  failure: Failure,
  options: FallbackOptions,
): Promise<UpstreamAnswer> {
  const instead = await standIn(call, failure, options);
  if (instead === undefined) return answer;
  if (!Buffer.isBuffer(answer.body)) answer.body.discard();
  return instead;
}

async function orError(
  error: unknown,
  call: UpstreamCall,
  failure: Failure,
  options: FallbackOptions,
): Promise<UpstreamAnswer> {
  const instead = await standIn(call, failure, options);
  if (instead === undefined) throw error;
  return instead;
}

/** Whoever is waiting has been told already. */
function isLate({ context }: UpstreamCall): boolean {
  return context.deadline.aborted;
}

/** Why an answer counts as failed; undefined when it does not. */
function failureOf({ status }: UpstreamAnswer): Failure | undefined {
  if (status < 500 && status !== 429) return undefined;
  const reason = status === 429 ? "too-many-requests" : "service-failed";
  return { reason, status, error: undefined };
}

async function standIn(
  call: UpstreamCall,
  failure: Failure,
  options: FallbackOptions,
): Promise<StandIn> {
  const stale = call.staleMs === undefined ? undefined : await staleOf(call, call.staleMs, options);
  if (stale !== undefined) {
    degrade(call, failure, "stale", options);
    const { notes } = call;
    if (notes !== undefined) {
      notes.cacheStatus = forwardStatus({ reason: "stale", status: failure.status });
    }
    return stale;
  }
  if (call.fallback === undefined) return undefined;
  degrade(call, failure, "default", options);
  return { status: 200, headers: NO_HEADERS, body: EMPTY, standIn: call.fallback };
}

const NO_HEADERS = Object.freeze({});

/** The kept answer, if it is not too old. Read anew: nobody sees what others have made of its value. */
async function staleOf(
  call: UpstreamCall,
  staleMs: number,
  { kept, now }: FallbackOptions,
): Promise<StandIn> {
  const found = await kept?.find(call);
  const answer = found?.answer;
  // What is gone by the service's own word (404, kept for a time) is no stand-in.
  if (answer === undefined || answer.status >= 300) return undefined;
  if (now() - answer.storedAtMs > staleMs) return undefined;
  try {
    return givenAnswer(call, answer, now());
  } catch {
    // What another version of this gateway has kept, and this one cannot read.
    return undefined;
  }
}

function degrade(
  call: UpstreamCall,
  { reason, error }: Failure,
  kind: Degradation["kind"],
  { events }: FallbackOptions,
): void {
  const { service, operation, context } = call;
  if (call.notes !== undefined) call.notes.source = kind;
  const facts = {
    part: call.part ?? context.part,
    service,
    operation: operation.name,
    reason,
    kind,
  };
  context.degradations.push(facts);
  events.masked?.({ ...facts, error, context });
}
