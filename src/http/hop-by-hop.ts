/** Header fields that concern one connection only and never go on (RFC 9110 §7.6.1). */

const HOP_BY_HOP: ReadonlySet<string> = new Set([
  "connection",
  // Of the switch to h2c, which is not made here (RFC 9113 §3.1).
  "http2-settings",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  // Not in RFC 9110's list, but meant for the next hop alone (RFC 9110 §11.7).
  "proxy-authenticate",
  "proxy-authentication-info",
  "proxy-authorization",
]);

/** Whether a field of this name, in lower case, never goes on. */
export function isHopByHop(name: string): boolean {
  return HOP_BY_HOP.has(name);
}

const NONE: readonly string[] = [];

/** The other field names, in lower case, that a `Connection` field makes hop-by-hop. */
export function connectionOptions(
  connection: string | readonly string[] | undefined,
): readonly string[] {
  // What nearly every message says names a field that never goes on.
  if (connection === undefined || connection === "keep-alive") return NONE;
  const list = typeof connection === "string" ? connection : connection.join(",");
  return list
    .toLowerCase()
    .split(",")
    .map((option) => option.trim())
    .filter((option) => option !== "");
}
