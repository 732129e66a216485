/** Middleware: refuses what has no route. The route itself was looked up when the request began: its deadline depends on it. */
import { problem } from "../../core/errors.ts";
import type { CompiledRoute } from "../compile-routes.ts";
import type { Middleware } from "../inbound.ts";
import type { Router } from "../router.ts";

export function matchRoute(router: Router<CompiledRoute>): Middleware {
  return function matchRoute(ctx, next) {
    const { found, refusal, target } = ctx.state;
    if (refusal !== undefined) throw refusal;
    if (found !== undefined) {
      // RFC 9110 §12.5.5: another request for the same place may be another route's.
      if (found.looked !== undefined) ctx.state.fields.set("Vary", found.looked.join(", "));
      return next();
    }
    const method = ctx.req.method ?? "";
    // RFC 9110 §9.1: a method that is not known at all is no matter of the resource.
    if (!router.knows(method)) {
      throw problem("not-implemented", { detail: `the method ${method} is not known here` });
    }
    const allowed = target.path === "*" ? [] : router.allowed(target.path, target, ctx.req.headers);
    if (method === "OPTIONS" && (allowed.length > 0 || target.path === "*")) {
      // RFC 9110 §9.3.7
      if (allowed.length > 0) ctx.set("Allow", allowed.join(", "));
      ctx.status = 204;
      return Promise.resolve();
    }
    if (allowed.length > 0) {
      const list = allowed.join(", ");
      throw problem("method-not-allowed", { detail: `use ${list}`, headers: { Allow: list } });
    }
    throw problem("not-found", { detail: `nothing is at ${method} ${target.path}` });
  };
}
