/** The tunnels of a gateway: who may open one, how many there are, and how they end. */
import type { Duplex } from "node:stream";
import type { WebSocketRule } from "../../config/websocket.ts";
import type { Clock } from "../../core/deadline.ts";
import { problem } from "../../core/errors.ts";
import { answerFault, parseOffer, VERSION } from "../../http/websocket/handshake.ts";
import type { Upgrade } from "../../upstream/send.ts";
import type { InFlight } from "../in-flight.ts";
import type { InboundContext } from "../inbound.ts";
import { join, type TunnelEnd } from "./join.ts";
import { createOriginCheck } from "./origin.ts";
import { type ClientSide, clientSideOf } from "./take-upgrades.ts";

/** What is measured of a tunnel. */
export interface TunnelFigures {
  /** Its template. */
  readonly route: string;
  readonly end: TunnelEnd;
  readonly durationMs: number;
  readonly bytesToService: number;
  readonly bytesToClient: number;
}

export interface TunnelsOptions {
  readonly clock: Clock;
  /** Four bytes that nobody can foresee. */
  readonly newMask: () => Uint8Array;
  readonly measure: (figures: TunnelFigures) => void;
}

export interface RouteTunnelsOptions {
  /** The same after a reload: what is open goes on to count. */
  readonly name: string;
  /** Its template. */
  readonly route: string;
  readonly rule: WebSocketRule;
  /** Origins of the route's frontend. */
  readonly cors: readonly string[];
  /** At a time, of all routes. */
  readonly max: number;
  readonly inFlight: InFlight;
}

/** A tunnel that is being opened. */
export interface Opening {
  /** What the service is asked. */
  readonly upgrade: Upgrade;
  /** Joins both sides; the head must have been written. Resolves when both connections are closed. */
  join(service: Duplex): Promise<void>;
  /** Gives its place back. */
  end(): void;
}

/** Of one route. */
export interface RouteTunnels {
  /**
   * Undefined: the request does not ask for one.
   * @throws GatewayError when it may not have it.
   */
  open(ctx: InboundContext): Opening | undefined;
}

export interface Tunnels {
  /** Those that are open, or being opened. */
  readonly size: number;
  ofRoute(options: RouteTunnelsOptions): RouteTunnels;
}

/** Seconds, sent with what is refused. */
const RETRY_AFTER_SECONDS = 5;

export function createTunnels(options: TunnelsOptions): Tunnels {
  let size = 0;
  /** Of those that have any. */
  const ofRoutes = new Map<string, number>();

  function count(name: string, change: 1 | -1): void {
    size += change;
    const now = (ofRoutes.get(name) ?? 0) + change;
    if (now === 0) ofRoutes.delete(name);
    else ofRoutes.set(name, now);
  }

  function ofRoute({ name, route, rule, cors, max, inFlight }: RouteTunnelsOptions): RouteTunnels {
    // What is given to every page without cookies is not meant for every page with them.
    const shared = cors.filter((origin) => origin !== "*" && origin !== "null");
    const checkOrigin = createOriginCheck(rule.origins ?? shared);

    function open(ctx: InboundContext): Opening | undefined {
      const side = clientSideOf(ctx.req);
      if (side === undefined) return undefined;
      const { headers } = ctx.req;
      const offer = parseOffer(headers);
      if ("reason" in offer) throw badOffer(offer.reason, offer.status);
      checkOrigin(headers.origin, ctx.state.target.host ?? headers.host);
      if (inFlight.isDraining) throw problem("stopping");
      if (size >= max || (ofRoutes.get(name) ?? 0) >= (rule.max ?? max)) {
        const detail = "as many tunnels are open as this gateway takes";
        throw problem("overloaded", { detail, retryAfterSeconds: RETRY_AFTER_SECONDS });
      }
      count(name, 1);
      let isOver = false;
      return {
        upgrade: { protocol: "websocket", fault: (answer) => answerFault(offer, answer) },
        join: (service) => run(ctx, { side, service, route, rule, inFlight }, options),
        end() {
          if (isOver) return;
          isOver = true;
          count(name, -1);
        },
      };
    }

    return { open };
  }

  return {
    get size() {
      return size;
    },
    ofRoute,
  };
}

interface Sides {
  readonly side: ClientSide;
  readonly service: Duplex;
  readonly route: string;
  readonly rule: WebSocketRule;
  readonly inFlight: InFlight;
}

function run(
  { state: inbound, res }: InboundContext,
  { side, service, route, rule, inFlight }: Sides,
  { clock, newMask, measure }: TunnelsOptions,
): Promise<void> {
  const startedMs = clock();
  let bytesToService = 0;
  let how: TunnelEnd | undefined;
  side.take();
  inbound.deadline.lift();
  // A side that has said all may still have to hear.
  service.allowHalfOpen = true;
  return new Promise((resolve) => {
    const tunnel = join({
      client: side.socket,
      service,
      idleMs: rule.idleMs,
      newMask,
      passed(to, bytes) {
        if (to === "client") inbound.bytes += bytes;
        else bytesToService += bytes;
      },
      // For whoever asks: not broken off by its client.
      whole: () => void res.end(),
      ended(end) {
        how = end;
        inFlight.offDrain(drain);
        if (end === "service") inbound.broken = true;
      },
      over() {
        const durationMs = clock() - startedMs;
        const bytesToClient = inbound.bytes;
        measure({ route, end: how ?? "cut", durationMs, bytesToService, bytesToClient });
        resolve();
      },
    });
    function drain(): void {
      tunnel.close("stopping");
    }
    if (how === undefined) inFlight.onDrain(drain);
  });
}

function badOffer(reason: string, status: 400 | 426): Error {
  // RFC 9110 §15.5.22, RFC 6455 §4.4
  const headers = {
    Connection: "close, Upgrade",
    Upgrade: "websocket",
    "Sec-WebSocket-Version": VERSION,
  };
  return problem("bad-request", {
    status,
    detail: reason,
    ...(status === 426 ? { headers } : {}),
  });
}
