/** Middleware: header fields that every answer carries, whoever made it. */
import type { Middleware } from "../inbound.ts";

export function securityHeaders(): Middleware {
  return function securityHeaders(ctx, next) {
    // A JSON answer with markup in it must not be read as a page.
    ctx.state.fields.add("X-Content-Type-Options", "nosniff");
    return next();
  };
}
