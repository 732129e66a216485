/** What the log tells of one request, when it is over. */

/** Undefined: nothing of that kind. */
export interface RequestEntry {
  readonly id: string;
  readonly method: string;
  /** The template. */
  readonly route: string | undefined;
  /** Never the query: it is where callers put secrets. */
  readonly path: string;
  readonly status: number;
  readonly durationMs: number;
  /** Of the answer's body. */
  readonly bytes: number;
  readonly frontend: string | undefined;
  /** The client's address, where trusted proxies are configured. */
  readonly ip?: string | undefined;
  /** How many of its calls a stand-in answered. */
  readonly degraded: number | undefined;
  /** The client left before the end. */
  readonly gone: true | undefined;
  /** The answer was broken off. */
  readonly broken: true | undefined;
}
