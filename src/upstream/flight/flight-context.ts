/** The request context of a shared call: that of the request which began it, but for what ends it. */
import type { Degradation, Log, RequestContext } from "../../core/context.ts";
import type { Deadline } from "../../core/deadline.ts";

/** Credentials, id and log stay those of the first caller, also when it has left: all callers forward the same. */
export class FlightContext implements RequestContext {
  readonly deadline: Deadline;
  /** A shared call is made on behalf of no part; every caller's call names its own. */
  readonly part = "";
  readonly #first: RequestContext;
  #degradations: Degradation[] | undefined;

  constructor(first: RequestContext, deadline: Deadline) {
    this.deadline = deadline;
    this.#first = first;
  }

  get id(): string {
    return this.#first.id;
  }

  get headers(): RequestContext["headers"] {
    return this.#first.headers;
  }

  get calls(): RequestContext["calls"] {
    return this.#first.calls;
  }

  /** Of all its callers. */
  get degradations(): Degradation[] {
    this.#degradations ??= [];
    return this.#degradations;
  }

  /** Asked for when something is logged: a request makes its own then. */
  get log(): Log {
    return this.#first.log;
  }
}
