/** Layer: answers from what is kept, and keeps what may be kept (RFC 9111, 5861, 9213). */
import { type ForwardReason, forwardStatus, hitStatus } from "../../http/caching/cache-status.ts";
import { invalidatedTargets, isUnsafe } from "../../http/caching/invalidation.ts";
import { isForServiceOnly } from "../../http/caching/preconditions.ts";
import { requestDirectives, reuseOf } from "../../http/caching/reuse.ts";
import type { AnswerStore } from "../../stores/answer-store.ts";
import type { OwnOrigins } from "../balance/own-origins.ts";
import { nothingKept, wantsKeptOnly } from "../cache/asked-for.ts";
import type { Background } from "../cache/background.ts";
import {
  type Asked,
  type Errand,
  Fetching,
  type FetchingOptions,
  note,
} from "../cache/fetching.ts";
import { createFlights, type Flight, type Flights } from "../cache/flights.ts";
import { givenAnswer } from "../cache/given-answer.ts";
import { mayBeKept, standInMsOf, timedRule } from "../cache/how-kept.ts";
import { type KeptAnswer, standingOf } from "../cache/kept-answer.ts";
import { createKeptAnswers, type Found, type KeptAnswers } from "../cache/kept-answers.ts";
import type { Layer, Send, UpstreamAnswer, UpstreamCall } from "../send.ts";

export interface CacheLayerOptions extends FetchingOptions {
  readonly background: Background;
  /** Where the service is, beside the first of its addresses. */
  readonly origins?: OwnOrigins;
}

const BYPASS = forwardStatus({ reason: "bypass" });
const METHOD = forwardStatus({ reason: "method" });
const MISS = forwardStatus({ reason: "miss" });

/** In the last part of its life an answer is fetched anew before anyone has to wait for that. */
const AHEAD = 0.1;

/** What is kept is looked at for GET alone; a HEAD that is relayed comes as GET. */
export function cache(options: CacheLayerOptions): Layer {
  return function cacheLayer(next) {
    const calls = new CachedCalls(options, next);
    return (call) => calls.send(call);
  };
}

class CachedCalls {
  readonly #options: CacheLayerOptions;
  readonly #next: Send;
  readonly #answers: KeptAnswers;
  readonly #fetching: Fetching;
  readonly #flights: Flights = createFlights();
  readonly #origin: string;
  /** Answers that were asked for near their end: the second time they are fetched anew. */
  readonly #ageing: WeakSet<KeptAnswer> = new WeakSet();

  constructor(options: CacheLayerOptions, next: Send) {
    const { settings, store, now } = options;
    this.#options = options;
    this.#next = next;
    this.#answers = createKeptAnswers(settings, store, now);
    this.#fetching = new Fetching(options, this.#answers, next);
    this.#origin = new URL(settings.url).origin;
  }

