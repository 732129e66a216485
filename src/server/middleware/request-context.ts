/** Middleware: makes a request's {@link Inbound}: its id, route, deadline, and the signal that its client left. */
import type { IncomingMessage } from "node:http";
import type { ParentLog } from "../../core/context.ts";
import { type Clock, createDeadline } from "../../core/deadline.ts";
import { type GatewayError, problem } from "../../core/errors.ts";
import { isAuthority } from "../../http/authority.ts";
import { parseRequestTarget, type RequestTarget } from "../../http/request-target.ts";
import { ClientGone } from "../client-gone.ts";
import type { CompiledRoute } from "../compile-routes.ts";
import type { InFlight } from "../in-flight.ts";
import { Inbound, type InboundContext, type Middleware } from "../inbound.ts";
import type { Router } from "../router.ts";
import { leaveAfter } from "../stop-server.ts";

export interface RequestContextOptions {
  readonly router: Router<CompiledRoute>;
  readonly log: ParentLog;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly trustRequestId: boolean;
  /** Where no route says. */
  readonly deadlineMs: number;
  /** The field in which callers may ask for a shorter deadline, lower case; undefined: none. */
  readonly clientDeadline: string | undefined;
  readonly inFlight: InFlight;
  /** The port is closed: its connections are not to be used again. */
  readonly isLeaving: () => boolean;
}

/** What a caller may choose as a request id: it ends up in logs, header fields and problems. */
const SAFE_ID = /^[A-Za-z0-9._:-]{1,128}$/;
const NOWHERE: RequestTarget = { path: "", query: undefined };

export function requestContext(options: RequestContextOptions): Middleware {
  const { router, log, clock, newId, trustRequestId, clientDeadline, inFlight, isLeaving } =
    options;

  function begin(req: IncomingMessage): Inbound {
    const parsed = parseRequestTarget(req.url ?? "");
    const target = "reason" in parsed ? NOWHERE : parsed;
    const found = router.find(req.method ?? "", target.path);
    const sent = trustRequestId ? req.headers["x-request-id"] : undefined;
    const fullMs = found?.route.deadlineMs ?? options.deadlineMs;
    const asked = clientDeadline === undefined ? undefined : req.headers[clientDeadline];
    const askedMs = asked === undefined ? fullMs : milliseconds(asked);
    const startedAt = clock();
    const facts = {
      id: typeof sent === "string" && SAFE_ID.test(sent) ? sent : newId(),
      startedAt,
      // Never more than the route allows.
      deadline: createDeadline(Math.min(askedMs ?? fullMs, fullMs), clock, fullMs, startedAt),
      target,
      found,
      refusal:
        "reason" in parsed
          ? problem("bad-request", { status: parsed.status, detail: parsed.reason })
          : (badFields(req) ??
            badCoding(req) ??
            (askedMs === undefined ? badDeadline(clientDeadline) : undefined)),
    };
    return new Inbound(facts, req, log);
  }

  return function requestContext(ctx: InboundContext, next) {
    const { req, res } = ctx;
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

/** RFC 9112 §3.2: one valid Host field; Node.js keeps the first of several and tells nobody. */
function badFields(req: IncomingMessage): GatewayError | undefined {
  const { rawHeaders } = req;
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === "host") hosts++;
  }
  const { host, expect } = req.headers;
  const isMissing = host === undefined && req.httpVersion !== "1.0";
  if (isMissing || hosts > 1 || !isAuthority(host ?? "")) {
    return problem("bad-request", { detail: "the request must have one valid Host field" });
  }
  // RFC 9110 §10.1.1: there is no other expectation.
  if (expect === undefined || expect.toLowerCase() === "100-continue") return undefined;
  return problem("bad-request", {
    status: 417,
    detail: `the expectation ${JSON.stringify(expect)} cannot be met`,
  });
}

/** RFC 9112 §6.1: what has been coded otherwise cannot be read; and HTTP/1.0 knows no transfer coding. */
function badCoding(req: IncomingMessage): GatewayError | undefined {
  const coding = req.headers["transfer-encoding"];
  if (coding === undefined) return undefined;
  const headers = { Connection: "close" };
  if (req.httpVersionMinor === 0 && req.httpVersionMajor === 1) {
    const detail = "a message of HTTP/1.0 has no Transfer-Encoding";
    return problem("bad-request", { detail, headers });
  }
  if (coding.trim().toLowerCase() === "chunked") return undefined;
  const detail = "no transfer coding but chunked is known here";
  return problem("not-implemented", { detail, headers });
}
