/** What the outbound side tells about its calls, for logs and metrics. */
import type { RequestContext } from "../core/context.ts";

/**
 * How a call ended. `answered`: by the service, whatever the status. `shared`: by an identical call of the same
 * request. `stale`, `default`: by a stand-in. `failed`: with an error. `aborted`: given up, because the client left
 * or the rest of the request failed; no fault of the service.
 */
export type CallOutcome = "answered" | "shared" | "stale" | "default" | "failed" | "aborted";

export interface CallEvent {
  readonly service: string;
  readonly operation: string;
  readonly method: string;
  /** What the service answered, where it did. */
  readonly status: number | undefined;
  readonly durationMs: number;
  readonly outcome: CallOutcome;
  /** Of a failed call. */
  readonly error: unknown;
  readonly context: RequestContext;
}

export interface UpstreamEvents {
  /** Once a call, when its answer's head is there. Must not throw. */
  call?(event: CallEvent): void;
}
