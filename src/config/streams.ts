/** {@link StreamsConfig}, compiled. */
import { type Duration, parseDuration } from "../core/duration.ts";
import type { StreamsConfig } from "./streams-config.ts";

export interface StreamSettings {
  /** A stream that is silent for so long is ended. */
  readonly idleMs: number;
  /** After this a stream is ended; undefined: never. */
  readonly maxMs: number | undefined;
}

const IDLE: Duration = "60s";

export function compileStreams({ idle = IDLE, max }: StreamsConfig = {}): StreamSettings {
  return Object.freeze({
    idleMs: parseDuration(idle),
    maxMs: max === undefined ? undefined : parseDuration(max),
  });
}
