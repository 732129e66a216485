/** One inbound request: what the middleware share as `ctx.state`, and what everything below the server is handed. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type Koa from "koa";
import type { Degradation, Log, ParentLog, RequestContext } from "../core/context.ts";
import type { RequestDeadline } from "../core/deadline.ts";
import type { GatewayError } from "../core/errors.ts";
import type { RequestTarget } from "../http/request-target.ts";
import type { BelievedClient } from "../http/trusted-chain.ts";
import { AnswerFields } from "./answer-fields.ts";
import type { CompiledRoute } from "./compile-routes.ts";
import type { Found } from "./router.ts";

export type { ParentLog } from "../core/context.ts";

/** What is known when the request begins. */
export interface InboundFacts {
  readonly id: string;
  /** On the gateway's clock, milliseconds. */
  readonly startedAt: number;
  readonly deadline: RequestDeadline;
  readonly target: RequestTarget;
  readonly found: Found<CompiledRoute> | undefined;
  /** Why the request cannot be answered, whatever its route. */
  readonly refusal: GatewayError | undefined;
}

/** Lives from the first byte of a request's head to the last byte of its answer. */
export class Inbound implements RequestContext {
  readonly id: string;
  readonly startedAt: number;
  readonly deadline: RequestDeadline;
  readonly target: RequestTarget;
  readonly found: Found<CompiledRoute> | undefined;
  readonly refusal: GatewayError | undefined;
  readonly headers: RequestContext["headers"];
  readonly degradations: Degradation[] = [];
  /** Of the answer, so far. */
  readonly fields: AnswerFields;
  part = "";
  wrote = false;
  /** Set where there are trusted proxies: see `clientAddress`. */
  client: BelievedClient | undefined = undefined;
  /** Bytes of the answer's body so far, where Koa does not write it. */
  bytes = 0;
  /** The client left before its answer was complete. */
  gone = false;
  /** The answer was broken off here, because it could not be completed. */
  broken = false;
  /** Run once, when the last byte of the answer has left or the client has. */
  readonly #endings: (() => void)[] = [];
  #calls: Map<string, Promise<unknown>> | undefined;
  readonly #parentLog: ParentLog;
  #log: Log | undefined;

  constructor(facts: InboundFacts, request: IncomingMessage, log: ParentLog) {
    this.id = facts.id;
    this.fields = new AnswerFields("X-Request-Id", facts.id);
    this.startedAt = facts.startedAt;
    this.deadline = facts.deadline;
    this.target = facts.target;
    this.found = facts.found;
    this.refusal = facts.refusal;
    this.headers = request.headers;
    this.#parentLog = log;
  }

  /** Asks to be called when the request is over, whatever its end. First asked is first called. */
  whenOver(ending: () => void): void {
    this.#endings.push(ending);
  }

  /** Tells everybody that the request is over. */
  end(): void {
    for (const ending of this.#endings) ending();
    // A connection that is kept alive holds on to its last request: its answers must not outlive it.
    this.#endings.length = 0;
    this.#calls?.clear();
  }

  /** Ends the client's connection in the middle of an answer: half of it must not look like a whole one (RFC 9112 §8). */
  breakOff(res: ServerResponse): void {
    this.broken = true;
    res.destroy();
  }

  /** Made for the first call: an answer that is kept needs none. */
  get calls(): Map<string, Promise<unknown>> {
    this.#calls ??= new Map();
    return this.#calls;
  }

  /** Made when something is logged: most requests log only their one line. */
  get log(): Log {
    this.#log ??= this.#parentLog.child({ id: this.id });
    return this.#log;
  }
}

export type InboundContext = Koa.ParameterizedContext<Inbound>;
export type Middleware = Koa.Middleware<Inbound>;
