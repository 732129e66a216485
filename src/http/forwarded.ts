/** What a gateway says of the client it forwards for (RFC 7239, and the `X-Forwarded-*` fields that services still read). */

export interface ClientFacts {
  /** The address of the peer; undefined when it has gone already. */
  readonly address: string | undefined;
  /** The request's Host field. */
  readonly host: string | undefined;
  readonly scheme: "http" | "https";
}

/** Our own facts, which replace whatever a caller claims. Lower-case names. */
export function forwardedFields({ address, host, scheme }: ClientFacts): Record<string, string> {
  const ip = address?.startsWith("::ffff:") ? address.slice(7) : address;
  const parts = [`for=${ip === undefined ? "unknown" : nodeName(ip)}`];
  if (host !== undefined && host !== "") parts.push(`host=${quote(host)}`);
  parts.push(`proto=${scheme}`);
  return {
    forwarded: parts.join(";"),
    ...(ip === undefined ? {} : { "x-forwarded-for": ip }),
    ...(host === undefined || host === "" ? {} : { "x-forwarded-host": host }),
    "x-forwarded-proto": scheme,
  };
}

/** RFC 7239 §6: an IPv6 address stands in brackets, and so in quotes. */
function nodeName(ip: string): string {
  return ip.includes(":") ? `"[${ip}]"` : ip;
}

/** RFC 7239 §4: what is not a token, a port's colon for one, is quoted. */
function quote(text: string): string {
  return /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(text) ? text : `"${text.replace(/["\\]/g, "\\$&")}"`;
}
