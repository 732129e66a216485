/** A call of an operation on the wire's terms: its input written, its options decided. */
import type { RequestContext } from "../core/context.ts";
import { type Duration, parseDuration } from "../core/duration.ts";
import type { FallbackOptions } from "../core/operation.ts";
import { isToken } from "../http/header-value.ts";
import { isHopByHop } from "../http/hop-by-hop.ts";
import type { CompiledOperation } from "./operation.ts";
import type { OperationInput, OperationPlan } from "./plan.ts";
import type { AnswerReader, CallBody, CallNotes, Send, UpstreamCall } from "./send.ts";
import { checkField, type Fields } from "./serialise/header.ts";
import { invalidInput } from "./serialise/place.ts";

/** Milliseconds since the epoch. */
export type WallClock = () => number;

/** An operation and the way out, ready to be called for any request. */
export interface Caller {
  readonly operation: CompiledOperation;
  readonly send: Send;
  readonly timeoutMs: number;
  readonly maxAnswerBytes: number;
  readonly now: WallClock;
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
  readonly notes: CallNotes = this;
  source: CallNotes["source"] = "service";

  /** @throws GatewayError `invalid-input` when the input cannot be written. */
  constructor(
    { operation, timeoutMs }: Caller,
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
    this.timeoutMs = isPlain ? timeoutMs : (milliseconds(options.timeout) ?? timeoutMs);
    this.signal = options.signal;
    this.fallback = !isPlain && "fallback" in options ? { value: options.fallback } : undefined;
    this.staleMs = isPlain ? undefined : milliseconds(options.stale);
    this.part = context.part;
    this.read = read;
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
      throw invalidInput(place, "is no header field that a call can set");
    }
    fields[field] = checkField(value, place);
  }
}