  send(call: UpstreamCall): Promise<UpstreamAnswer> {
    const { method, cache } = call;
    if (method !== "GET") {
      note(call, METHOD);
      return isUnsafe(method) ? this.#change(call) : this.#next(call);
    }
    if (cache === false || (cache === undefined && !this.#options.settings.cache)) {
      note(call, BYPASS);
      return standInMsOf(call) === undefined ? this.#next(call) : this.#first(call, "bypass");
    }
    if (cache === undefined && !this.#fetching.everKept(call)) {
      note(call, MISS);
      return wantsKeptOnly(call) ? Promise.reject(nothingKept()) : this.#first(call, "miss");
    }
    return this.#lookUp(call, false);
  }

  /** Nearly every call: nothing is kept, and nothing says that anything may be. */
  #first(call: UpstreamCall, reason: ForwardReason): Promise<UpstreamAnswer> {
    const requestedAtMs = this.#options.now();
    const since = this.#answers.mark();
    return this.#next(call).then((answer) =>
      mayBeKept(call, answer.headers)
        ? this.#keepFirst(call, answer, { requestedAtMs, since }, reason)
        : answer,
    );
  }

  #keepFirst(
    call: UpstreamCall,
    answer: UpstreamAnswer,
    asked: Asked,
    reason: ForwardReason,
  ): UpstreamAnswer {
    const key = this.#answers.keyOf(call);
    // RFC 9111 §5.2.1.5
    const directives = requestDirectives(call.headers["cache-control"]);
    if (key === undefined || directives.has("no-store") || isForServiceOnly(call.headers)) {
      return answer;
    }
    const found = { key, place: key, answer: undefined, varies: false };
    return this.#fetching.keep(call, answer, asked, { found, reason });
  }

  #lookUp(call: UpstreamCall, waited: boolean): Promise<UpstreamAnswer> {
    const found = this.#answers.find(call);
    if (found instanceof Promise) return found.then((one) => this.#found(call, one, waited));
    if (found !== undefined) return this.#found(call, found, waited);
    note(call, BYPASS);
    return this.#next(call);
  }

  #found(call: UpstreamCall, found: Found, waited: boolean): Promise<UpstreamAnswer> {
    const { answer } = found;
    // Who has given a time of their own has decided how old an answer may be: that is not for clients to say.
    const ruled = timedRule(call) !== undefined;
    const directives = requestDirectives(ruled ? undefined : call.headers["cache-control"]);
    if (isForServiceOnly(call.headers) || directives.has("no-store")) return this.#bypass(call);
    const standing = answer && standingOf(answer, this.#options.now());
    const reuse = standing === undefined ? "validate" : reuseOf(standing, directives);
    if (answer !== undefined && standing !== undefined && reuse !== "validate") {
      const given = this.#give(call, found, answer, waited);
      if (given !== undefined) {
        if (
          reuse === "background" ||
          (reuse === "fresh" && this.#isAgeing(answer, standing.leftMs))
        ) {
          this.#refresh(call, found, answer);
        }
        return Promise.resolve(given);
      }
      return this.#goOn(call, { ...found, answer: undefined }, "miss", waited);
    }
    // RFC 9111 §5.2.1.7
    if (wantsKeptOnly(call)) return Promise.reject(nothingKept());
    // RFC 9211 §2.2
    const reason: ForwardReason =
      standing === undefined
        ? found.varies
          ? "vary-miss"
          : "miss"
        : standing.leftMs > 0
          ? "request"
          : "stale";
    return this.#goOn(call, found, reason, waited);
  }

  /** Undefined: what is kept is not what this call can read. */
  #give(
    call: UpstreamCall,
    { place }: Found,
    answer: KeptAnswer,
    waited: boolean,
  ): UpstreamAnswer | undefined {
    const { now, events } = this.#options;
    const nowMs = now();
    let given: UpstreamAnswer;
    try {
      given = givenAnswer(call, answer, nowMs);
    } catch {
      this.#answers.remove(place);
      return undefined;
    }
    const { leftMs } = standingOf(answer, nowMs);
    const status = waited
      ? forwardStatus({ reason: "miss", collapsed: true })
      : hitStatus(leftMs / 1_000);
    note(call, status, "cache");
    const { service, operation } = call;
    events.cached?.({ service, operation: operation.name, result: leftMs > 0 ? "hit" : "stale" });
    return given;
  }

  /** One call goes on to the service; the others that want the same wait for it. */
  #goOn(
    call: UpstreamCall,
    found: Found,
    reason: ForwardReason,
    waited: boolean,
  ): Promise<UpstreamAnswer> {
    // Who will not have what is kept need not wait for it.
    if (waited || reason === "request" || !this.#fetching.isWorthWaiting(call)) {
      return this.#fetch(call, { found, reason });
    }
    const flight = this.#flights.start(found.place);
    if (flight === undefined) {
      return this.#flights.wait(found.place, call).then(() => this.#lookUp(call, true));
    }
    const { store } = this.#options;
    const errand = { found, reason, flight };
    // In this process nobody else fetches it; in another one somebody may.
    return store.lock === undefined || store.health.redis !== "up"
      ? this.#fetch(call, errand)
      : this.#locked(call, errand, store, flight);
  }

  /** Of all processes one fetches; the others take what it brings, or go themselves when that takes too long. */
  async #locked(
    call: UpstreamCall,
    errand: Errand,
    store: AnswerStore,
    flight: Flight,
  ): Promise<UpstreamAnswer> {
    const { place } = errand.found;
    const waitMs = Math.min(call.timeoutMs, call.context.deadline.remainingMs());
    const release = await store.lock?.(place, call.timeoutMs);
    if (release === undefined) {
      const entry = await store.waitFor?.(place, waitMs);
      flight.land();
      return entry === undefined
        ? this.#fetch(call, { ...errand, flight: undefined })
        : this.#lookUp(call, true);
    }
    return this.#fetch(call, { ...errand, flight: landing(flight, release) });
  }

  #fetch(call: UpstreamCall, errand: Errand): Promise<UpstreamAnswer> {
    const { answer } = errand.found;
    return answer === undefined
      ? this.#fetching.fetch(call, errand)
      : this.#fetching.validate(call, errand, answer);
  }

  /** Behind the back of the caller, who has its answer. */
  #refresh(call: UpstreamCall, found: Found, answer: KeptAnswer): void {
    const { place } = found;
    this.#options.background.run(place, call, (detached) => {
      const flight = this.#flights.start(place);
      if (flight === undefined) return Promise.resolve();
      const errand = { found, reason: "stale", flight, unattended: true } as const;
      return this.#fetching.validate(detached, errand, answer).finally(() => flight.land());
    });
  }

  /** A single late request is no reason: an answer that nobody asks for any more may end. */
  #isAgeing(answer: KeptAnswer, leftMs: number): boolean {
    if (leftMs > answer.meta.freshMs * AHEAD) return false;
    if (this.#ageing.has(answer)) return true;
    this.#ageing.add(answer);
    return false;
  }

  /** RFC 9111 §4.4. A call that failed may have changed something as well. */
  #change(call: UpstreamCall): Promise<UpstreamAnswer> {
    const path = this.#answers.pathOf(call);
    return this.#next(call).then(
      (answer) => {
        const { status, headers } = answer;
        const has = this.#options.origins?.has;
        const targets = invalidatedTargets(status, headers, path, this.#origin, has);
        this.#answers.forget(call.service, targets);
        return answer;
      },
      (error: unknown) => {
        this.#answers.forget(call.service, [path]);
        throw error;
      },
    );
  }

  #bypass(call: UpstreamCall): Promise<UpstreamAnswer> {
    note(call, BYPASS);
    const { service, operation } = call;
    this.#options.events.cached?.({ service, operation: operation.name, result: "bypass" });
    return this.#next(call);
  }
}

/** Lets those in other processes go on, too. */
function landing(flight: Flight, release: () => void): Flight {
  return {
    land() {
      release();
      flight.land();
    },
  };
}
