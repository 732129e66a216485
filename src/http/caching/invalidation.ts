/** Which targets an answer to an unsafe request makes invalid (RFC 9111 §4.4). */
import type { AnswerHeaders } from "../../core/operation.ts";
import type { FieldValue } from "./cache-control.ts";

/** RFC 9110 §9.2.1; what QUERY does is as safe (its draft, §2). */
const SAFE: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "TRACE", "QUERY"]);

export function isUnsafe(method: string): boolean {
  return !SAFE.has(method);
}

/**
 * The target, and what `Location` and `Content-Location` name of the same origin; none when the request failed.
 *
 * @param path of the target, with its query
 * @param origin of the service
 * @param isOwn whether another origin is the service's as well
 */
export function invalidatedTargets(
  status: number,
  headers: AnswerHeaders,
  path: string,
  origin: string,
  isOwn: (origin: string) => boolean = () => false,
): readonly string[] {
  if (status < 200 || status >= 400) return [];
  const targets = [path];
  for (const value of [headers.location, headers["content-location"]]) {
    const target = value === undefined ? undefined : sameOrigin(value, path, origin, isOwn);
    if (target !== undefined && !targets.includes(target)) targets.push(target);
  }
  return targets;
}

function sameOrigin(
  value: FieldValue,
  path: string,
  origin: string,
  isOwn: (origin: string) => boolean,
): string | undefined {
  const base = origin + path;
  if (typeof value !== "string" || !URL.canParse(value, base)) return undefined;
  const url = new URL(value, base);
  return url.origin === origin || isOwn(url.origin) ? url.pathname + url.search : undefined;
}
