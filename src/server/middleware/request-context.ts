/** Middleware: makes a request's {@link Inbound}: its id, route, deadline, and the signal that its client left. */
import type { IncomingMessage } from "node:http";
import type { ParentLog } from "../../core/context.ts";
import { type Clock, createDeadline } from "../../core/deadline.ts";
import { type GatewayError, problem } from "../../core/errors.ts";
import { parseRequestTarget, type RequestTarget } from "../../http/request-target.ts";
import { badMessage } from "../bad-message.ts";
import { ClientGone } from "../client-gone.ts";
import type { CompiledRoute } from "../compile-routes.ts";
import type { InFlight } from "../in-flight.ts";
import { Inbound, type InboundContext, type Middleware } from "../inbound.ts";
import { isBehindLast } from "../last-request.ts";
import { lingerOnClose } from "../linger.ts";
import { type RequestIdOptions, requestIdOf } from "../request-id.ts";
import type { Router } from "../router.ts";
import { leaveAfter } from "../stop-server.ts";

export interface RequestContextOptions extends RequestIdOptions {
  readonly router: Router<CompiledRoute>;
  readonly log: ParentLog;
  readonly clock: Clock;
  /** Where no route says. */
  readonly deadlineMs: number;
  /** The field in which callers may ask for a shorter deadline, lower case; undefined: none. */
  readonly clientDeadline: string | undefined;
  readonly inFlight: InFlight;
  /** A request may have so many header fields. */
  readonly maxHeaderFields: number;
  /** The port is closed: its connections are not to be used again. */
  readonly isLeaving: () => boolean;
}

const NOWHERE: RequestTarget = { path: "", query: undefined };
const DONE = Promise.resolve();

export function requestContext(options: RequestContextOptions): Middleware {
  const { router, log, clock, clientDeadline, inFlight, isLeaving } = options;

  function begin(req: IncomingMessage): Inbound {
    const parsed = parseRequestTarget(req.url ?? "");
    const target = "reason" in parsed ? NOWHERE : parsed;
    const found = router.find(req.method ?? "", target.path, target, req.headers);
    const fullMs = found?.route.deadlineMs ?? options.deadlineMs;
    const asked = clientDeadline === undefined ? undefined : req.headers[clientDeadline];
    const askedMs = asked === undefined ? fullMs : milliseconds(asked);
    const startedAt = clock();
    const facts = {
      id: requestIdOf(req, options),
      startedAt,
      // Never more than the route allows.
      deadline: createDeadline(Math.min(askedMs ?? fullMs, fullMs), clock, fullMs, startedAt),
      target,
      found,
      refusal:
        "reason" in parsed
          ? problem("bad-request", { status: parsed.status, detail: parsed.reason })
          : (tooManyFields(req, options.maxHeaderFields) ??
            badMessage(req) ??
            (askedMs === undefined ? badDeadline(clientDeadline) : undefined)),
    };
    return new Inbound(facts, req, log);
  }

  return function requestContext(ctx: InboundContext, next) {
    const { req, res } = ctx;
    if (isBehindLast(req)) {
      ctx.respond = false;
      return DONE;
    }
    const inbound = begin(req);
    ctx.state = inbound;
    if (isLeaving()) leaveAfter(res);
    const place = inFlight.add(res);
    // An answer that waits behind another on its connection has no socket yet, and may never get one to close.
    const waits = res.socket === null;
    const over = (): void => {
      if (waits) req.socket.off("close", over);
      inFlight.delete(place);
      if (!res.writableFinished && !inbound.broken) {
        inbound.gone = true;
        inbound.deadline.cancel(new ClientGone());
      }
      inbound.deadline.dispose();
      inbound.end();
    };
    res.on("close", over);
    if (waits) req.socket.on("close", over);
    return next();
  };
}

/** A whole number above zero, in digits only; several fields are joined by commas, and so are none. */
function milliseconds(value: string | string[]): number | undefined {
  if (typeof value !== "string" || !/^0*[1-9]\d{0,14}$/.test(value)) return undefined;
  return Number(value);
}

/** A caller that says for how long it waits, and is not understood, would wait in vain. */
function badDeadline(field: string | undefined): GatewayError {
  const detail = `${field} takes a whole number of milliseconds above zero, such as 800`;
  return problem("bad-request", { detail });
}

/** Each costs every look at all of them. */
function tooManyFields(req: IncomingMessage, most: number): GatewayError | undefined {
  if (req.rawHeaders.length <= most * 2) return undefined;
  lingerOnClose(req, LINGER_BYTES);
  return problem("bad-request", {
    status: 431,
    detail: `the request has more than ${most} header fields`,
    headers: { Connection: "close" },
  });
}

const LINGER_BYTES = 1_048_576;
