/** Admission control: refuses what the gateway has no room for, before anything is made for a request. */
import type { IncomingMessage } from "node:http";
import type { RequestListener } from "./app.ts";
import { isUnreadable } from "./bad-message.ts";
import { Http2Request } from "./front/http2-messages.ts";
import type { InFlight } from "./in-flight.ts";
import { endConnectionWith, isBehindLast } from "./last-request.ts";
import { lingerOnClose } from "./linger.ts";
import type { LoadGauge } from "./load-gauge.ts";
import type { RequestFigures } from "./middleware/access-log.ts";
import { isForProbes } from "./middleware/probes.ts";
import { discardBody, hasBody } from "./read-body.ts";
import { type RequestIdOptions, requestIdOf } from "./request-id.ts";
import { createRefusal } from "./shed-refusal.ts";
import { leaveAfter } from "./stop-server.ts";
import type { Taken, TurnGauge } from "./turn-gauge.ts";

/** Of what comes behind the last answer of a connection. */
const LINGER_BYTES = 65_536;

/** Why a request is refused. */
export type ShedReason = "connections" | "in-flight" | "overload";

/** What all of a gateway's requests share. */
export interface Load {
  /** The requests under way. */
  readonly inFlight: Pick<InFlight, "size">;
  readonly gauge: Pick<LoadGauge, "limit" | "waiting">;
  readonly turns: TurnGauge;
  /** Whether a request came over a connection beyond the limit. */
  readonly isSurplus: (req: IncomingMessage) => boolean;
  readonly told: (reason: ShedReason) => void;
}

export interface AdmissionOptions extends Load, RequestIdOptions {
  /** Undefined: no limit but the gauges'. */
  readonly maxInFlight: number | undefined;
  /** Of a refused request's body, several times as much is thrown away before its connection is. */
  readonly bodyLimitBytes: number;
  readonly measure: (figures: RequestFigures) => void;
  /** The port is closed: its connections are not to be used again. */
  readonly isLeaving: () => boolean;
}

/**
 * What is admitted goes to `listener`, and so does what costs no more than a refusal: probes, which are always answered, and
 * what cannot be read. Not a middleware: under overload the price of a refusal is what keeps the others from being answered.
 */
export function admission(options: AdmissionOptions, listener: RequestListener): RequestListener {
  const { inFlight, gauge, turns, isSurplus, told, measure, isLeaving } = options;
  const maxInFlight = options.maxInFlight ?? Number.POSITIVE_INFINITY;
  const refuse = createRefusal();

  function reasonFor(req: IncomingMessage, turn: Taken): ShedReason | undefined {
    // Without this one.
    const { size } = inFlight;
    if (size >= maxInFlight) return "in-flight";
    if (turn !== "taken" || size - gauge.waiting >= gauge.limit) return "overload";
    return isSurplus(req) ? "connections" : undefined;
  }

  return function admit(req, res) {
    // Nobody answers it, and thousands of them can come in one turn.
    if (isBehindLast(req)) {
      req.socket.pause();
      return;
    }
    // Asked first: it measures the turn, whatever the others say.
    const turn = turns.take(connectionOf(req));
    const reason = reasonFor(req, turn);
    if (reason === undefined || isForProbes(req) || isUnreadable(req)) {
      listener(req, res);
      return;
    }
    told(reason);
    measure({ method: req.method ?? "", route: undefined, status: 503, durationMs: 0 });
    if (isLeaving()) leaveAfter(res);
    const closes = (turn === "row" || reason === "connections") && !(req instanceof Http2Request);
    if (closes) takeNoMore(req);
    else if (hasBody(req)) discardBody(req, options.bodyLimitBytes);
    refuse(res, requestIdOf(req, options), closes);
  };
}

/**
 * Thousands of pipelined requests cost a turn even when each is refused. The end of the connection behind the first refusal
 * is told to whoever sends them: the rest is to be asked again (RFC 9112 §9.3.2).
 */
function takeNoMore(req: IncomingMessage): void {
  endConnectionWith(req);
  lingerOnClose(req, LINGER_BYTES);
  req.socket.pause();
}

/** Every stream of HTTP/2 has a socket of its own, to look at. */
function connectionOf(req: IncomingMessage): object {
  return req instanceof Http2Request ? (req.stream.session ?? req) : req.socket;
}
