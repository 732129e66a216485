/** A call that relays a caller's request to one operation. */
import type { RequestContext } from "../core/context.ts";
import type { CacheRule, OperationRules } from "../core/policies.ts";
import { callerOf } from "./caller.ts";
import { hasStandIn } from "./layers/time-left.ts";
import type { AnswerKind, OperationPlan } from "./plan.ts";
import type { CallBody, CallNotes, UpstreamCall } from "./send.ts";

export interface RelayFacts {
  readonly service: string;
  readonly operation: OperationPlan;
  readonly target: string;
  readonly headers: Record<string, string | string[]>;
  readonly body: CallBody;
  readonly context: RequestContext;
  readonly timeoutMs: number;
  /** Names of the caller's fields that configuration lets go on. */
  readonly forward: readonly string[];
  readonly rules: OperationRules | undefined;
  /** See `UpstreamCall`. */
  readonly silenceMs?: number | undefined;
}

/** A class for the reason of `OperationCall`. */
export class RelayedCall implements UpstreamCall, CallNotes {
  readonly service: string;
  readonly operation: OperationPlan;
  readonly method: string;
  readonly target: string;
  readonly headers: Record<string, string | string[]>;
  readonly body: CallBody;
  readonly mode: UpstreamCall["mode"];
  readonly context: RequestContext;
  readonly timeoutMs: number;
  readonly signal: undefined = undefined;
  readonly fallback: UpstreamCall["fallback"];
  readonly staleMs: number | undefined;
  readonly part = "";
  readonly read: undefined = undefined;
  readonly cache: CacheRule | false | undefined;
  readonly hedgeMs: number | undefined;
  readonly retry: false | undefined;
  readonly silenceMs: number | undefined;
  readonly shares = false;
  readonly notes: CallNotes = this;
  source: CallNotes["source"] = "service";
  attempts = 0;
  cacheStatus: string | undefined = undefined;
  readonly #forward: readonly string[];
  #partition: string | undefined;

  constructor(facts: RelayFacts) {
    const { operation, rules } = facts;
    this.service = facts.service;
    this.operation = operation;
    // HEAD is asked for as GET: many services answer it with 405, and the fields are those of GET.
    this.method = operation.method;
    this.target = facts.target;
    this.headers = facts.headers;
    this.body = facts.body;
    this.context = facts.context;
    this.timeoutMs = facts.timeoutMs;
    this.fallback = rules?.fallback;
    this.staleMs = rules?.staleMs;
    this.cache = rules?.cache;
    this.hedgeMs = rules?.hedgeMs;
    this.retry = rules?.retry;
    this.silenceMs = facts.silenceMs;
    // What has begun to go on cannot be masked any more: it is read whole before.
    this.mode = hasStandIn(this) && !mayStream(operation) ? "collect" : "stream";
    this.#forward = facts.forward;
  }

  /**
   * Without the caller's header fields: which of them matter is the answer's to say (`Vary`). But RFC 9111 §4: with the
   * origin that was asked, by which the service may tell sites apart and make links. It is the caller's to choose.
   */
  get identity(): string | undefined {
    if ((this.method !== "GET" && this.method !== "HEAD") || this.body !== null) return undefined;
    const { "x-forwarded-host": host = "", "x-forwarded-proto": scheme = "" } = this.headers;
    return `${this.operation.name} ${this.method} ${this.target} ${scheme}://${host}`;
  }

  /** All that could tell one caller from another, unless the answer is declared to be the same for all. */
  get partition(): string {
    if (this.cache !== undefined && this.cache !== false && this.cache.isPublic) return "";
    this.#partition ??= partitionOf(this.context, this.headers, this.#forward);
    return this.#partition;
  }
}

/** Whether an answer may be one that goes on for as long as somebody reads it. */
function mayStream({ answers }: OperationPlan): boolean {
  return Object.values(answers).some((byType) =>
    Object.values(byType).some((kind) => STREAMS.has(kind)),
  );
}

const STREAMS: ReadonlySet<AnswerKind> = new Set<AnswerKind>(["ndjson", "sse", "sse-text"]);

/** Fields that choose among representations or describe one message: of no caller in particular. */
const IMPERSONAL: ReadonlySet<string> = new Set([
  "accept",
  "accept-charset",
  "accept-encoding",
  "accept-language",
  "cache-control",
  "content-length",
  "content-type",
  "date",
  "dnt",
  "forwarded",
  "if-match",
  "if-modified-since",
  "if-none-match",
  "if-range",
  "if-unmodified-since",
  "max-forwards",
  "origin",
  "pragma",
  "priority",
  "range",
  "referer",
  "te",
  "traceparent",
  "tracestate",
  "upgrade-insecure-requests",
  "user-agent",
  "via",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-request-id",
]);

function partitionOf(
  context: RequestContext,
  headers: Readonly<Record<string, string | string[]>>,
  forward: readonly string[],
): string {
  let partition = forward.length === 0 ? "" : callerOf(context, forward);
  const personal = Object.keys(headers).filter(
    (name) => !IMPERSONAL.has(name) && !name.startsWith("sec-") && !forward.includes(name),
  );
  for (const name of personal.sort()) partition += `\n${name}:${JSON.stringify(headers[name])}`;
  return partition;
}
