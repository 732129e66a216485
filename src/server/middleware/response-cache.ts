/** Middleware: gives out the kept answers of routes that have a response cache. */
import type { Middleware } from "../inbound.ts";

export function responseCache(): Middleware {
  return function responseCache(ctx, next) {
    return ctx.state.found?.route.responses?.answer(ctx) ?? next();
  };
}
