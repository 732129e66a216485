/** Which header fields go on when a message is relayed, in both directions (RFC 9110 §7.6). Names in lower case. */
import { connectionOptions, isHopByHop } from "./hop-by-hop.ts";

export type Fields = Readonly<Record<string, string | string[] | undefined>>;
export type RelayedFields = Record<string, string | string[]>;

/** RFC 9110 §7.6.3: a pseudonym, because a host name would tell what is inside. */
const VIA = "1.1 heddle";

/**
 * Fields of a request that are this gateway's to set, or that would let a caller pass for somebody else. Where a proxy
 * in front of the gateway sets one that is not ours, the service's `forward` can name it.
 */
const NOT_FROM_CALLERS: ReadonlySet<string> = new Set([
  // Framed anew (RFC 9112 §6); the transport knows the host; an expectation is answered here (RFC 9110 §10.1.1).
  "content-length",
  "host",
  "expect",
  // Credentials, unless configuration forwards them; Cookie2 is RFC 2965's.
  "authorization",
  "cookie",
  "cookie2",
  // RFC 9440 §2.4: only a proxy that has seen the certificate may speak of it.
  "client-cert",
  "client-cert-chain",
  // Replaced by our own facts.
  "forwarded",
  "x-request-id",
  "via",
  // By which other proxies and networks tell the caller's address; services and their frameworks believe them.
  "cf-connecting-ip",
  "cf-connecting-ipv6",
  "client-ip",
  "fastly-client-ip",
  "fly-client-ip",
  "forwarded-for",
  "true-client-ip",
  "x-azure-clientip",
  "x-client-ip",
  "x-cluster-client-ip",
  "x-envoy-external-address",
  "x-originating-ip",
  "x-real-ip",
  "x-remote-addr",
  "x-remote-ip",
  // And the host that was asked for.
  "x-host",
  "x-original-host",
  // Some frameworks let these overrule the target or the method that were matched here; `Proxy` becomes HTTP_PROXY in CGI.
  "x-original-url",
  "x-rewrite-url",
  "x-http-method",
  "x-http-method-override",
  "x-method-override",
  "proxy",
]);

function isNotFromCallers(name: string): boolean {
  // `X-Forwarded` itself, and all that is made after it; App Engine's users and addresses.
  return (
    NOT_FROM_CALLERS.has(name) || name.startsWith("x-forwarded") || name.startsWith("x-appengine-")
  );
}

/** Fields of an answer that are not a service's to set on this origin. */
const NOT_FROM_SERVICES: ReadonlySet<string> = new Set([
  // Banners.
  "server",
  "x-powered-by",
  "x-aspnet-version",
  "x-aspnetmvc-version",
  // Ours.
  "gateway-degraded",
  "via",
  "x-content-type-options",
  "x-request-id",
  // Obeyed by browsers for all of the origin, which is the gateway's, and long after the answer.
  "accept-ch",
  "alt-svc",
  "clear-site-data",
  "expect-ct",
  "nel",
  "origin-agent-cluster",
  "public-key-pins",
  "public-key-pins-report-only",
  "report-to",
  "service-worker-allowed",
  "set-cookie",
  "set-cookie2",
  "strict-transport-security",
]);

/**
 * Fields of which an answer has one (RFC 9110 §5.3). Of several, one reader takes the first and another the last: the
 * first goes on.
 */
const SINGLE: ReadonlySet<string> = new Set([
  "age",
  "content-disposition",
  "content-location",
  "content-range",
  "content-type",
  "etag",
  "expires",
  "last-modified",
  "location",
  "retry-after",
]);

/**
 * A field's name as a service may see it: CGI and its heirs (WSGI, Rack, PHP) make `X_Real_Ip` and `X-Real-Ip` the same
 * variable.
 */
export function dashed(name: string): string {
  return name.includes("_") ? name.replaceAll("_", "-") : name;
}

/** What goes on of a caller's request, except the names in `replaced` ({@link dashed}). */
export function relayRequestFields(fields: Fields, replaced: ReadonlySet<string>): RelayedFields {
  const relayed = relay(fields, (name) => isNotFromCallers(name) || replaced.has(name));
  relayed.via = via(fields);
  return relayed;
}

/** What goes on of a service's answer. Who may read it across origins is this gateway's to say. */
export function relayAnswerFields(fields: Fields): RelayedFields {
  const relayed = relay(
    fields,
    (name) => NOT_FROM_SERVICES.has(name) || name.startsWith("access-control-"),
  );
  for (const name of Object.keys(relayed)) {
    const value = relayed[name];
    if (typeof value !== "string" && SINGLE.has(name)) relayed[name] = value?.[0] ?? "";
  }
  relayed.via = via(fields);
  return relayed;
}

function relay(fields: Fields, isDropped: (name: string) => boolean): RelayedFields {
  const relayed: RelayedFields = {};
  const named = connectionOptions(fields.connection);
  for (const given of Object.keys(fields)) {
    const value = fields[given];
    const name = dashed(given);
    if (value === undefined || isHopByHop(name) || isDropped(name)) continue;
    if (named.length > 0 && named.includes(given)) continue;
    relayed[given] = value;
  }
  return relayed;
}

function via(fields: Fields): string {
  const before = fields.via;
  return before === undefined ? VIA : `${[before].flat().join(", ")}, ${VIA}`;
}
