/** The lingering close (RFC 9112 §9.6): a client that is still sending gets to read its answer before its connection is gone. */
import type { IncomingMessage } from "node:http";
import { Http2Request } from "./front/http2-messages.ts";

/** How long a client may go on sending after its answer, in milliseconds. */
const LINGER_MS = 10_000;

/**
 * Closes the connection of an answer with `Connection: close` in two stages: first its own side, behind the answer, and
 * the whole when the client has closed the other, has sent `maxBytes` more, or the time is up. Nothing of what comes is
 * looked at.
 */
export function lingerOnClose(req: IncomingMessage, maxBytes: number): void {
  // A stream of HTTP/2 has no connection of its own.
  if (req instanceof Http2Request) return;
  const { socket } = req;
  // What Node.js calls after such an answer: it would close a socket that holds unread bytes, and the reset that the
  // client is then sent throws away what it has not read yet, the answer first of all.
  socket.destroySoon = () => {
    let left = maxBytes;
    // Takes the socket from the parser, as an upgrade does: no request is taken any more.
    socket.removeAllListeners("data");
    socket.on("data", (chunk: Buffer) => {
      left -= chunk.length;
      if (left < 0) socket.destroy();
    });
    const timer = setTimeout(() => socket.destroy(), LINGER_MS);
    socket.once("close", () => clearTimeout(timer));
    socket.end();
    socket.resume();
  };
}
