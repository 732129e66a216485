/** The last request of a connection (RFC 9112 §9.6): what comes behind it is not a request any more. */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

/** On the socket itself, and only where it was said. */
const LAST = Symbol("heddle.last");

interface MarkedSocket extends Duplex {
  [LAST]?: true;
}

/**
 * Says that no request behind this one is taken: its answer ends the connection, or nobody knows where it ends itself.
 * Node.js hands over what it has read already, whatever the answer says.
 */
export function endConnectionWith({ socket }: IncomingMessage): void {
  (socket as MarkedSocket)[LAST] = true;
}

/** Whether a request comes behind the last one. */
export function isBehindLast({ socket }: IncomingMessage): boolean {
  return (socket as MarkedSocket)[LAST] === true;
}
