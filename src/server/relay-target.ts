/** The target of a relayed request: what the caller sent after the route's prefix, byte for byte. */
import { problem } from "../core/errors.ts";
import type { RequestTarget } from "../http/request-target.ts";

/**
 * Drops the prefix by counting its segments: the router has matched them, however they were encoded.
 * @throws GatewayError `not-found` when the operation's path includes a query, and the caller's has another.
 */
export function relayTarget(
  target: RequestTarget,
  prefixSegments: number,
  fixedQuery: string | undefined,
): string {
  let start = 0;
  for (let count = 0; count < prefixSegments; count++) start = target.path.indexOf("/", start + 1);
  const path = target.path.slice(start);
  if (fixedQuery !== undefined) requireQuery(target.query, fixedQuery);
  return target.query === undefined ? path : `${path}?${target.query}`;
}

/** `/orders?action=list` is another operation than `/orders?action=purge`, and that one may not be exposed. */
function requireQuery(query: string | undefined, fixedQuery: string): void {
  const sent = [...new URLSearchParams(query)];
  for (const [name, value] of new URLSearchParams(fixedQuery)) {
    const values = sent.filter(([key]) => key === name);
    if (values.length !== 1 || values[0]?.[1] !== value) {
      throw problem("not-found", { detail: `this route takes the query ${fixedQuery}` });
    }
  }
}
