/** Which header fields go on when a message is relayed, in both directions (RFC 9110 §7.6). Names in lower case. */
import { connectionOptions, isHopByHop } from "./hop-by-hop.ts";

export type Fields = Readonly<Record<string, string | string[] | undefined>>;
export type RelayedFields = Record<string, string | string[]>;

/** RFC 9110 §7.6.3: a pseudonym, because a host name would tell what is inside. */
const VIA = "1.1 heddle";

/** Fields of a request that are this gateway's to set, or that would let a caller pass for somebody else. */
const NOT_FROM_CALLERS: ReadonlySet<string> = new Set([
  // Framed anew (RFC 9112 §6); the transport knows the host; an expectation is answered here (RFC 9110 §10.1.1).
  "content-length",
  "host",
  "expect",
  // Credentials, unless configuration forwards them.
  "authorization",
  "cookie",
  // Replaced by our own facts.
  "forwarded",
  "x-real-ip",
  "x-request-id",
  "via",
  // Some frameworks let these overrule the target or the method that were matched here; `Proxy` becomes HTTP_PROXY in CGI.
  "x-original-url",
  "x-rewrite-url",
  "x-http-method",
  "x-http-method-override",
  "x-method-override",
  "proxy",
]);

/** Fields of an answer that are not a service's to set on this origin. */
const NOT_FROM_SERVICES: ReadonlySet<string> = new Set([
  "set-cookie",
  "server",
  "x-powered-by",
  "x-content-type-options",
  "x-request-id",
  "via",
]);

/** What goes on of a caller's request, except the names in `replaced`. */
export function relayRequestFields(fields: Fields, replaced: ReadonlySet<string>): RelayedFields {
  const relayed = relay(
    fields,
    (name) => NOT_FROM_CALLERS.has(name) || replaced.has(name) || name.startsWith("x-forwarded-"),
  );
  relayed.via = via(fields);
  return relayed;
}

/** What goes on of a service's answer. Who may read it across origins is this gateway's to say. */
export function relayAnswerFields(fields: Fields): RelayedFields {
  const relayed = relay(
    fields,
    (name) => NOT_FROM_SERVICES.has(name) || name.startsWith("access-control-"),
  );
  relayed.via = via(fields);
  return relayed;
}

function relay(fields: Fields, isDropped: (name: string) => boolean): RelayedFields {
  const relayed: RelayedFields = {};
  const named = connectionOptions(fields.connection);
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    if (value === undefined || isHopByHop(name) || isDropped(name)) continue;
    if (named.length > 0 && named.includes(name)) continue;
    relayed[name] = value;
  }
  return relayed;
}

function via(fields: Fields): string {
  const before = fields.via;
  return before === undefined ? VIA : `${[before].flat().join(", ")}, ${VIA}`;
}
