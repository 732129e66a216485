/** Ends what slow clients hold: looks at every connection and every request once a second, so that none pays for a timer. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2Session } from "node:http2";
import type { LimitSettings } from "../../config/front.ts";
import type { Clock } from "../../core/deadline.ts";
import type { InFlight } from "../in-flight.ts";
import { type Connection, LATEST } from "./connection.ts";
import { Http2Request } from "./http2-messages.ts";
import { Pace, type PaceLimits } from "./pace.ts";
import { type Refuse, TOO_SLOW } from "./refuse.ts";
import { bytesCome, isHeldBack } from "./request-body.ts";

/** What a client was too slow with. */
export type Slowness = "handshake" | "head" | "body" | "read";

export const SWEEP_MS = 1_000;
/** How long a connection beyond the limit is kept. */
const SURPLUS_MS = 2_000;
/**
 * A stream of HTTP/2 may take so much longer, by what waits in it: how much of a write a client has taken is not known
 * before all of it is.
 */
const STREAM_BYTES_PER_MS = 8;

export interface SweepOptions {
  readonly connections: ReadonlySet<Connection>;
  readonly inFlight: Pick<InFlight, "size" | "all">;
  readonly limits: LimitSettings;
  readonly refuse: Refuse;
  readonly slow: (slowness: Slowness) => void;
  readonly clock: Clock;
  /** With the sessions that have requests under way. */
  readonly http2: (busy: ReadonlySet<Http2Session>, ms: number) => void;
}

/** A function that is to be called every {@link SWEEP_MS}. */
export function createSweep(options: SweepOptions): () => void {
  const { connections, inFlight, limits, refuse, slow, clock } = options;
  const { minBytesPerSecond } = limits;
  const ofBodies: PaceLimits = { timeoutMs: limits.bodyTimeoutMs, minBytesPerSecond };
  const ofReading: PaceLimits = { timeoutMs: limits.readTimeoutMs, minBytesPerSecond };
  const bodies = new WeakMap<IncomingMessage, Pace>();
  const streams = new WeakMap<Http2Request, StillStream>();
  let lastMs = clock();

  function sweepBody(req: IncomingMessage, res: ServerResponse, ms: number): void {
    const bytes = bytesCome(req);
    if (bytes === undefined) return;
    const pace = bodies.get(req);
    if (pace === undefined) bodies.set(req, new Pace(ofBodies, bytes));
    else if (isHeldBack(req)) pace.excuse(bytes);
    else if (pace.isTooSlow(bytes, ms)) {
      slow("body");
      endRequest(req, res);
    }
  }

  function endRequest(req: IncomingMessage, res: ServerResponse): void {
    if (req instanceof Http2Request) res.destroy();
    // An answer that has begun, or waits behind another, cannot give way to this one.
    else if (res.headersSent || res.socket === null) req.socket.destroy();
    else refuse(req.socket, TOO_SLOW);
  }

  /** Behind a connection that is read there may be a stream that is not. */
  function sweepStream(req: Http2Request, res: ServerResponse, ms: number): void {
    const { writableLength: bytes } = req.stream;
    const before = streams.get(req);
    if (bytes === 0 || before?.bytes !== bytes) streams.set(req, { bytes, ms: 0 });
    else {
      before.ms += ms;
      if (before.ms < limits.readTimeoutMs + bytes / STREAM_BYTES_PER_MS) return;
      slow("read");
      res.destroy();
    }
  }

  /** Answered or not: a body goes on coming behind an answer that did not wait for it. */
  function sweepCarrier({ carrier }: Connection, ms: number): void {
    const res = carrier?.[LATEST];
    if (carrier === undefined || res === undefined) return;
    if (res.req.complete) carrier[LATEST] = undefined;
    else sweepBody(res.req, res, ms);
  }

  function sweepConnection(connection: Connection, now: number, ms: number): void {
    sweepCarrier(connection, ms);
    const ageMs = now - connection.openedMs;
    if (connection.isTooSlow(ofReading, ms)) {
      slow("read");
      connection.socket.destroy();
    } else if (connection.isUndecided && ageMs >= limits.headTimeoutMs) {
      slow("head");
      connection.socket.destroy();
    } else if (connection.isSurplus && ageMs >= SURPLUS_MS) {
      connection.socket.destroy();
    }
  }

  return function sweep() {
    const now = clock();
    // Where the process itself stood still, clients are not to blame: their bytes wait to be read.
    const ms = Math.min(now - lastMs, 2 * SWEEP_MS);
    lastMs = now;
    const busy = new Set<Http2Session>();
    for (const res of inFlight.all()) {
      const { req } = res;
      if (req instanceof Http2Request) {
        sweepBody(req, res, ms);
        const { session } = req.stream;
        if (session !== undefined) busy.add(session);
        sweepStream(req, res, ms);
      }
    }
    for (const connection of connections) sweepConnection(connection, now, ms);
    options.http2(busy, ms);
  };
}

interface StillStream {
  readonly bytes: number;
  ms: number;
}
