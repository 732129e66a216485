/** Middleware: one line and one measurement a request, when the last byte of its answer has left or its client has. */
import type { Clock } from "../../core/deadline.ts";
import type { Log } from "../../core/context.ts";
import { CLIENT_GONE_STATUS } from "../client-gone.ts";
import type { CompiledRoute } from "../compile-routes.ts";
import type { InboundContext, Middleware } from "../inbound.ts";

/** What is measured of a request. */
export interface RequestFigures {
  readonly method: string;
  /** Absent: no route was found. */
  readonly route: CompiledRoute | undefined;
  readonly status: number;
  readonly durationMs: number;
}

export interface AccessLogOptions {
  readonly log: Log;
  readonly clock: Clock;
  readonly measure: (figures: RequestFigures) => void;
}

export function accessLog({ log, clock, measure }: AccessLogOptions): Middleware {
  function finish(ctx: InboundContext): void {
    const { state: inbound, req, res } = ctx;
    const { found, gone } = inbound;
    const method = req.method ?? "";
    const status = gone ? CLIENT_GONE_STATUS : res.statusCode;
    const durationMs = clock() - inbound.startedAt;
    measure({ method, route: found?.route, status, durationMs });
    log.info(
      {
        id: inbound.id,
        method,
        route: found?.route.template,
        // Never the query: it is where callers put secrets.
        path: inbound.target.path,
        status,
        durationMs: Math.round(durationMs * 100) / 100,
        bytes: inbound.bytes,
        frontend: found?.route.frontend,
        degraded: inbound.degradations.length === 0 ? undefined : inbound.degradations.length,
        gone: gone ? true : undefined,
        broken: inbound.broken ? true : undefined,
      },
      "request",
    );
  }

  return function accessLog(ctx, next) {
    ctx.res.on("close", () => finish(ctx));
    return next();
  };
}
