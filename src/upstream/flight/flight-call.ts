/** The one call that several callers wait for. */
import type { RequestContext } from "../../core/context.ts";
import { SameCall } from "../derived-call.ts";
import type { CallNotes, UpstreamCall } from "../send.ts";

/** As the first caller made it, without what is that caller's alone: its stand-in, its part, its deadline. */
export class FlightCall extends SameCall implements UpstreamCall, CallNotes {
  readonly context: RequestContext;
  source: CallNotes["source"] = "service";
  attempts = 0;
  cacheStatus: string | undefined = undefined;

  constructor(first: UpstreamCall, context: RequestContext) {
    super(first);
    this.context = context;
  }

  get mode(): UpstreamCall["mode"] {
    return this.given.mode;
  }

  get standInMs(): number | undefined {
    return this.given.staleMs;
  }

  get notes(): CallNotes {
    return this;
  }

  get part(): "" {
    return "";
  }

  get signal(): undefined {
    return undefined;
  }

  get fallback(): undefined {
    return undefined;
  }

  get staleMs(): undefined {
    return undefined;
  }
}
