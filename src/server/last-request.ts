/** The last request of a connection (RFC 9112 §9.6): what comes behind it is not a request any more. */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { Http2Request } from "./front/http2-messages.ts";

/** On the socket itself, and only where it was said. */
const LAST = Symbol("heddle.last");

interface MarkedSocket extends Duplex {
  [LAST]?: true;
}

/**
 * Says that no request behind this one is taken: its answer ends the connection, or nobody knows where it ends itself.
 * Node.js hands over what it has read already, whatever the answer says.
 */
export function endConnectionWith(req: IncomingMessage): void {
  // A stream of HTTP/2 ends by itself; its connection is that of others, too.
  if (!(req instanceof Http2Request)) (req.socket as MarkedSocket)[LAST] = true;
}

/** Whether a request comes behind the last one. */
export function isBehindLast(req: IncomingMessage): boolean {
  return !(req instanceof Http2Request) && (req.socket as MarkedSocket)[LAST] === true;
}
