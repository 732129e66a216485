/** The closed table of everything that can go wrong, and the one error class that carries it (RFC 9457). */

/** One row of the table: what a client is told. `{}` in a title is never filled: details go into `detail`. */
interface ProblemKind {
  readonly status: number;
  readonly title: string;
}

/** Every problem the gateway can answer with. The key is the last segment of the problem's `type`. */
export const PROBLEMS = {
  "bad-request": { status: 400, title: "The request is malformed" },
  "invalid-input": { status: 422, title: "The request does not match what this route takes" },
  "invalid-json": { status: 400, title: "The body is not valid JSON" },
  unauthorized: { status: 401, title: "Authentication is needed" },
  forbidden: { status: 403, title: "This is not allowed" },
  "not-found": { status: 404, title: "There is nothing at this address" },
  gone: { status: 410, title: "This route has ended" },
  "method-not-allowed": { status: 405, title: "The route does not take this method" },
  "not-acceptable": { status: 406, title: "None of the accepted media types can be answered" },
  "body-too-large": { status: 413, title: "The body is larger than this gateway takes" },
  "unsupported-media-type": { status: 415, title: "The route does not take this media type" },
  "too-many-requests": { status: 429, title: "Too many requests" },
  internal: { status: 500, title: "The gateway failed" },
  "not-implemented": { status: 501, title: "The gateway does not know this method" },
  "service-failed": { status: 502, title: "A service failed" },
  "service-unreachable": { status: 502, title: "A service could not be reached" },
  "service-contract": { status: 502, title: "A service broke its contract" },
  "circuit-open": { status: 503, title: "A service is failing and is given time to recover" },
  overloaded: { status: 503, title: "The gateway has more to do than it can" },
  stopping: { status: 503, title: "The gateway is stopping" },
  "deadline-exceeded": { status: 504, title: "The answer took too long" },
  "service-timeout": { status: 504, title: "A service took too long" },
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof PROBLEMS;

/** One thing that is wrong with an input, placed by JSON pointer (RFC 6901). */
export interface InputIssue {
  /** For example `/body/lines/0/sku` or `/query/limit`. */
  readonly pointer: string;
  readonly detail: string;
}

/** What is known of a failure beside its kind; everything here may be told to the client. */
export interface ProblemDetails {
  /** Lower case, with the value and the cure. */
  readonly detail?: string;
  readonly service?: string;
  readonly operation?: string;
  /** What the service answered. */
  readonly serviceStatus?: number;
  readonly errors?: readonly InputIssue[];
  /** The path or URL of what takes the place of something that is gone. */
  readonly successor?: string;
  /** Seconds, sent as `Retry-After`. */
  readonly retryAfterSeconds?: number;
  /** Header fields that go with the answer, for example `Allow`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Overrides the table's status where a service's own status is passed on (429, 503). */
  readonly status?: number;
}

/** A failure of a known kind. Everything else that is thrown becomes `internal`, without its text. */
export class GatewayError extends Error {
  override readonly name: string = "GatewayError";
  readonly code: ProblemCode;
  readonly status: number;
  readonly details: ProblemDetails;

  constructor(code: ProblemCode, details: ProblemDetails = {}, cause?: unknown) {
    super(details.detail ?? PROBLEMS[code].title, cause === undefined ? undefined : { cause });
    this.code = code;
    this.status = details.status ?? PROBLEMS[code].status;
    this.details = details;
  }
}

/** A call to a service that did not end in a 2xx answer. */
export class UpstreamError extends GatewayError {
  override readonly name = "UpstreamError";
  readonly service: string;
  readonly operation: string;
  /** The body that the service sent with its error, parsed where its media type is known. */
  readonly body: unknown;

  constructor(
    code: ProblemCode,
    details: ProblemDetails & { readonly service: string; readonly operation: string },
    more: { readonly body?: unknown; readonly cause?: unknown } = {},
  ) {
    super(code, details, more.cause);
    this.service = details.service;
    this.operation = details.operation;
    this.body = more.body;
  }
}

/** Makes an error of the table: `throw problem("not-found", { detail })`. */
export function problem(
  code: ProblemCode,
  details?: ProblemDetails,
  cause?: unknown,
): GatewayError {
  return new GatewayError(code, details, cause);
}
