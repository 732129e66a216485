/** What a gateway says of the client it forwards for (RFC 7239, and the `X-Forwarded-*` fields that services still read). */

export interface ClientFacts {
  /** The address of the peer; undefined when it has gone already. */
  readonly address: string | undefined;
  /** The request's Host field. */
  readonly host: string | undefined;
  readonly scheme: "http" | "https";
}

/** Sets our own facts among the fields of a request (lower-case names), from which the caller's claims are gone. */
export function setForwarded(
  fields: Record<string, string | string[]>,
  { address, host, scheme }: ClientFacts,
): void {
  const ip = address?.startsWith("::ffff:") ? address.slice(7) : address;
  const hasHost = host !== undefined && host !== "";
  const told = hasHost ? `host=${quote(host)};` : "";
  fields.forwarded = `for=${ip === undefined ? "unknown" : nodeName(ip)};${told}proto=${scheme}`;
  if (ip !== undefined) fields["x-forwarded-for"] = ip;
  if (hasHost) fields["x-forwarded-host"] = host;
  fields["x-forwarded-proto"] = scheme;
}

/** RFC 7239 §6: an IPv6 address stands in brackets, and so in quotes. */
function nodeName(ip: string): string {
  return ip.includes(":") ? `"[${ip}]"` : ip;
}

/** RFC 7239 §4: what is not a token, a port's colon for one, is quoted. */
function quote(text: string): string {
  return /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(text) ? text : `"${text.replace(/["\\]/g, "\\$&")}"`;
}
