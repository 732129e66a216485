/** One run of a composer for everybody who waits for its answer, in a context of its own: it outlives whoever began it. */
import type { Composer } from "../../compose/composer.ts";
import { RequestReads } from "../../compose/request-reads.ts";
import { type ComposedAnswer, runComposer } from "../../compose/run-composer.ts";
import { untilOver } from "../../compose/until-over.ts";
import type { Degradation, Log, RequestContext } from "../../core/context.ts";
import { type Clock, createDeadline, type Deadline } from "../../core/deadline.ts";
import type { Query } from "../../http/query.ts";
import type { ComposedQuery } from "../composed-query.ts";
import type { Inbound } from "../inbound.ts";

export interface ComputationOptions {
  readonly composer: Composer;
  readonly bind: (context: RequestContext) => unknown;
  readonly deadlineMs: number;
  readonly clock: Clock;
}

/** What a composer is asked, and by whom. A class for the reason of `Given`. */
export class Asked implements ComposedQuery {
  readonly inbound: Inbound;
  readonly query: Query;
  readonly fields: string | undefined;
  readonly ip: string | undefined;

  constructor(inbound: Inbound, query: Query, fields: string | undefined, ip: string | undefined) {
    this.inbound = inbound;
    this.query = query;
    this.fields = fields;
    this.ip = ip;
  }

  /** Of the path's parameters, in the order of the template. */
  get values(): readonly string[] {
    return this.inbound.found?.values ?? NOTHING;
  }

  get path(): Readonly<Record<string, string>> {
    return this.inbound.found?.path ?? {};
  }
}

const NOTHING: readonly string[] = [];

/** What came of it, good or bad. */
export interface Outcome {
  readonly answer: ComposedAnswer | undefined;
  /** What was thrown, where there is no answer. */
  readonly error: unknown;
  readonly reads: RequestReads;
  readonly context: RequestContext;
}

export class Computation implements RequestContext {
  readonly id: string;
  readonly deadline: Deadline;
  readonly headers: RequestContext["headers"];
  readonly degradations: Degradation[] = [];
  readonly calls: Map<string, Promise<unknown>> = new Map();
  part = "";
  wrote = false;
  readonly #asked: Asked;
  readonly #options: ComputationOptions;
  #waiting = 0;

  constructor(asked: Asked, options: ComputationOptions) {
    const { id, headers } = asked.inbound;
    this.id = id;
    this.headers = headers;
    this.deadline = createDeadline(options.deadlineMs, options.clock);
    this.#asked = asked;
    this.#options = options;
  }

  /** Calls the composer. Never rejects. */
  run(): Promise<Outcome> {
    const { path, query, fields, ip } = this.#asked;
    const { composer, bind } = this.#options;
    const reads = new RequestReads();
    const end = (answer: ComposedAnswer | undefined, error: unknown): Outcome => ({
      answer,
      error,
      reads,
      context: this,
    });
    return runComposer(composer, {
      context: this,
      services: bind(this),
      path,
      query,
      header: this.headers,
      body: undefined,
      fields,
      ip,
      reads,
    }).then(
      (answer) => end(answer, undefined),
      (error: unknown) => end(undefined, error),
    );
  }

  /** Frees the timer and what calls have left. */
  end(): void {
    this.deadline.dispose();
    this.calls.clear();
  }

  get log(): Log {
    return this.#asked.inbound.log;
  }

  /**
   * What becomes of it, for one who waits no longer than their own deadline. When all who waited have gone, it ends as
   * well; one for which nobody has waited (a renewal) goes on.
   * @throws the reason of the deadline.
   */
  async waitFor<Result>(deadline: Deadline, result: Promise<Result>): Promise<Result> {
    this.#waiting++;
    try {
      return await untilOver(deadline, () => result);
    } finally {
      this.#waiting--;
      if (this.#waiting === 0 && deadline.aborted) this.deadline.cancel(deadline.reason);
    }
  }
}
