/** The request context of a shared call: that of the request which began it, but for what ends it. */
import type { Degradation, Log, RequestContext } from "../../core/context.ts";
import type { Deadline } from "../../core/deadline.ts";

/** Credentials, id and log stay those of the first caller, also when it has left: all callers forward the same. */
export class FlightContext implements RequestContext {
  readonly id: string;
  readonly deadline: Deadline;
  readonly headers: RequestContext["headers"];
  readonly degradations: Degradation[] = [];
  readonly calls: RequestContext["calls"];
  /** A shared call is made on behalf of no part; every caller's call names its own. */
  readonly part = "";
  readonly #first: RequestContext;

  constructor(first: RequestContext, deadline: Deadline) {
    this.id = first.id;
    this.deadline = deadline;
    this.headers = first.headers;
    this.calls = first.calls;
    this.#first = first;
  }

  /** Asked for when something is logged: a request makes its own then. */
  get log(): Log {
    return this.#first.log;
  }
}
