/** The answers of one service in the store: found by call, with their variants, and put there. */

import type { AnswerHeaders } from "../../core/operation.ts";
import type { Keeping, Received } from "../../http/caching/keeping.ts";
import { storedFields } from "../../http/caching/stored-fields.ts";
import { type FieldLookup, parseVary, selectionOf } from "../../http/caching/vary.ts";
import type { AnswerStore, KeptEntry } from "../../stores/answer-store.ts";
import type { WallClock } from "../operation-call.ts";
import type { UpstreamCall } from "../send.ts";
import type { ServiceSettings } from "../settings.ts";
import { standInMsOf } from "./how-kept.ts";
import {
  isKeptAnswer,
  type KeptAnswer,
  keptAnswer,
  usefulMs,
  variantIndex,
  variantNames,
} from "./kept-answer.ts";
import { keyOf, targetTag, variantKeyOf } from "./key.ts";

/** What a look-up brought. */
export interface Found {
  /** Of everything that is kept for this service, identity and partition. */
  readonly key: string;
  /** Under which the answer lies, or would. */
  readonly place: string;
  readonly answer: KeptAnswer | undefined;
  /** RFC 9211 §2.2: something is kept, and it is for other requests. */
  readonly varies: boolean;
}

/** An answer as it came. */
export interface Fetched extends Received {
  /** Of {@link KeptAnswers.mark}, before it was asked for. */
  readonly since: number | undefined;
}

export interface KeptAnswers {
  /** Undefined: this call's answer is to this call alone. */
  keyOf(call: UpstreamCall): string | undefined;
  find(call: UpstreamCall): Found | undefined | Promise<Found>;
  /** Now, among invalidations: what was asked for before one is not kept after it. */
  mark(): number | undefined;
  put(call: UpstreamCall, key: string, fetched: Fetched, body: Buffer, keeping: Keeping): void;
  /** The same answer, confirmed by the service. @param fetched with the fields that it has now. */
  renew(
    call: UpstreamCall,
    found: Found,
    answer: KeptAnswer,
    fetched: Fetched,
    keeping: Keeping | undefined,
  ): KeptAnswer;
  remove(place: string): void;
  /** Forgets what is kept of these targets, whoever it is for. @param paths as the service knows them. */
  forget(service: string, paths: readonly string[]): void;
  /** The path and query of a call, as the service knows it. */
  pathOf(call: UpstreamCall): string;
}

/** Of an answer that was confirmed and may not be kept any longer. */
const SPENT: Keeping = { freshMs: 0, whileRevalidateMs: 0, ifErrorMs: 0, mayBeStale: false };
/** An index outlives the answers it leads to by this. */
const INDEX_MS = 60_000;

export function createKeptAnswers(
  settings: Pick<ServiceSettings, "url" | "forward" | "headers">,
  store: AnswerStore,
  now: WallClock,
): KeptAnswers {
  const base = new URL(settings.url).pathname.replace(/\/+$/, "");
  const { forward, headers: fixed } = settings;

  /** RFC 9111 §4.1: the request's fields as they are sent to the service. */
  function lookup({ headers, context }: UpstreamCall): FieldLookup {
    return (name) =>
      headers[name] ?? fixed[name] ?? (forward.includes(name) ? context.headers[name] : undefined);
  }

  function variant(call: UpstreamCall, key: string, names: readonly string[]): string {
    return names.length === 0 ? key : variantKeyOf(key, selectionOf(names, lookup(call)));
  }

  function found(
    call: UpstreamCall,
    key: string,
    entry: KeptEntry | undefined,
  ): Found | Promise<Found> {
    if (entry === undefined) return { key, place: key, answer: undefined, varies: false };
    const names = variantNames(entry);
    if (names === undefined) return { key, place: key, answer: answerOf(entry), varies: false };
    const place = variant(call, key, names);
    const second = store.get(place);
    if (!(second instanceof Promise)) return { key, place, answer: answerOf(second), varies: true };
    return second.then((one) => ({ key, place, answer: answerOf(one), varies: true }));
  }

  function pathOf({ target }: UpstreamCall): string {
    return base + target;
  }

  function set(
    call: UpstreamCall,
    key: string,
    answer: KeptAnswer,
    keeping: Keeping,
    since: number | undefined,
  ): void {
    const { cache } = call;
    const ttlMs = usefulMs(answer.headers, keeping, standInMsOf(call) ?? 0);
    const tags = [
      targetTag(call.service, pathOf(call)),
      ...(cache === undefined || cache === false ? [] : cache.tags),
    ];
    const names = namesOf(call, answer.headers);
    if (names === undefined) return;
    const options = { ttlMs, tags, ...(since === undefined ? {} : { since }) };
    const place = variant(call, key, names);
    if (place !== key) {
      store.set(key, variantIndex(names, now()), { ...options, ttlMs: ttlMs + INDEX_MS });
    }
    store.set(place, answer, options);
  }

  return {
    pathOf,
    keyOf: keyFor,
    find(call) {
      const key = keyFor(call);
      if (key === undefined) return undefined;
      const entry = store.get(key);
      if (entry instanceof Promise) return entry.then((one) => found(call, key, one));
      return found(call, key, entry) as Found | Promise<Found>;
    },
    mark: () => store.mark?.(),
    put(call, key, fetched, body, keeping) {
      const answer = keptAnswer(fetched, storedFields(fetched.headers), body, keeping);
      set(call, key, answer, keeping, fetched.since);
    },
    renew(call, { key, place }, answer, fetched, keeping) {
      const fields = storedFields(fetched.headers);
      const renewed = keptAnswer(fetched, fields, answer.body, keeping ?? SPENT);
      if (keeping === undefined) store.delete(place);
      else set(call, key, renewed, keeping, fetched.since);
      return renewed;
    },
    remove: (place) => store.delete(place),
    forget(service, paths) {
      for (const path of paths) void store.invalidateTag(targetTag(service, path));
    },
  };
}

function keyFor({ service, identity, partition, read }: UpstreamCall): string | undefined {
  if (identity === undefined || partition === undefined) return undefined;
  return keyOf(service, identity, partition, read !== undefined);
}

function answerOf(entry: KeptEntry | undefined): KeptAnswer | undefined {
  return entry !== undefined && isKeptAnswer(entry) ? entry : undefined;
}

/** The fields that choose; undefined: no other request could be answered with it (RFC 9111 §4.1). */
function namesOf({ cache }: UpstreamCall, headers: AnswerHeaders): readonly string[] | undefined {
  const names = parseVary(headers.vary);
  if (names !== "*") return names;
  return cache !== undefined && cache !== false && cache.ttlMs > 0 ? [] : undefined;
}
