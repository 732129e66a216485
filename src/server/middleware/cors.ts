/** Middleware: lets pages of configured origins call a frontend's routes (Fetch Standard §3.2). Off for all others. */
import type { CorsSettings } from "../../config/cors.ts";
import type { FrontendSettings } from "../../config/settings.ts";
import { createOriginMatcher } from "../../http/cors-origin.ts";
import type { CompiledRoute } from "../compile-routes.ts";
import type { InboundContext, Middleware } from "../inbound.ts";
import type { Router } from "../router.ts";

/** The gateway's own, which pages may always read. */
const EXPOSED = [
  "Deprecation",
  "Gateway-Degraded",
  "Link",
  "Retry-After",
  "Sunset",
  "X-Request-Id",
];
const TOKENS = /^[!#$%&'*+\-.^_`|~0-9A-Za-z, \t]+$/;
/** RFC 9110 §12.5.5: what a preflight's answer depends on; some networks keep it, though §9.3.7 says not to. */
const PREFLIGHT_VARY = "Access-Control-Request-Method, Access-Control-Request-Headers";

/** What one frontend allows, with everything made that can be. */
interface Policy {
  readonly isAny: boolean;
  readonly isAllowed: (origin: string) => boolean;
  readonly headers: string | undefined;
  readonly exposed: string;
  readonly credentials: boolean;
  readonly maxAge: string;
  readonly privateNetwork: boolean;
}

function compilePolicy(settings: CorsSettings): Policy {
  const { origins, headers, expose, credentials, maxAgeSeconds, privateNetwork } = settings;
  return {
    isAny: origins.includes("*"),
    isAllowed: createOriginMatcher(origins),
    headers: headers?.join(", "),
    exposed: [...EXPOSED, ...expose].join(", "),
    credentials,
    maxAge: String(maxAgeSeconds),
    privateNetwork,
  };
}

/** Undefined where no frontend lets any origin in: then there is nothing to do. */
export function cors(
  router: Router<CompiledRoute>,
  frontends: Readonly<Record<string, FrontendSettings>>,
): Middleware | undefined {
  const policies = new Map<string | undefined, Policy>();
  for (const [name, { cors: settings }] of Object.entries(frontends)) {
    if (settings !== undefined) policies.set(name, compilePolicy(settings));
  }
  if (policies.size === 0) return undefined;

  /** What `Access-Control-Allow-Origin` says; undefined: nothing. */
  function allowedOrigin(ctx: InboundContext, policy: Policy): string | undefined {
    if (policy.isAny) return "*";
    // For every caller, so that a cache does not hand one origin's answer to another.
    ctx.state.fields.set("Vary", "Origin");
    const { origin } = ctx.req.headers;
    return origin !== undefined && policy.isAllowed(origin) ? origin : undefined;
  }

  /** Only for a method that the path has: of others there is no route, and so no frontend. */
  function preflight(ctx: InboundContext, method: string): boolean {
    const { fields, target } = ctx.state;
    const { headers } = ctx.req;
    const found = router.find(method, target.path, target, headers);
    const policy = policies.get(found?.route.frontend);
    if (policy === undefined) return isAnothers(ctx, found?.route);
    fields.set("Vary", PREFLIGHT_VARY);
    const origin = allowedOrigin(ctx, policy);
    if (origin === undefined) return isAnothers(ctx, found?.route);
    ctx.status = 204;
    fields.set("Access-Control-Allow-Origin", origin);
    if (policy.credentials) fields.set("Access-Control-Allow-Credentials", "true");
    fields.set("Access-Control-Allow-Methods", method);
    const wanted = headers["access-control-request-headers"];
    const echoed = wanted !== undefined && TOKENS.test(wanted) ? wanted : undefined;
    const allowed = policy.headers ?? echoed;
    if (allowed !== undefined && allowed !== "")
      fields.set("Access-Control-Allow-Headers", allowed);
    fields.set("Access-Control-Max-Age", policy.maxAge);
    // Private Network Access §3.2
    if (policy.privateNetwork && headers["access-control-request-private-network"] === "true") {
      fields.set("Access-Control-Allow-Private-Network", "true");
    }
    return true;
  }

  /** What relays OPTIONS must not speak for another route, which would then be called without having been asked. */
  function isAnothers(ctx: InboundContext, asked: CompiledRoute | undefined): boolean {
    const own = ctx.state.found?.route;
    if (own === undefined || asked === undefined || own.definition === asked.definition)
      return false;
    ctx.status = 204;
    return true;
  }

  return function cors(ctx, next) {
    const { method, headers } = ctx.req;
    const wanted = headers["access-control-request-method"];
    if (method === "OPTIONS" && headers.origin !== undefined && wanted !== undefined) {
      return ctx.state.refusal === undefined && preflight(ctx, wanted) ? Promise.resolve() : next();
    }
    const policy = policies.get(ctx.state.found?.route.frontend);
    if (policy === undefined) return next();
    const origin = allowedOrigin(ctx, policy);
    if (origin !== undefined) {
      const { fields } = ctx.state;
      fields.set("Access-Control-Allow-Origin", origin);
      if (policy.credentials) fields.set("Access-Control-Allow-Credentials", "true");
      fields.set("Access-Control-Expose-Headers", policy.exposed);
    }
    return next();
  };
}
