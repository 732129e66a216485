/** What a client is told of an error: an `application/problem+json` document (RFC 9457) and its header fields. */
import { inspect } from "node:util";
import { GatewayError, PROBLEMS, type ProblemDetails, problem } from "../core/errors.ts";

export const PROBLEM_TYPE = "application/problem+json";

/** Before the code, in `type`. A URN: it names a kind of problem and is not to be fetched (RFC 9457 §3.1.1). */
export const PROBLEM_URN = "urn:heddle:problem:";

export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  /** The request id. */
  readonly instance: string;
  readonly service?: string;
  readonly operation?: string;
  readonly serviceStatus?: number;
  /** Of what is gone. */
  readonly successor?: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

/** The error of the table for anything thrown: what is not of the table is `internal`, and its text is not told. */
export function toGatewayError(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  return problem("internal", {}, error instanceof Error ? error : noError(error));
}

/** JavaScript can throw anything; a log wants a message, and a place. */
function noError(thrown: unknown): Error {
  const text = inspect(thrown, { depth: 1 }).slice(0, MAX_SHOWN);
  return new TypeError(`what was thrown is no error: ${text}`);
}

const MAX_SHOWN = 500;

/** The document of an error of the table. */
export function problemDocument(error: GatewayError, requestId: string): ProblemDocument {
  const { code, status, details } = error;
  const { service, operation, serviceStatus, successor } = details;
  // What failed in here is for the log alone.
  const { detail, errors } = code === "internal" ? NOTHING : details;
  return {
    type: PROBLEM_URN + code,
    title: PROBLEMS[code].title,
    status,
    ...(detail === undefined ? {} : { detail }),
    instance: requestId,
    ...(service === undefined ? {} : { service }),
    ...(operation === undefined ? {} : { operation }),
    ...(serviceStatus === undefined ? {} : { serviceStatus }),
    ...(successor === undefined ? {} : { successor }),
    ...(errors === undefined ? {} : { errors }),
  };
}

const NOTHING: Pick<ProblemDetails, "detail" | "errors"> = {};

/** The header fields that go with an error's document. */
export function problemHeaders(error: GatewayError): Record<string, string> {
  const { headers, retryAfterSeconds } = error.details;
  return {
    ...headers,
    ...(retryAfterSeconds === undefined
      ? {}
      : { "Retry-After": String(Math.max(0, Math.ceil(retryAfterSeconds))) }),
    "Content-Type": PROBLEM_TYPE,
    "Cache-Control": "no-store",
  };
}
