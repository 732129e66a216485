/** Layer: masks failed calls with an earlier good answer or a given value, and marks the answer as degraded. */
import { createHash } from "node:crypto";
import type { Degradation } from "../../core/context.ts";
import type { Clock } from "../../core/deadline.ts";
import { type ProblemCode, UpstreamError } from "../../core/errors.ts";
import type { AnswerHeaders } from "../../core/operation.ts";
import type { Store } from "../../stores/store.ts";
import type { Layer, Send, UpstreamAnswer, UpstreamCall } from "../send.ts";
import { callerOf } from "./credentials.ts";
import { hasStandIn } from "./time-left.ts";

/** A good answer, kept for the time when there is none. */
export interface KeptAnswer {
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly value: unknown;
  /** On the clock of the pipeline. */
  readonly atMs: number;
}

const EMPTY = Buffer.alloc(0);

/**
 * What is masked: failures of the service and of the way to it, answers of 5xx, and 429. What is not: any other
 * answer, which is the service's word (404 means that it is not there), a client that left, and input that cannot be
 * sent. A stale answer is better than a given value.
 */
export function fallback(
  answers: Store<KeptAnswer>,
  forward: readonly string[],
  clock: Clock,
): Layer {
  return function fallbackLayer(next: Send): Send {
    return function masked(call) {
      if (!hasStandIn(call)) return next(call);
      const key = call.staleMs === undefined ? undefined : keyOf(call, forward);

      function standIn(reason: string): UpstreamAnswer | undefined {
        const kept = key === undefined ? undefined : answers.get(key);
        if (kept !== undefined && clock() - kept.atMs <= (call.staleMs ?? 0)) {
          degrade(call, reason, "stale");
          const { status, headers, value } = kept;
          return { status, headers, body: EMPTY, value, standIn: { value } };
        }
        if (call.fallback === undefined) return undefined;
        degrade(call, reason, "default");
        return { status: 200, headers: {}, body: EMPTY, standIn: call.fallback };
      }

      return next(call).then(
        function answered(answer) {
          const reason = reasonOf(answer.status);
          if (reason !== undefined) {
            const instead = standIn(reason);
            if (instead === undefined) return answer;
            if (!Buffer.isBuffer(answer.body)) answer.body.discard();
            return instead;
          }
          if (key !== undefined && isWorthKeeping(answer)) {
            const { status, headers, value, bytes = 0 } = answer;
            const entry = { ttlMs: call.staleMs ?? 0, bytes };
            answers.set(key, { status, headers, value, atMs: clock() }, entry);
          }
          return answer;
        },
        function failed(error: unknown) {
          const instead =
            error instanceof UpstreamError && !isReason(error, call)
              ? standIn(error.code)
              : undefined;
          if (instead === undefined) throw error;
          return instead;
        },
      );
    };
  };
}

/** The failure of another part, by which this call was given up, is not this call's. */
function isReason(error: unknown, { context, signal }: UpstreamCall): boolean {
  return error === context.deadline.reason || (signal !== undefined && error === signal.reason);
}

/** Why an answer counts as failed; undefined when it does not. */
function reasonOf(status: number): ProblemCode | undefined {
  if (status >= 500) return "service-failed";
  return status === 429 ? "too-many-requests" : undefined;
}

function isWorthKeeping({ status, headers, body }: UpstreamAnswer): boolean {
  if (status < 200 || status >= 300 || !Buffer.isBuffer(body)) return false;
  // RFC 9111 §5.2.2.5: not even for later.
  return !/(?:^|[\s,])no-store(?:$|[\s,])/i.test(String(headers["cache-control"] ?? ""));
}

/** Safe calls only have answers that can be given twice; the caller's forwarded credentials are part of the key. */
function keyOf(call: UpstreamCall, forward: readonly string[]): string | undefined {
  const { service, operation, method, target, headers, context } = call;
  if ((method !== "GET" && method !== "HEAD") || call.mode !== "collect") return undefined;
  const fields = Object.keys(headers)
    .sort()
    .map((name) => `${name}:${String(headers[name])}`);
  const whole = [service, operation.name, method, target, ...fields, callerOf(context, forward)];
  return createHash("sha256").update(whole.join("\n")).digest("base64url");
}

function degrade(call: UpstreamCall, reason: string, kind: Degradation["kind"]): void {
  const { service, operation, context } = call;
  if (call.notes !== undefined) call.notes.source = kind;
  context.degradations.push({
    part: call.part ?? context.part,
    service,
    operation: operation.name,
    reason,
    kind,
  });
}
