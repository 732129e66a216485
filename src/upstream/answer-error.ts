/** What an answer outside of 2xx is to whoever asked for the body. */
import { type ProblemCode, UpstreamError } from "../core/errors.ts";
import { parseRetryAfter } from "../http/retry-after.ts";
import type { OperationPlan } from "./plan.ts";
import type { UpstreamAnswer } from "./send.ts";

/**
 * The error of an answer. 429, and 503 with `Retry-After`, are passed on with their status, because the client can
 * do what they ask; every other status is the gateway's 502, with the service's own in `details.serviceStatus`. 404 as
 * well: whether what a service does not have is what the client asked for, only the composer knows.
 *
 * @param nowMs since the epoch, for a `Retry-After` that is a date.
 */
export function answerError(
  service: string,
  { name: operation }: OperationPlan,
  { status, headers, value }: UpstreamAnswer,
  nowMs: number,
): UpstreamError {
  const detail = `the service answered ${status}`;
  const common = { detail, service, operation, serviceStatus: status };
  const retryAfterSeconds =
    status === 429 || status === 503 ? parseRetryAfter(headers["retry-after"], nowMs) : undefined;
  const code: ProblemCode = status === 429 ? "too-many-requests" : "service-failed";
  const retry =
    retryAfterSeconds === undefined
      ? {}
      : { retryAfterSeconds, ...(status === 503 ? { status: 503 } : {}) };
  return new UpstreamError(code, { ...common, ...retry }, { body: value });
}
