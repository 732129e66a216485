/** The response cache: whole answers of a composed route, given out without calling its composer. */
import type { Degradation } from "../../core/context.ts";
import { problem, UpstreamError } from "../../core/errors.ts";
import type { CacheRule } from "../../core/policies.ts";
import { negotiate } from "../../http/accept.ts";
import {
  createHitField,
  type ForwardReason,
  forwardStatus,
} from "../../http/caching/cache-status.ts";
import type { AnswerStore, KeptEntry } from "../../stores/answer-store.ts";
import type { MaskedEvent } from "../../upstream/events.ts";
import { clientAddress } from "../client-address.ts";
import { OFFERS } from "../composed.ts";
import { readComposedQuery } from "../composed-query.ts";
import type { RouteCompression } from "../compression/route-compression.ts";
import type { InboundContext } from "../inbound.ts";
import { toGatewayError } from "../problem-document.ts";
import { reportProblem } from "../report-problem.ts";
import { writeComposed } from "../write-composed.ts";
import { Asked, type ComputationOptions, type Outcome } from "./computation.ts";
import { giveAnswer, setCacheStatus } from "./give-answer.ts";
import { createKeeper, type Place, variantOf } from "./keep-answer.ts";
import { type KeptProblem, keptOf, type ReadyAnswer } from "./kept-answer.ts";
import { createResponseKeys } from "./response-key.ts";
import { createSharedRuns, isFor } from "./shared-runs.ts";

export interface ResponseCache {
  /** Answers; undefined: what is asked for is not a matter of this cache (a stream). */
  answer(ctx: InboundContext): Promise<void> | undefined;
}

export interface ResponseCacheOptions extends ComputationOptions {
  /** Whose route it is: two of them may have the same path on hosts of their own. */
  readonly frontend: string;
  readonly rule: CacheRule;
  /** Names of the header fields that may tell one caller from another, in lower case. */
  readonly credentials: readonly string[];
  readonly store: AnswerStore;
  /** Since the epoch. */
  readonly now: () => number;
  /** Is told when an answer could not be renewed, and the old one stands in. */
  readonly masked?: ((event: MaskedEvent) => void) | undefined;
  /** Undefined: answers are given as they are. */
  readonly compression?: RouteCompression | undefined;
  /** Is told of every look-up. */
  readonly told?: ((result: RouteCacheResult) => void) | undefined;
}

/** What a look-up brought; `bypass`: a stream was asked for. */
export type RouteCacheResult = "hit" | "stale" | "miss" | "bypass";

/** After a renewal that failed, how long the next is not begun. */
const RENEWAL_PAUSE_MS = 1_000;

