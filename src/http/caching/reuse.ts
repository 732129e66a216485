/** Whether what is kept may answer a request (RFC 9111 §4, §5.2.1). */
import { type Directives, type FieldValue, parseCacheControl, secondsOf } from "./cache-control.ts";

/** What is kept, at the moment of the request. */
export interface Kept {
  /** RFC 9111 §4.2.3. */
  readonly ageMs: number;
  /** Of its freshness; negative: stale for so long. */
  readonly leftMs: number;
  readonly whileRevalidateMs: number;
  readonly mayBeStale: boolean;
}

/** `fresh`: as it is. `stale`: as it is, the request allows that. `background`: as it is, and it is fetched anew. `validate`: not before the service was asked. */
export type Reuse = "fresh" | "stale" | "background" | "validate";

const NONE: Directives = new Map();

/** RFC 9111 §5.2.1: the directives of a request. What cannot be understood is no directive. */
export function requestDirectives(value: FieldValue): Directives {
  return value === undefined ? NONE : parseCacheControl(value).directives;
}

/** @param request see {@link requestDirectives}. */
export function reuseOf(
  { ageMs, leftMs, whileRevalidateMs, mayBeStale }: Kept,
  request: Directives,
): Reuse {
  if (request.size > 0) {
    // RFC 9111 §5.2.1.4
    if (request.has("no-cache")) return "validate";
    // RFC 9111 §5.2.1.1, §5.2.1.3
    const maxAge = secondsOf(request, "max-age");
    if (maxAge !== undefined && ageMs > maxAge * 1_000) return "validate";
    const minFresh = secondsOf(request, "min-fresh");
    if (minFresh !== undefined && leftMs < minFresh * 1_000) return "validate";
  }
  if (leftMs > 0) return "fresh";
  if (!mayBeStale) return "validate";
  // RFC 5861 §3
  if (-leftMs < whileRevalidateMs) return "background";
  // RFC 9111 §5.2.1.2
  const maxStale = request.get("max-stale");
  const allowedMs =
    maxStale === true ? Number.POSITIVE_INFINITY : (secondsOf(request, "max-stale") ?? -1) * 1_000;
  return -leftMs <= allowedMs ? "stale" : "validate";
}
