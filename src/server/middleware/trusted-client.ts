/** Middleware: finds out who the client is when proxies stand before the gateway that are trusted to tell (RFC 7239). */
import { createBelief, type TrustedProxies } from "../../http/trusted-chain.ts";
import type { Middleware } from "../inbound.ts";

export function trustedClient(proxies: TrustedProxies): Middleware {
  const believe = createBelief(proxies);
  return function trustedClient(ctx, next) {
    ctx.state.client = believe(ctx.req.headers, ctx.req.socket.remoteAddress);
    return next();
  };
}
