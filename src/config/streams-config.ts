/** How a user limits answers that have no end of their own. */
import type { Duration } from "../core/duration.ts";

/** Event streams (`text/event-stream`, and NDJSON where the document says so) that are relayed from a service. */
export interface StreamsConfig {
  /** A stream that is silent for so long is ended. A comment (`:`) every 15 seconds keeps one alive. Default: `"60s"`. */
  readonly idle?: Duration;
  /** A stream is ended after this, behind the event that is under way. Default: none. */
  readonly max?: Duration;
}
