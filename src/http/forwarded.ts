/** What a gateway says of the client it forwards for (RFC 7239, and the `X-Forwarded-*` fields that services still read). */

export interface ClientFacts {
  /** The address of the peer; undefined when it has gone already. */
  readonly address: string | undefined;
  /** The request's Host field. */
  readonly host: string | undefined;
  readonly scheme: "http" | "https";
  /** Those before the peer, from the client on, who are believed. Default: none, the peer is the client. */
  readonly hops?: readonly ForwardedHop[] | undefined;
}

/** One for whom a trusted proxy has forwarded, and what was asked of that proxy. */
export interface ForwardedHop {
  readonly address: string;
  readonly host: string | undefined;
  readonly scheme: "http" | "https" | undefined;
}

/** Sets our own facts among the fields of a request (lower-case names), from which the caller's claims are gone. */
export function setForwarded(
  fields: Record<string, string | string[]>,
  { address, host, scheme, hops = [] }: ClientFacts,
): void {
  const ip = address?.startsWith("::ffff:") ? address.slice(7) : address;
  const hasHost = host !== undefined && host !== "";
  fields.forwarded = element(ip, hasHost ? host : undefined, scheme);
  if (ip !== undefined) fields["x-forwarded-for"] = ip;
  if (hasHost) fields["x-forwarded-host"] = host;
  fields["x-forwarded-proto"] = scheme;
  const [client] = hops;
  if (client === undefined) return;
  // RFC 7239 §4: each proxy adds an element behind those that it was given.
  const before = hops.map((hop) => element(hop.address, hop.host, hop.scheme));
  fields.forwarded = `${before.join(", ")}, ${fields.forwarded}`;
  const addresses = hops.map((hop) => hop.address);
  fields["x-forwarded-for"] = [...addresses, ...(ip === undefined ? [] : [ip])].join(", ");
  if (client.host !== undefined) fields["x-forwarded-host"] = client.host;
  if (client.scheme !== undefined) fields["x-forwarded-proto"] = client.scheme;
}

function element(
  ip: string | undefined,
  host: string | undefined,
  scheme: string | undefined,
): string {
  const told = host === undefined ? "" : `;host=${quote(host)}`;
  const proto = scheme === undefined ? "" : `;proto=${scheme}`;
  return `for=${ip === undefined ? "unknown" : nodeName(ip)}${told}${proto}`;
}

/** RFC 7239 §6: an IPv6 address stands in brackets, and so in quotes. */
function nodeName(ip: string): string {
  return ip.includes(":") ? `"[${ip}]"` : ip;
}

/** RFC 7239 §4: what is not a token, a port's colon for one, is quoted. */
function quote(text: string): string {
  return /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(text) ? text : `"${text.replace(/["\\]/g, "\\$&")}"`;
}
