/** Middleware: refuses at once, with no work done, what the gateway has no room for. */
import { problem } from "../../core/errors.ts";
import { Http2Request } from "../front/http2-messages.ts";
import type { InFlight } from "../in-flight.ts";
import type { InboundContext, Middleware } from "../inbound.ts";
import type { LoadGauge } from "../load-gauge.ts";
import { problemDocument } from "../problem-document.ts";

/** Why a request is refused. */
export type ShedReason = "connections" | "in-flight" | "overload";

export interface ShedOptions {
  readonly inFlight: Pick<InFlight, "size" | "all">;
  /** Undefined: no limit but the gauge's. */
  readonly maxInFlight: number | undefined;
  readonly gauge: Pick<LoadGauge, "limit" | "waiting" | "cameRoundMs">;
  /** Whether a request came over a connection beyond the limit. */
  readonly isSurplus: (req: InboundContext["req"]) => boolean;
  readonly told: (reason: ShedReason) => void;
}

const OVERLOADED = problem("overloaded", { detail: "try again in a moment" });
const RETRY_AFTER_SECONDS = 1;

/** A turn of the event loop that takes so long takes no more requests, where there are so many. */
const STALL_MS = 200;
const STALL_LIMIT = 64;

export function shed(options: ShedOptions): Middleware {
  const { inFlight, gauge, isSurplus, told } = options;
  const maxInFlight = options.maxInFlight ?? Number.POSITIVE_INFINITY;

  function reasonFor({ req, state }: InboundContext): ShedReason | undefined {
    // This request is among them.
    const { size } = inFlight;
    if (size > maxInFlight) return "in-flight";
    const working = size - gauge.waiting;
    if (working > gauge.limit) return "overload";
    // Thousands of requests can come in one turn of the event loop, in which the gauge sees nothing.
    if (working > STALL_LIMIT && state.startedAt - gauge.cameRoundMs > STALL_MS) return "overload";
    return isSurplus(req) ? "connections" : undefined;
  }

  return function shed(ctx, next) {
    const reason = reasonFor(ctx);
    if (reason === undefined) return next();
    told(reason);
    refuse(ctx, reason);
    return DONE;
  };
}

const DONE = Promise.resolve();

/** Written here, and not thrown: under overload the price of a refusal is what keeps the others from being answered. */
function refuse(ctx: InboundContext, reason: ShedReason): void {
  const { state: inbound, req, res } = ctx;
  const body = JSON.stringify(problemDocument(OVERLOADED, inbound.id));
  const { fields } = inbound;
  inbound.shed = true;
  fields.add("Retry-After", RETRY_AFTER_SECONDS);
  fields.add("Content-Type", "application/problem+json");
  fields.add("Cache-Control", "no-store");
  fields.add("X-Content-Type-Options", "nosniff");
  fields.add("Content-Length", Buffer.byteLength(body));
  if (reason === "connections" && !(req instanceof Http2Request)) fields.add("Connection", "close");
  ctx.respond = false;
  fields.writeHead(res, OVERLOADED.status);
  if (req.method === "HEAD") res.end();
  else {
    inbound.bytes = body.length;
    res.end(body, "latin1");
  }
}
