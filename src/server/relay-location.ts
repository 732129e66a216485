/** Where a service's answer points to (RFC 9110 §10.2.2, §8.7), told as the gateway's callers can follow it. */
import type { RelayedFields } from "../http/relay-fields.ts";
import { createOwnOrigins, type OwnOrigins } from "../upstream/balance/own-origins.ts";

/** Only these can name an origin; other references are relative to what was asked for, and right as they are. */
const ABSOLUTE = /^(?:https?:)?\//i;

/**
 * Compiles what rewrites `Location` and `Content-Location` of a service at `url` that is offered under `prefix`. A
 * place below any address of the service becomes the path under which it is relayed; another place on one of its
 * hosts loses the host, which is nobody's business; whatever is elsewhere stays.
 */
export function compileRelocation(
  url: string,
  prefix: string,
  origins: Pick<OwnOrigins, "hasHost"> = createOwnOrigins([{ url }]),
): (fields: RelayedFields) => void {
  const service = new URL(url);
  const base = service.pathname.replace(/\/+$/, "");

  function relocate(reference: string): string {
    if (!ABSOLUTE.test(reference) || !URL.canParse(reference, service.href)) return reference;
    const { host, pathname, search, hash } = new URL(reference, service);
    if (!origins.hasHost(host)) return reference;
    const isBelow = pathname === base || pathname.startsWith(`${base}/`);
    const path = isBelow ? prefix + pathname.slice(base.length) : pathname;
    // RFC 3986 §4.2: two slashes would begin a host.
    const safe = path.startsWith("//") ? `/.${path}` : path || "/";
    return safe + search + hash;
  }

  return function relocateFields(fields) {
    const { location, "content-location": contentLocation } = fields;
    if (typeof location === "string") fields.location = relocate(location);
    if (typeof contentLocation === "string") fields["content-location"] = relocate(contentLocation);
  };
}
