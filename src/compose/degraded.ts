/** The `Gateway-Degraded` header: which parts of an answer are stand-ins, and why. */
import type { Degradation } from "../core/context.ts";

/** More would outgrow the 16 KB of header that clients commonly take. */
const MAX_MEMBERS = 32;

/**
 * A List of Strings with parameters (RFC 9651 §3.1), for example
 * `"/reviews";service="reviews";operation="listReviews";reason=service-timeout;kind=default`.
 * Equal entries are told once, and at most 32 of them; empty when nothing is degraded (the header is then not sent).
 */
export function formatDegraded(degradations: readonly Degradation[]): string {
  const members = new Set<string>();
  for (const { part, service, operation, reason, kind } of degradations) {
    members.add(
      `${formatString(part)};service=${formatString(service)};operation=${formatString(operation)};reason=${reason};kind=${kind}`,
    );
    if (members.size === MAX_MEMBERS) break;
  }
  return [...members].join(", ");
}

const utf8 = new TextEncoder();

/**
 * A String (RFC 9651 §3.3.3). It cannot hold more than printable ASCII, so the rest, and `%`, is percent-encoded as
 * in a pointer that is a URI fragment (RFC 6901 §6).
 */
function formatString(text: string): string {
  const ascii = text.replace(/[^\x20-\x7e]+|%/g, (found) =>
    Array.from(
      utf8.encode(found),
      (byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`,
    ).join(""),
  );
  return `"${ascii.replace(/["\\]/g, "\\$&")}"`;
}
