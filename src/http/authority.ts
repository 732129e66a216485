/** The host that a request is for, and its port (RFC 9110 §7.2, RFC 3986 §3.2): of `Host`, or of an absolute-form target. */
import { isIPv6 } from "node:net";

/** A name or an address of either version, without user information; the port at most 65535. */
const AUTHORITY =
  /^(?:\[[0-9A-Fa-f:.]+\]|(?:[A-Za-z0-9\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)(?::(?:\d{0,4}|[0-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5]))?$/;

/** Whether a text is a host with or without a port. Nothing is one, too: so says a client that has no host to name. */
export function isAuthority(text: string): boolean {
  if (!AUTHORITY.test(text)) return false;
  return !text.startsWith("[") || isIPv6(text.slice(1, text.indexOf("]")));
}
