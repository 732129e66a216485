/** The `Prefer` header field (RFC 7240) as mocks understand it. */

/** What a broken service does. */
export const FAULTS = ["reset", "timeout", "cut", "invalid-json", "slow", "wrong-shape"] as const;
export type Fault = (typeof FAULTS)[number];

export interface Preferences {
  /** Answer with this status. */
  readonly code?: number;
  /** Answer with the example of this name. */
  readonly example?: string;
  /** Wait this many milliseconds first. */
  readonly delayMs?: number;
  readonly fault?: Fault;
}

const PREFERENCE = /(?:^|[,;])\s*([\w-]+)\s*=\s*(?:"([^"]*)"|([^,;\s]*))/g;

/** What is not understood is ignored, as RFC 7240 §2 asks. */
export function parsePrefer(field: string | string[] | undefined): Preferences {
  const text = Array.isArray(field) ? field.join(", ") : (field ?? "");
  const said = new Map<string, string>();
  for (const [, name = "", quoted, token] of text.matchAll(PREFERENCE)) {
    const key = name.toLowerCase();
    // RFC 7240 §2: the first of several counts.
    if (!said.has(key)) said.set(key, quoted ?? token ?? "");
  }
  const code = Number(said.get("code"));
  const delayMs = Number(said.get("delay"));
  const example = said.get("example");
  const fault = FAULTS.find((name) => name === said.get("fault"));
  return {
    ...(Number.isInteger(code) && code >= 200 && code <= 599 ? { code } : {}),
    ...(said.has("delay") && Number.isFinite(delayMs) && delayMs >= 0 ? { delayMs } : {}),
    ...(example === undefined ? {} : { example }),
    ...(fault === undefined ? {} : { fault }),
  };
}
