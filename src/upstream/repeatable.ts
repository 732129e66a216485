/** Which calls may be sent a second time. */
import type { UpstreamCall } from "./send.ts";

/** RFC 9110 §9.2.2, and QUERY (its draft's §2). TRACE is never relayed. */
const IDEMPOTENT: ReadonlySet<string> = new Set([
  "GET",
  "HEAD",
  "OPTIONS",
  "TRACE",
  "PUT",
  "DELETE",
  "QUERY",
]);

/** Idempotent, allowed by configuration, and with a body that is still there to be sent again. */
export function isRepeatable({ method, body, retry }: UpstreamCall): boolean {
  if (retry === false) return false;
  // The commonest first: neither a look-up nor a look at the body.
  if (method === "GET" && body === null) return true;
  return (
    IDEMPOTENT.has(method) &&
    (body === null || typeof body === "string" || body instanceof Uint8Array)
  );
}
