/** THE order of the inbound side: what a request passes through on its way to its answer, outermost first. */
import type { GatewaySettings } from "../config/settings.ts";
import type { CompiledRoute } from "./compile-routes.ts";
import type { Middleware } from "./inbound.ts";
import { type AccessLogOptions, accessLog } from "./middleware/access-log.ts";
import { type AdminOptions, admin } from "./middleware/admin.ts";
import { bodyLimit } from "./middleware/body-limit.ts";
import { cors } from "./middleware/cors.ts";
import { type DocsOptions, docs } from "./middleware/docs.ts";
import { matchRoute } from "./middleware/match-route.ts";
import { type ProbesOptions, probes } from "./middleware/probes.ts";
import { type RequestContextOptions, requestContext } from "./middleware/request-context.ts";
import { rescue } from "./middleware/rescue.ts";
import { responseCache } from "./middleware/response-cache.ts";
import { type RetirementOptions, retirement } from "./middleware/retirement.ts";
import { securityHeaders } from "./middleware/security-headers.ts";
import { trustedClient } from "./middleware/trusted-client.ts";
import type { Router } from "./router.ts";

export interface InboundOptions {
  readonly settings: GatewaySettings;
  readonly router: Router<CompiledRoute>;
  readonly request: Omit<
    RequestContextOptions,
    "router" | "trustRequestId" | "deadlineMs" | "clientDeadline" | "maxHeaderFields"
  >;
  readonly log: AccessLogOptions;
  readonly probes: ProbesOptions;
  /** Absent: there are no such pages. */
  readonly admin?: AdminOptions | undefined;
  /** Absent: there is no such page. */
  readonly docs?: DocsOptions | undefined;
  /** Absent: no route is deprecated. */
  readonly retirement?: RetirementOptions | undefined;
}

/** The list. First listed is outermost. */
export function inboundPipeline({
  settings,
  router,
  request,
  log,
  probes: pages,
  admin: pagesOfAdmin,
  docs: shownDocs,
  retirement: retiring,
}: InboundOptions): readonly Middleware[] {
  const { trustRequestId, trustedProxies, deadlineMs, clientDeadline, bodyLimitBytes } =
    settings.server;
  const maxHeaderFields = settings.server.limits.headerFields;
  const guarding = securityHeaders(settings.server.securityHeaders);
  const { pages: fields } = settings.server.securityHeaders;
  const crossOrigin = cors(router, settings.frontends);
  return [
    // Everything below needs the id, the deadline and the signal that the client left.
    requestContext({
      ...request,
      router,
      trustRequestId,
      deadlineMs,
      clientDeadline,
      maxHeaderFields,
    }),
    // Outside of all that asks for the client's address, which the log is the first to do.
    ...(trustedProxies === undefined ? [] : [trustedClient(trustedProxies)]),
    // Outside of rescue: what is logged is what the client got.
    accessLog(log),
    // Outside of all that may fail: the one place where an error becomes HTTP.
    rescue(fields),
    // Outside of everything that may refuse: a gateway that lacks a session is still up.
    probes({ ...pages, fields }),
    // On problems too: they are answers like any other.
    ...(guarding === undefined ? [] : [guarding]),
    // For whoever runs the gateway; none of a frontend's policies are meant for it.
    ...(pagesOfAdmin === undefined ? [] : [admin({ ...pagesOfAdmin, fields })]),
    // Beside them: for people who write frontends, from wherever they are.
    ...(shownDocs === undefined ? [] : [docs({ ...shownDocs, fields })]),
    // Outside of the match: preflights have no route of their own, and a page may read why it was refused.
    ...(crossOrigin === undefined ? [] : [crossOrigin]),
    // Everything below is a policy of a route.
    matchRoute(router),
    // Before any work: what is gone is gone for everybody; and the answers that are kept must say when they end, too.
    ...(retiring === undefined ? [] : [retirement(retiring)]),
    // authenticate: who calls; first, because every line below depends on the consumer.
    // authorise: may they call this route; before their request costs anything.
    // CSRF: only where a cookie authenticated.
    // rate limit: by consumer; after the cheap refusals, which must not use up anybody's quota.
    // Before the first byte is read.
    bodyLimit(bodyLimitBytes),
    // Conditional requests as well: an answer that is kept needs neither composer nor service.
    responseCache(),
    // The route itself: composed or proxied.
    answer(),
  ];
}

function answer(): Middleware {
  return function answer(ctx) {
    // Matched above: without a route nothing comes this far.
    return ctx.state.found?.route.answer(ctx) ?? Promise.resolve();
  };
}
