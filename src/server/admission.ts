/** Admission control: refuses what the gateway has no room for, before anything is made for a request. */
import type { IncomingMessage } from "node:http";
import type { RequestListener } from "./app.ts";
import { isUnreadable } from "./bad-message.ts";
import { Http2Request } from "./front/http2-messages.ts";
import type { InFlight } from "./in-flight.ts";
import { isBehindLast } from "./last-request.ts";
import type { LoadGauge } from "./load-gauge.ts";
import type { RequestFigures } from "./middleware/access-log.ts";
import { isForProbes } from "./middleware/probes.ts";
import { type RequestIdOptions, requestIdOf } from "./request-id.ts";
import { createRefusal } from "./shed-refusal.ts";
import { leaveAfter } from "./stop-server.ts";
import type { TurnGauge } from "./turn-gauge.ts";

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

  function reasonFor(req: IncomingMessage): ShedReason | undefined {
    // Asked first: it measures the turn, whatever the others say.
    const hasTurn = turns.take();
    // Without this one.
    const { size } = inFlight;
    if (size >= maxInFlight) return "in-flight";
    if (!hasTurn || size - gauge.waiting >= gauge.limit) return "overload";
    return isSurplus(req) ? "connections" : undefined;
  }

  return function admit(req, res) {
    const reason = reasonFor(req);
    if (reason === undefined || isForProbes(req) || isBehindLast(req) || isUnreadable(req)) {
      listener(req, res);
      return;
    }
    told(reason);
    measure({ method: req.method ?? "", route: undefined, status: 503, durationMs: 0 });
    if (isLeaving()) leaveAfter(res);
    const closes = reason === "connections" && !(req instanceof Http2Request);
    refuse(res, requestIdOf(req, options), closes);
  };
}
