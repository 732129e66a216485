/** Gives every route what answers it. */
import type { Composer } from "../compose/composer.ts";
import type { RouteSettings } from "../config/route-settings.ts";
import type { GatewaySettings } from "../config/settings.ts";
import type { DocumentedEnd } from "../core/access.ts";
import type { Clock } from "../core/deadline.ts";
import { announceRetirement } from "../core/retirement.ts";
import type { CompiledRoute, MatchableRoute } from "../server/compile-routes.ts";
import { answerComposed } from "../server/composed.ts";
import {
  createRouteCompression,
  type RouteCompression,
} from "../server/compression/route-compression.ts";
import { answerConfigured } from "../server/configured.ts";
import type { InFlight } from "../server/in-flight.ts";
import { answerProxied } from "../server/proxied.ts";
import {
  createResponseCache,
  type ResponseCache,
} from "../server/response-cache/response-cache.ts";
import type { ComposedRoute } from "../server/route.ts";
import type { RouteTunnels, Tunnels } from "../server/tunnel/tunnels.ts";
import type { AnswerStore } from "../stores/answer-store.ts";
import { chance } from "../upstream/chance.ts";
import type { MaskedEvent } from "../upstream/events.ts";
import type { Services } from "../upstream/services.ts";

/** What routes are answered with. */
export interface Outbound {
  readonly settings: GatewaySettings;
  readonly services: Services;
  readonly answers: AnswerStore;
  readonly masked: (event: MaskedEvent) => void;
  readonly routeCached: (route: string, result: string) => void;
  readonly clock: Clock;
  readonly inFlight: InFlight;
  readonly tunnels: Tunnels;
}

/** The route with its answer and its policies. */
export function withAnswer(route: MatchableRoute, outbound: Outbound): CompiledRoute {
  const { settings, services, inFlight } = outbound;
  const { definition } = route;
  const { bodyLimitBytes, deadlineMs, limits: clients } = settings.server;
  if (definition.kind === "composed") {
    const { composer } = definition;
    const compression = compressionOf(composer, settings);
    const { bind } = services;
    const bodyLimits = { bytes: bodyLimitBytes, items: clients.listItems };
    const answer = answerComposed(definition, { bind, bodyLimits, compression });
    const own = { ...route, deadlineMs: composer.deadlineMs ?? deadlineMs, answer };
    const responses = responsesOf(definition, own.deadlineMs, compression, outbound);
    // Who wrote the composer knows more than the documents.
    const retirement = announceRetirement(composer.retirement, definition.facts?.ending);
    return { ...own, responses, retirement };
  }
  if (definition.kind === "configured") {
    const { settings: own } = definition;
    const answer = answerConfigured(own, {
      send: (service) => services.send(service),
      services: settings.services,
      origins: (service) => services.origins(service),
      streams: { ...settings.server.streams, inFlight },
      bodyLimitBytes,
      random: chance,
      tunnels: tunnelsOf(route, own, outbound),
    });
    const limits = { deadlineMs: own.deadlineMs ?? deadlineMs, bodyLimitBytes: own.bodyLimitBytes };
    return { ...route, ...limits, answer, retirement: own.retirement };
  }
  const { service } = definition;
  const own = settings.services[service];
  if (own === undefined) throw new RangeError(`there is no service "${service}"`);
  const rules = Object.hasOwn(own.operations, definition.operation.name)
    ? own.operations[definition.operation.name]
    : undefined;
  const documented = definition.operation.deprecated === true ? DOCUMENTED : undefined;
  // Configuration knows more than the document.
  const retirement = announceRetirement(rules?.retirement, definition.facts?.ending ?? documented);
  const limitBytes = rules?.bodyLimitBytes ?? bodyLimitBytes;
  const answer = answerProxied(definition, {
    send: services.send(service),
    settings: own,
    origins: services.origins(service),
    bodyLimitBytes: limitBytes,
    streams: { ...settings.server.streams, inFlight },
    // What the service says itself is later news than its document.
    retirement: rules?.retirement,
  });
  const { frontend } = own;
  return { ...route, frontend, deadlineMs, answer, retirement, bodyLimitBytes: limitBytes };
}

function tunnelsOf(
  { template }: MatchableRoute,
  { name, websocket, frontend }: RouteSettings,
  { settings, tunnels, inFlight }: Outbound,
): RouteTunnels | undefined {
  if (websocket === undefined) return undefined;
  const cors = frontend === undefined ? undefined : settings.frontends[frontend]?.cors;
  return tunnels.ofRoute({
    name,
    route: template,
    rule: websocket,
    cors: cors?.origins ?? [],
    max: settings.server.maxTunnels,
    inFlight,
  });
}

/** Code that was generated without the index knows this alone. */
const DOCUMENTED: DocumentedEnd = { deprecated: true };

function responsesOf(
  { composer, frontend }: ComposedRoute,
  deadlineMs: number,
  compression: RouteCompression | undefined,
  { settings, services, answers, masked, routeCached, clock }: Outbound,
): ResponseCache | undefined {
  const rule = composer.cache;
  if (rule === undefined) return undefined;
  const credentials = credentialsOf(settings);
  const { bind } = services;
  return createResponseCache({
    composer,
    frontend,
    rule,
    deadlineMs,
    credentials,
    bind,
    store: answers,
    masked,
    told: (result) => routeCached(composer.template, result),
    clock,
    now: Date.now,
    compression,
  });
}

function compressionOf(
  composer: Composer,
  settings: GatewaySettings,
): RouteCompression | undefined {
  return createRouteCompression({
    settings: settings.server.compression,
    compress: composer.options.compress,
    isPublic: composer.cache?.isPublic === true,
    credentials: credentialsOf(settings).filter((name) => !NO_SECRET.test(name)),
  });
}

/** Fields that services are often told of, and that hold nobody's secret. */
const NO_SECRET = /^(?:accept(?:-.+)?|user-agent|origin|sec-.+|traceparent|tracestate)$/;

function credentialsOf({ services }: GatewaySettings): readonly string[] {
  return [...CREDENTIALS, ...Object.values(services).flatMap(({ forward }) => forward)];
}

/** What tells one caller from another, beside what configuration lets go on to services. */
const CREDENTIALS = ["authorization", "cookie"];
