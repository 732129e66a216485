/** Which composed answers are kept, and under which keys. */
import { GatewayError, UpstreamError } from "../../core/errors.ts";
import { stringifyJson } from "../../core/exact-json.ts";
import type { CacheRule } from "../../core/policies.ts";
import { parseCacheControl } from "../../http/caching/cache-control.ts";
import type { AnswerStore, KeptEntry } from "../../stores/answer-store.ts";
import { composedFields } from "../composed-fields.ts";
import type { Asked, Outcome } from "./computation.ts";
import { entityTagOf } from "./conditions.ts";
import { answerEntry, problemEntry, signpostEntry } from "./kept-answer.ts";
import type { ResponseKeys } from "./response-key.ts";

/** Where an answer is looked for. */
export interface Place {
  /** Of the route, its input and the caller. */
  readonly base: string;
  /** The base's own, or that of the variant for these header fields. */
  readonly key: string;
  /** The header fields by which answers at the base are known to differ. */
  readonly names: readonly string[];
}

/** Where the answer lies for requests that say what this one says in these header fields. */
export function variantOf(
  keys: ResponseKeys,
  { inbound }: Asked,
  { base }: Place,
  names: readonly string[],
): Place {
  return { base, key: keys.variantOf(base, names, inbound.headers), names };
}

export interface KeeperOptions {
  readonly rule: CacheRule;
  readonly keys: ResponseKeys;
  /** Names of header fields that are part of every key already. */
  readonly credentials: ReadonlySet<string>;
  readonly store: AnswerStore;
  /** Since the epoch. */
  readonly now: () => number;
}

/** An answer was kept, or a token that says why not. */
export type Keeping = { readonly entry: KeptEntry } | { readonly reason: string };

/** Keeps the answer of a run, if it may. `since`: the store's `mark`, from before the run. */
export type Keep = (
  outcome: Outcome,
  asked: Asked,
  place: Place,
  since: number | undefined,
) => Keeping;

/** More would make every request a variant of its own. */
const MAX_NAMES = 16;

export function createKeeper({ rule, keys, credentials, store, now }: KeeperOptions): Keep {
  function put(
    entry: KeptEntry,
    asked: Asked,
    place: Place,
    names: readonly string[],
    since: number | undefined,
  ): void {
    const ttlMs = entry.status === 200 ? rule.ttlMs + rule.staleMs : rule.negativeMs;
    const tags = tagsOf(rule.tags, asked.path);
    const options = { ttlMs, tags, ...(since === undefined ? {} : { since }) };
    if (names.length === 0) {
      store.set(place.key, entry, options);
      return;
    }
    store.set(keys.variantOf(place.base, names, asked.inbound.headers), entry, options);
    // Last: who finds it finds the answer.
    store.set(place.base, signpostEntry(names, entry.storedAtMs), options);
  }

  return function keep(outcome, asked, place, since) {
    const { answer, error, reads, context } = outcome;
    if (reads.personal !== undefined) return { reason: reads.personal };
    if (context.wrote === true) return { reason: "unsafe-call" };
    if (context.degradations.length > 0) return { reason: "degraded" };
    const read = [...reads.fields].filter((name) => !credentials.has(name));
    const names = [...new Set([...place.names, ...read])].sort();
    if (names.length > MAX_NAMES) return { reason: "too-many-header-fields" };
    if (answer === undefined) {
      if (!isNotFound(error) || rule.negativeMs === 0) return { reason: "error" };
      const entry = problemEntry("not-found", error.details.detail, now());
      put(entry, asked, place, names, since);
      return { entry };
    }
    const { status, headers, body } = answer;
    const isNegative = (status === 404 || status === 410) && rule.negativeMs > 0;
    if ((status !== 200 && !isNegative) || body === undefined) return { reason: "status" };
    const reason = refusalOf(headers, rule.isPublic);
    if (reason !== undefined) return { reason };
    const bytes = Buffer.from(stringifyJson(body));
    const own = fieldsOf(headers);
    // The answer itself will fail for it.
    if (own === undefined) return { reason: "header-fields" };
    const kept = { status, headers: Object.fromEntries(own), body: bytes };
    const entry = answerEntry(kept, entityTagOf(bytes), names, now());
    put(entry, asked, place, names, since);
    return { entry };
  };
}

function fieldsOf(
  headers: Readonly<Record<string, string>>,
): ReturnType<typeof composedFields> | undefined {
  try {
    return composedFields(headers);
  } catch {
    return undefined;
  }
}

/** What the composer's own header fields say against it. */
function refusalOf(
  headers: Readonly<Record<string, string>>,
  isPublic: boolean,
): string | undefined {
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    switch (name.toLowerCase()) {
      case "set-cookie":
        return "set-cookie";
      case "vary":
        if (value?.includes("*") === true) return "vary";
        break;
      case "cache-control": {
        const { directives } = parseCacheControl(value);
        if (directives.has("no-store")) return "no-store";
        if (isPublic && directives.has("private")) return "private";
        break;
      }
    }
  }
  return undefined;
}

/** The composer's own word, not a service's. */
function isNotFound(error: unknown): error is GatewayError {
  return (
    error instanceof GatewayError && !(error instanceof UpstreamError) && error.code === "not-found"
  );
}

/** `order:{orderId}` names the path parameter of this request. */
function tagsOf(
  tags: readonly string[],
  path: Readonly<Record<string, string>>,
): readonly string[] {
  if (!tags.some((tag) => tag.includes("{"))) return tags;
  return tags.map((tag) => tag.replace(/\{([^{}]+)\}/g, (whole, name) => path[name] ?? whole));
}
