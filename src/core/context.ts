/** What belongs to one inbound request and travels with every call made on its behalf. */
import type { Deadline } from "./deadline.ts";

/** One part or call whose answer is not the fresh one. */
export interface Degradation {
  /** JSON pointer of the part in the answer, when the call was made by a part; else `""`. */
  readonly part: string;
  readonly service: string;
  readonly operation: string;
  /** The problem code of the failure that is masked, for example `service-timeout`. */
  readonly reason: string;
  readonly kind: "stale" | "default";
}

/** The logger's few methods that are used below the server (pino has them). */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** A log that can be given fields once for many lines. pino is one. */
export interface ParentLog extends Log {
  child(fields: object): Log;
}

/** One inbound request, as everything below the server sees it. */
export interface RequestContext {
  /** The request id, also `X-Request-Id` and `instance` of problems. */
  readonly id: string;
  readonly deadline: Deadline;
  /** The inbound header fields, lower-case names. Only configuration decides which of them go on to a service. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Filled by masked failures; read when the answer is written (`Gateway-Degraded`). */
  readonly degradations: Degradation[];
  /** Identical safe calls of this request, made once: key of the call -> its answer. */
  readonly calls: Map<string, Promise<unknown>>;
  readonly log: Log;
  /** JSON pointer of the part whose function is being started right now; `""` outside of parts. */
  part: string;
  /** An unsafe call (RFC 9110 §9.2.1) has been made: the answer is to this request alone. */
  wrote?: boolean;
}