/** The response cache of one route. */
export function createResponseCache(options: ResponseCacheOptions): ResponseCache {
  const { composer, frontend, rule, store, now, masked, told } = options;
  const credentials = rule.isPublic ? [] : options.credentials;
  const keys = createResponseKeys(`GET ${frontend} ${composer.template}`, credentials);
  const keep = createKeeper({ rule, keys, credentials: new Set(credentials), store, now });
  const hitField = createHitField();
  const { compression } = options;
  const policy = { cacheControl: cacheControlOf(rule), isPublic: rule.isPublic, compression };
  const runs = createSharedRuns({ ...options, keep, keys, isFresh });

  function lookUp(ctx: InboundContext, asked: Asked, tries: number): Promise<void> {
    const { headers } = asked.inbound;
    const base = keys.keyOf(asked.values, asked.query, asked.fields, headers);
    const place: Place = { base, key: base, names: NO_NAMES };
    const entry = store.get(base);
    return entry instanceof Promise
      ? entry.then((late) => found(ctx, asked, place, late, tries))
      : found(ctx, asked, place, entry, tries);
  }

  function found(
    ctx: InboundContext,
    asked: Asked,
    place: Place,
    entry: KeptEntry | undefined,
    tries: number,
  ): Promise<void> {
    const kept = entry === undefined ? undefined : keptOf(entry);
    if (kept === undefined) {
      return forward(ctx, asked, place, place.names.length > 0 ? "vary-miss" : "miss", tries);
    }
    if (kept.kind === "signpost") {
      if (place.names.length > 0) return forward(ctx, asked, place, "vary-miss", tries);
      const variant = variantOf(keys, asked, place, kept.names);
      const answer = store.get(variant.key);
      return answer instanceof Promise
        ? answer.then((late) => found(ctx, asked, variant, late, tries))
        : found(ctx, asked, variant, answer, tries);
    }
    // Other processes have clocks of their own.
    const ageMs = Math.max(0, now() - kept.storedAtMs);
    const leftMs = freshMs(kept) - ageMs;
    if (leftMs <= 0 && (kept.kind === "problem" || leftMs + staleMs(kept) <= 0)) {
      return forward(ctx, asked, place, "stale", tries);
    }
    ctx.state.fields.set("Cache-Status", hitField(Math.floor(leftMs / 1_000)));
    if (tries === 0) told?.(leftMs > 0 ? "hit" : "stale");
    if (kept.kind === "problem") throw problem(kept.code, detailsOf(kept));
    if (leftMs <= 0) {
      renew(asked, place, kept);
      if (kept.failure !== undefined) asked.inbound.degradations.push(kept.failure.degradation);
    }
    return giveAnswer(ctx, kept, policy, Math.floor(ageMs / 1_000)) ?? DONE;
  }

  /** Asks the composer, or whoever is asking it already. */
  async function forward(
    ctx: InboundContext,
    asked: Asked,
    place: Place,
    reason: ForwardReason,
    tries: number,
  ): Promise<void> {
    const { inbound } = asked;
    setCacheStatus(ctx, forwardStatus({ reason }));
    if (tries === 0) told?.("miss");
    const running = tries < MAX_TRIES ? runs.of(place.key) : undefined;
    const { asked: leader, computation, landing: awaited } = running ?? runs.begin(asked, place);
    const landing = await computation.waitFor(inbound.deadline, awaited);
    if (running !== undefined && !isFor(asked, leader, landing)) {
      return lookUp(ctx, asked, tries + 1);
    }
    const { ready, outcome } = landing;
    const collapsed = running !== undefined || outcome === undefined;
    if (ready !== undefined) {
      setCacheStatus(ctx, forwardStatus({ reason, stored: !collapsed, collapsed }));
      return giveAnswer(ctx, ready, policy, undefined);
    }
    const parameters = forwardStatus({ reason, collapsed });
    setCacheStatus(
      ctx,
      landing.reason === undefined ? parameters : `${parameters}; detail=${landing.reason}`,
    );
    if (outcome?.answer === undefined) throw outcome?.error;
    inbound.degradations.push(...outcome.context.degradations);
    return writeComposed(ctx, outcome.answer, compression);
  }

  /** RFC 5861 §3: behind the back of whoever was given the stale answer. */
  function renew(asked: Asked, place: Place, ready: ReadyAnswer): void {
    const { failure } = ready;
    if (runs.isUnderWay(place.key)) return;
    if (failure !== undefined && now() - failure.atMs < RENEWAL_PAUSE_MS) return;
    runs.begin(asked, place).landing.then(
      ({ outcome, reason }) => {
        if (outcome === undefined || reason === undefined) return;
        const degradation = failureOf(outcome);
        // RFC 5861 §4: only what is an error lets the old answer live on.
        if (degradation === undefined) return store.delete(place.key);
        ready.failure = { degradation, atMs: now() };
        tell(outcome, degradation, asked);
      },
      (error: unknown) => reportProblem(asked.inbound, toGatewayError(error)),
    );
  }

  /** A call that was masked has been told already. */
  function tell(
    { error, context }: Outcome,
    { service, operation, reason, part }: Degradation,
    { inbound }: Asked,
  ): void {
    if (error === undefined) return;
    if (error instanceof UpstreamError) {
      masked?.({ service, operation, reason, part, kind: "stale", error, context });
    } else {
      reportProblem(inbound, toGatewayError(error));
    }
  }

  function freshMs(kept: ReadyAnswer | KeptProblem): number {
    return kept.kind === "answer" && kept.status === 200 ? rule.ttlMs : rule.negativeMs;
  }

  function isFresh(kept: ReadyAnswer): boolean {
    return now() - kept.storedAtMs < freshMs(kept);
  }

  function staleMs({ status }: ReadyAnswer): number {
    return status === 200 ? rule.staleMs : 0;
  }

  return {
    answer(ctx) {
      const { req, state: inbound } = ctx;
      if (!isForJson(req.headers.accept)) {
        setCacheStatus(ctx, BYPASS);
        told?.("bypass");
        return undefined;
      }
      const { query, fields } = readComposedQuery(inbound.target.query);
      return lookUp(ctx, new Asked(inbound, query, fields, clientAddress(ctx)), 0);
    },
  };
}

const DONE = Promise.resolve();
const NO_NAMES: readonly string[] = [];
const BYPASS = forwardStatus({ reason: "bypass" });
/** How often an answer that turned out to be another's is waited for again. */
const MAX_TRIES = 2;

/**
 * What caches behind the gateway may do. An answer for one caller is asked about again every time: the same browser
 * may be somebody else's next, and a tag that is invalidated here is not there.
 */
function cacheControlOf({ isPublic, ttlMs }: CacheRule): string {
  return isPublic ? `public, max-age=${Math.floor(ttlMs / 1_000)}` : "private, no-cache";
}

function isForJson(accept: string | undefined): boolean {
  if (accept === undefined || accept === "*/*" || accept === "application/json") return true;
  return negotiate(accept, OFFERS) === "application/json";
}

function detailsOf({ detail }: KeptProblem): { detail?: string } {
  return detail === undefined ? {} : { detail };
}

/** What makes the old answer the better one; undefined: nothing. */
function failureOf({ error, context }: Outcome): Degradation | undefined {
  const [first] = context.degradations;
  if (first !== undefined) return { ...first, kind: "stale" };
  if (error === undefined) return undefined;
  const { code, status, details } = toGatewayError(error);
  if (status < 500 && status !== 429) return undefined;
  const { service = "", operation = "" } = details;
  return { part: "", service, operation, reason: code, kind: "stale" };
}
