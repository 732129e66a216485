/** Middleware: lets pages of configured origins call a frontend's routes (Fetch Standard §3.2). Off for all others. */
import type { FrontendSettings } from "../../config/settings.ts";
import type { CompiledRoute } from "../compile-routes.ts";
import type { InboundContext, Middleware } from "../inbound.ts";
import type { Router } from "../router.ts";

const EXPOSED = "Gateway-Degraded, Retry-After, X-Request-Id";
/** Seconds; more is cut by browsers. */
const MAX_AGE = "600";
const TOKENS = /^[!#$%&'*+\-.^_`|~0-9A-Za-z, \t]+$/;

export function cors(
  router: Router<CompiledRoute>,
  frontends: Readonly<Record<string, FrontendSettings>>,
): Middleware {
  /** What `Access-Control-Allow-Origin` says; undefined: nothing. */
  function allowedOrigin(
    ctx: InboundContext,
    route: CompiledRoute | undefined,
  ): string | undefined {
    const origins = route?.frontend === undefined ? undefined : frontends[route.frontend]?.cors;
    if (origins === undefined || origins.length === 0) return undefined;
    if (origins.includes("*")) return "*";
    // For every caller, so that a cache does not hand one origin's answer to another.
    ctx.state.fields.set("Vary", "Origin");
    const { origin } = ctx.req.headers;
    return origin !== undefined && origins.includes(origin) ? origin : undefined;
  }

  function preflight(ctx: InboundContext, method: string): boolean {
    const found = router.find(method, ctx.state.target.path);
    const origin = allowedOrigin(ctx, found?.route);
    if (origin === undefined) return false;
    ctx.status = 204;
    ctx.set("Access-Control-Allow-Origin", origin);
    ctx.set("Access-Control-Allow-Methods", method);
    const fields = ctx.req.headers["access-control-request-headers"];
    if (fields !== undefined && TOKENS.test(fields))
      ctx.set("Access-Control-Allow-Headers", fields);
    ctx.set("Access-Control-Max-Age", MAX_AGE);
    return true;
  }

  return function cors(ctx, next) {
    const { method, headers } = ctx.req;
    const wanted = headers["access-control-request-method"];
    if (method === "OPTIONS" && headers.origin !== undefined && wanted !== undefined) {
      return ctx.state.refusal === undefined && preflight(ctx, wanted) ? Promise.resolve() : next();
    }
    const origin = allowedOrigin(ctx, ctx.state.found?.route);
    if (origin !== undefined) {
      const { fields } = ctx.state;
      fields.set("Access-Control-Allow-Origin", origin);
      fields.set("Access-Control-Expose-Headers", EXPOSED);
    }
    return next();
  };
}
