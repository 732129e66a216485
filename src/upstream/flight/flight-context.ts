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
  readonly log: Log;
  /** A shared call is made on behalf of no part; every caller's call names its own. */
  readonly part = "";

  constructor({ id, headers, calls, log }: RequestContext, deadline: Deadline) {
    this.id = id;
    this.deadline = deadline;
    this.headers = headers;
    this.calls = calls;
    this.log = log;
  }
}
