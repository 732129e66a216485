/** The address of whoever made a request: its connection's, or the one that trusted proxies tell. */
import type { InboundContext } from "./inbound.ts";

/** For composers, logs and limits; undefined: not known. IPv4 as IPv4, whatever the socket listens on. */
export function clientAddress({ state, req }: InboundContext): string | undefined {
  const { client } = state;
  if (client !== undefined) return client.address;
  const { remoteAddress } = req.socket;
  return remoteAddress?.startsWith("::ffff:") ? remoteAddress.slice(7) : remoteAddress;
}
