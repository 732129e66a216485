/** A call of an operation on the wire's terms: its input written, its options decided. */
import type { RequestContext } from "../core/context.ts";
import { type Duration, parseDuration } from "../core/duration.ts";
import type { FallbackOptions } from "../core/operation.ts";
import { cacheRuleOf, type OperationRules } from "../core/policies.ts";
import { isToken } from "../http/header-value.ts";
import { isHopByHop } from "../http/hop-by-hop.ts";
import { type BatchTicket, type CompiledBatch, ticketFor } from "./batch/compiled-batch.ts";
import { callerOf } from "./caller.ts";
import type { CompiledOperation } from "./operation.ts";
import type { OperationInput, OperationPlan } from "./plan.ts";
import type { AnswerReader, CallBody, CallNotes, Send, UpstreamCall } from "./send.ts";
import { checkField, type Fields } from "./serialise/header.ts";
import { impossibleInput } from "./serialise/place.ts";
import { makeKey, type Sharing } from "./sharing-key.ts";

/** See {@link UpstreamCall.identity}. RFC 9110 §9.2.1: safe, and without a body, which would be part of it. */
export function identityOf(call: UpstreamCall): string | undefined {
  const { operation, method, target, headers, body } = call;
  if ((method !== "GET" && method !== "HEAD") || body !== null) return undefined;
  let identity = `${operation.name} ${method} ${target}`;
  for (const name of Object.keys(headers)) identity += `\n${name}:${String(headers[name])}`;
  return identity;
}

/** Milliseconds since the epoch. */
export type WallClock = () => number;

/** An operation and the way out, ready to be called for any request. */
export interface Caller {
  readonly operation: CompiledOperation;
  readonly send: Send;
  readonly timeoutMs: number;
  readonly maxAnswerBytes: number;
  /** Names of the caller's fields that go on. */
  readonly forward: readonly string[];
  /** What configuration says of the operation. */
  readonly rules: OperationRules | undefined;
  readonly now: WallClock;
  readonly sharing: Sharing;
  /** Present: single calls of one turn become a bulk call. */
  readonly batch?: CompiledBatch | undefined;
}

export type Options = FallbackOptions<unknown>;

export const NO_OPTIONS: Options = {};

/**
 * All calls have one shape, so that layers stay fast. A class, because V8 learns from literals that outlive a few
 * collections to put them among the old objects at once, and everything that hangs on them survives with them.
 */
export class OperationCall implements UpstreamCall, CallNotes {
  readonly service: string;
  readonly operation: OperationPlan;
  readonly method: string;
  readonly target: string;
  readonly headers: Fields = {};
  readonly body: CallBody;
  readonly mode: UpstreamCall["mode"];
  readonly context: RequestContext;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly fallback: UpstreamCall["fallback"];
  readonly staleMs: number | undefined;
  readonly part: string;
  readonly read: AnswerReader;
  readonly cache: UpstreamCall["cache"];
  readonly hedgeMs: number | undefined;
  readonly retry: false | undefined;
  readonly batch: BatchTicket | undefined;
  readonly notes: CallNotes = this;
  source: CallNotes["source"] = "service";
  attempts = 0;
  cacheStatus: string | undefined = undefined;
  readonly #forward: readonly string[];
  readonly #sharing: Sharing;
  #identity: string | undefined;
  #sharingKey: string | undefined;
  #partition: string | undefined;

  /** @throws GatewayError `invalid-input` when the input cannot be written. */
  constructor(
    { operation, timeoutMs, forward, rules, batch, sharing }: Caller,
    context: RequestContext,
    input: OperationInput,
    options: Options,
    mode: UpstreamCall["mode"],
    accept = operation.plan.accept,
  ) {
    const { plan, service, read } = operation;
    const isPlain = options === NO_OPTIONS;
    this.service = service;
    this.operation = plan;
    this.method = plan.method;
    this.target = operation.target(input);
    if (accept !== undefined) this.headers.accept = accept;
    this.body = operation.write(input, this.headers);
    if (options.headers !== undefined) addHeaders(operation, options.headers, this.headers);
    this.mode = mode;
    this.context = context;
    this.timeoutMs = (isPlain ? undefined : milliseconds(options.timeout)) ?? timeoutMs;
    this.signal = options.signal;
    this.fallback =
      !isPlain && "fallback" in options ? { value: options.fallback } : rules?.fallback;
    this.staleMs = (isPlain ? undefined : milliseconds(options.stale)) ?? rules?.staleMs;
    this.part = context.part;
    this.read = read;
    this.cache =
      isPlain || options.cache === undefined ? rules?.cache : (cacheRuleOf(options.cache) ?? false);
    this.hedgeMs = (isPlain ? undefined : milliseconds(options.hedge)) ?? rules?.hedgeMs;
    this.retry = isPlain ? rules?.retry : (options.retry ?? rules?.retry);
    this.batch =
      batch === undefined || mode === "stream" ? undefined : ticketFor(batch, this, input, options);
    this.#forward = forward;
    this.#sharing = sharing;
  }

  /** Put together when it is first asked for: by the layers that share answers. */
  get identity(): string | undefined {
    this.#identity ??= identityOf(this);
    return this.#identity;
  }

  get sharingKey(): string | undefined {
    this.#sharingKey ??= makeKey(this, this.#sharing);
    return this.#sharingKey;
  }

  get partition(): string {
    if (this.#forward.length === 0) return "";
    if (this.cache !== undefined && this.cache !== false && this.cache.isPublic) return "";
    this.#partition ??= callerOf(this.context, this.#forward);
    return this.#partition;
  }
}

function milliseconds(duration: Duration | undefined): number | undefined {
  return duration === undefined ? undefined : parseDuration(duration);
}

/** How a message is framed and where it goes is not the composer's to say (RFC 9112 §6). */
const FRAMING: ReadonlySet<string> = new Set(["host", "content-length", "expect"]);

function addHeaders(
  { service, plan }: CompiledOperation,
  given: Readonly<Record<string, string>>,
  fields: Fields,
): void {
  for (const [name, value] of Object.entries(given)) {
    const place = { service, operation: plan.name, pointer: `/headers/${name}` };
    const field = name.toLowerCase();
    if (!isToken(name) || isHopByHop(field) || FRAMING.has(field)) {
      throw impossibleInput(place, "is no header field that a call can set");
    }
    fields[field] = checkField(value, place);
  }
}
