/** A call made again for nobody's request. */
import type { RequestContext } from "../../core/context.ts";
import type { Deadline } from "../../core/deadline.ts";
import { DerivedCall } from "../derived-call.ts";
import { type CallNotes, newNotes, type UpstreamCall } from "../send.ts";

/** As the same caller would make it. */
export class DetachedCall extends DerivedCall implements UpstreamCall {
  readonly context: RequestContext;
  readonly notes: CallNotes = newNotes();
  readonly mode = "collect";

  constructor(given: UpstreamCall, deadline: Deadline) {
    super(given);
    const { id, headers, log } = given.context;
    this.context = { id, headers, log, deadline, degradations: [], calls: new Map(), part: "" };
  }

  get headers(): UpstreamCall["headers"] {
    return this.given.headers;
  }

  get timeoutMs(): number {
    return this.given.timeoutMs;
  }

  get identity(): string | undefined {
    return this.given.identity;
  }

  get partition(): string | undefined {
    return this.given.partition;
  }

  get standInMs(): number | undefined {
    return this.given.standInMs;
  }

  get part(): string | undefined {
    return this.given.part;
  }
}
