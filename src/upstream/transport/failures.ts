/** What a client is told of each way in which a connection can fail (the table of upstream faults). */
import { GatewayError, type ProblemCode, UpstreamError } from "../../core/errors.ts";
import type { UpstreamCall } from "../send.ts";

/** How far an attempt had come when it failed. */
export type Phase = "head" | "interim" | "body";

/** An error of a call: named after service and operation, without a host name. */
export function failure(
  call: UpstreamCall,
  code: ProblemCode,
  detail: string,
  cause?: unknown,
): UpstreamError {
  return new UpstreamError(
    code,
    { detail, service: call.service, operation: call.operation.name },
    { cause },
  );
}

const BY_CODE: Readonly<Record<string, readonly [ProblemCode, string]>> = {
  ECONNREFUSED: ["service-unreachable", "the service refused the connection"],
  ENOTFOUND: ["service-unreachable", "the service's name does not resolve"],
  EAI_AGAIN: ["service-unreachable", "the service's name does not resolve"],
  UND_ERR_CONNECT_TIMEOUT: ["service-timeout", "the service did not take the connection in time"],
  UND_ERR_HEADERS_TIMEOUT: ["service-timeout", "the service did not answer in time"],
  UND_ERR_BODY_TIMEOUT: ["service-timeout", "the service stopped in the middle of its answer"],
  UND_ERR_HEADERS_OVERFLOW: ["service-contract", "the service answered with a head over 64 KiB"],
  // Of nghttp2, for what breaks the framing of a connection.
  ERR_HTTP2_ERROR: ["service-contract", "the service did not answer with valid HTTP"],
  HEDDLE_NO_HTTP2: ["service-contract", "the service does not speak HTTP/2"],
  ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL: [
    "service-contract",
    "the service does not speak HTTP/2",
  ],
  UND_ERR_DESTROYED: ["stopping", "the gateway is stopping"],
  UND_ERR_CLOSED: ["stopping", "the gateway is stopping"],
};

/** The error of the table for an error of undici or of the socket. */
export function transportFailure(call: UpstreamCall, phase: Phase, error: Error): Error {
  const code = codeOf(error);
  const known = BY_CODE[code];
  if (known !== undefined) return failure(call, known[0], known[1], error);
  if (code === "UND_ERR_INVALID_ARG" || code === "UND_ERR_NOT_SUPPORTED") {
    return new GatewayError("internal", { detail: `cannot be sent: ${error.message}` }, error);
  }
  if (breaksHttp(phase, error)) {
    return failure(call, "service-contract", "the service did not answer with valid HTTP", error);
  }
  if (phase === "interim") {
    return failure(call, "service-contract", "the service gave an interim answer only", error);
  }
  if (phase === "body") {
    return failure(call, "service-failed", "the service's answer was cut off", error);
  }
  return failure(
    call,
    "service-unreachable",
    "the connection to the service was lost before it answered",
    error,
  );
}

/** undici gives its parser's errors no code; one of them only says that the connection ended too early. */
function breaksHttp(phase: Phase, error: Error): boolean {
  if (error.name === "SocketError" && /^bad (?:response|upgrade)$/.test(error.message)) return true;
  if (error.name === "HTTPParserError") return !/EOF state/.test(error.message);
  // In the head it is Content-Length beside Transfer-Encoding (RFC 9112 §6.3), in the body it is a short body.
  return error.name === "ResponseContentLengthMismatchError" && phase === "head";
}

/** Where several addresses were tried, the code of the first failure. */
function codeOf(error: Error): string {
  const { code } = error as { code?: unknown };
  if (typeof code === "string") return code;
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  return first instanceof Error ? codeOf(first) : "";
}

/** The error of a call that was ended for a reason: the deadline's own is the call's failure, any other is passed on. */
export function abortFailure(call: UpstreamCall, reason: unknown): unknown {
  const deadline =
    reason instanceof GatewayError &&
    !(reason instanceof UpstreamError) &&
    reason.code === "deadline-exceeded";
  return deadline
    ? failure(call, "deadline-exceeded", "the service had not answered at the deadline", reason)
    : reason;
}

export function tooLong(call: UpstreamCall, maxBytes: number): UpstreamError {
  const detail = `the service's answer is longer than ${maxBytes} bytes; raise its maxAnswerSize`;
  return failure(call, "service-contract", detail);
}
