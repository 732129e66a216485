/** Middleware: one line and one measurement a request, when the last byte of its answer has left or its client has. */
import type { Clock } from "../../core/deadline.ts";
import type { RequestEntry } from "../../core/request-entry.ts";
import { CLIENT_GONE_STATUS } from "../client-gone.ts";
import type { InboundContext, Middleware } from "../inbound.ts";
import { OWN_PATHS } from "./probes.ts";

/** What is measured of a request. */
export interface RequestFigures {
  readonly method: string;
  /** Its template; undefined: no route was found. */
  readonly route: string | undefined;
  readonly status: number;
  readonly durationMs: number;
}

export interface AccessLogOptions {
  readonly tell: (level: "debug" | "info", entry: RequestEntry) => void;
  readonly clock: Clock;
  readonly measure: (figures: RequestFigures) => void;
}

export function accessLog({ tell, clock, measure }: AccessLogOptions): Middleware {
  function finish(ctx: InboundContext): void {
    const { state: inbound, req, res } = ctx;
    const { found, gone } = inbound;
    const method = req.method ?? "";
    // A tunnel that its client leaves has been answered.
    const status = gone && res.statusCode !== 101 ? CLIENT_GONE_STATUS : res.statusCode;
    const durationMs = clock() - inbound.startedAt;
    const isOwn = OWN_PATHS.has(inbound.target.path);
    measure({
      method,
      route: isOwn ? inbound.target.path : found?.route.template,
      status,
      durationMs,
    });
    // Probes come every few seconds, and say nothing as long as they succeed.
    tell(isOwn ? "debug" : "info", {
      id: inbound.id,
      method,
      route: found?.route.template,
      path: inbound.target.path,
      status,
      durationMs: Math.round(durationMs * 100) / 100,
      bytes: inbound.bytes > 0 ? inbound.bytes : lengthOf(ctx),
      frontend: found?.route.frontend,
      ip: inbound.client?.address,
      degraded: inbound.degradations.length === 0 ? undefined : inbound.degradations.length,
      gone: gone ? true : undefined,
      broken: inbound.broken ? true : undefined,
    });
  }

  return function accessLog(ctx, next) {
    ctx.state.whenOver(() => finish(ctx));
    return next();
  };
}

/** What Koa has written. */
function lengthOf({ req, res, respond }: InboundContext): number {
  return respond === false || req.method === "HEAD"
    ? 0
    : Number(res.getHeader("Content-Length") ?? 0);
}
