/** The one call that several callers wait for. */
import type { RequestContext } from "../../core/context.ts";
import type { CallNotes, UpstreamCall } from "../send.ts";

/** As the first caller made it, without what is that caller's alone: its stand-in, its part, its deadline. */
export class FlightCall implements UpstreamCall, CallNotes {
  readonly service: string;
  readonly operation: UpstreamCall["operation"];
  readonly method: string;
  readonly target: string;
  readonly headers: UpstreamCall["headers"];
  readonly body: UpstreamCall["body"];
  readonly mode: UpstreamCall["mode"];
  readonly context: RequestContext;
  readonly timeoutMs: number;
  readonly signal: undefined = undefined;
  readonly fallback: undefined = undefined;
  readonly staleMs: undefined = undefined;
  readonly standInMs: number | undefined;
  readonly part = "";
  readonly read: UpstreamCall["read"];
  readonly identity: string | undefined;
  readonly partition: string | undefined;
  readonly cache: UpstreamCall["cache"];
  readonly hedgeMs: number | undefined;
  readonly retry: false | undefined;
  readonly notes: CallNotes = this;
  source: CallNotes["source"] = "service";
  attempts = 0;
  cacheStatus: string | undefined = undefined;

  constructor(call: UpstreamCall, context: RequestContext) {
    this.service = call.service;
    this.operation = call.operation;
    this.method = call.method;
    this.target = call.target;
    this.headers = call.headers;
    this.body = call.body;
    this.mode = call.mode;
    this.context = context;
    this.timeoutMs = call.timeoutMs;
    this.standInMs = call.staleMs;
    this.read = call.read;
    this.identity = call.identity;
    this.partition = call.partition;
    this.cache = call.cache;
    this.hedgeMs = call.hedgeMs;
    this.retry = call.retry;
  }
}
