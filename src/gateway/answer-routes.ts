/** Gives every route what answers it. */
import type { Composer } from "../compose/composer.ts";
import type { GatewaySettings, ServiceSettings } from "../config/settings.ts";
import type { Clock } from "../core/deadline.ts";
import { type CompiledRetirement, compileRetirement } from "../core/retirement.ts";
import type { CompiledRoute, MatchableRoute } from "../server/compile-routes.ts";
import { answerComposed } from "../server/composed.ts";
import type { InFlight } from "../server/in-flight.ts";
import { answerProxied } from "../server/proxied.ts";
import {
  createResponseCache,
  type ResponseCache,
} from "../server/response-cache/response-cache.ts";
import type { ProxiedRoute } from "../server/route.ts";
import type { AnswerStore } from "../stores/answer-store.ts";
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
}

/** The route with its answer and its policies. */
export function withAnswer(route: MatchableRoute, outbound: Outbound): CompiledRoute {
  const { settings, services, inFlight } = outbound;
  const { definition } = route;
  const { bodyLimitBytes, deadlineMs } = settings.server;
  if (definition.kind === "composed") {
    const answer = answerComposed(definition, { bind: services.bind, bodyLimitBytes });
    const { composer } = definition;
    const own = { ...route, deadlineMs: composer.deadlineMs ?? deadlineMs, answer };
    const responses = responsesOf(composer, own.deadlineMs, outbound);
    return { ...own, responses, retirement: composer.retirement };
  }
  const { service } = definition;
  const own = settings.services[service];
  if (own === undefined) throw new RangeError(`there is no service "${service}"`);
  const retirement = retirementOf(definition, own);
  const rules = Object.hasOwn(own.operations, definition.operation.name)
    ? own.operations[definition.operation.name]
    : undefined;
  const limitBytes = rules?.bodyLimitBytes ?? bodyLimitBytes;
  const answer = answerProxied(definition, {
    send: services.send(service),
    settings: own,
    origins: services.origins(service),
    bodyLimitBytes: limitBytes,
    streams: { ...settings.server.streams, inFlight },
    retirement,
  });
  const { frontend } = own;
  return { ...route, frontend, deadlineMs, answer, retirement, bodyLimitBytes: limitBytes };
}

/** Configuration knows more than the document, which has no dates. */
function retirementOf(
  { operation }: ProxiedRoute,
  { operations }: ServiceSettings,
): CompiledRetirement | undefined {
  const { name, deprecated } = operation;
  const rules = Object.hasOwn(operations, name) ? operations[name] : undefined;
  return rules?.retirement ?? (deprecated === true ? DOCUMENTED : undefined);
}

const DOCUMENTED = compileRetirement({ deprecated: true });

function responsesOf(
  composer: Composer,
  deadlineMs: number,
  { settings, services, answers, masked, routeCached, clock }: Outbound,
): ResponseCache | undefined {
  const rule = composer.cache;
  if (rule === undefined) return undefined;
  const forwarded = Object.values(settings.services).flatMap(({ forward }) => forward);
  const credentials = [...CREDENTIALS, ...forwarded];
  const { bind } = services;
  return createResponseCache({
    composer,
    rule,
    deadlineMs,
    credentials,
    bind,
    store: answers,
    masked,
    told: (result) => routeCached(composer.template, result),
    clock,
    now: Date.now,
  });
}

/** What tells one caller from another, beside what configuration lets go on to services. */
const CREDENTIALS = ["authorization", "cookie"];
