/** Who may open a tunnel: browsers let every page do so with the cookies of its user, and leave the check to the server. */
import { problem } from "../../core/errors.ts";
import { createOriginMatcher } from "../../http/cors-origin.ts";

/** RFC 6454 §6.2: scheme and authority. */
const ORIGIN = /^(https?):\/\/([^/?#\s@]+)$/i;
const DEFAULT_PORT: Readonly<Record<string, RegExp>> = { http: /:80$/, https: /:443$/ };

/** Says no to whom it may not. */
export type CheckOrigin = (origin: string | undefined, host: string | undefined) => void;

/**
 * Against cross-site WebSocket hijacking (RFC 6455 §10.2). A client that names no origin is no page.
 * The host is the one that the request is for: of its scheme nothing is known behind a proxy that takes the TLS.
 * @param origins beside the gateway's own, or `"*"`. What is made throws a GatewayError, `forbidden`.
 */
export function createOriginCheck(origins: readonly string[]): CheckOrigin {
  if (origins.includes("*")) return () => {};
  const isListed = createOriginMatcher(origins);
  return function checkOrigin(origin, host = "") {
    if (origin === undefined || isListed(origin) || isSame(origin, host)) return;
    throw problem("forbidden", { detail: "pages of this origin may not open a WebSocket here" });
  };
}

function isSame(origin: string, host: string): boolean {
  const [, scheme = "", authority = ""] = ORIGIN.exec(origin) ?? [];
  const port = DEFAULT_PORT[scheme.toLowerCase()];
  if (port === undefined || host === "") return false;
  return authority.toLowerCase().replace(port, "") === host.toLowerCase().replace(port, "");
}
