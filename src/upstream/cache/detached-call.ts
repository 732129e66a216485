/** A call made again for nobody's request. */
import type { RequestContext } from "../../core/context.ts";
import type { Deadline } from "../../core/deadline.ts";
import { SameCall } from "../derived-call.ts";
import { type CallNotes, newNotes, type UpstreamCall } from "../send.ts";

/** As the same caller would make it. */
export class DetachedCall extends SameCall implements UpstreamCall {
  readonly context: RequestContext;
  readonly notes: CallNotes = newNotes();
  readonly mode = "collect";

  constructor(given: UpstreamCall, deadline: Deadline) {
    super(given);
    const { id, headers, log } = given.context;
    this.context = { id, headers, log, deadline, degradations: [], calls: new Map(), part: "" };
  }

  get standInMs(): number | undefined {
    return this.given.standInMs;
  }

  get part(): string | undefined {
    return this.given.part;
  }
}
