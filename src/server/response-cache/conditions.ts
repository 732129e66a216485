/** Conditional requests (RFC 9110 §13) for answers that are kept: their tag, and what a request makes of it. */
import { hash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { matchesStrongly, matchesWeakly, parseEntityTags } from "../../http/caching/entity-tag.ts";

/** 162 bits: no two answers will ever meet. */
const TAG_LENGTH = 27;

/** A strong tag (RFC 9110 §8.8.1): equal bytes have equal tags. */
export function entityTagOf(body: Uint8Array): string {
  return `"${hash("sha256", body, "base64url").slice(0, TAG_LENGTH)}"`;
}

/** What the conditions of a GET or HEAD leave to be answered. RFC 9110 §13.2.2: `If-Match` is looked at first. */
export function evaluate(headers: IncomingHttpHeaders, tag: string): "whole" | 304 | 412 {
  const match = headers["if-match"];
  if (match !== undefined && match.trim() !== "*") {
    if (!parseEntityTags(match).some((named) => matchesStrongly(named, tag))) return 412;
  }
  const noneMatch = headers["if-none-match"];
  if (noneMatch === undefined) return "whole";
  if (noneMatch === tag || noneMatch.trim() === "*") return 304;
  return parseEntityTags(noneMatch).some((named) => matchesWeakly(named, tag)) ? 304 : "whole";
}
