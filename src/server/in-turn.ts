/** Answers in the order of their requests (RFC 9112 §9.3.2), where Node.js has none to put in line. */
import type { ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/** Node.js's own: the answer whose turn it is. Its default for `clientError` looks at it, too. */
interface ServerSocket extends Duplex {
  readonly _httpMessage?: ServerResponse | null;
}

/**
 * Refuses what could not be read on a connection, once the requests before it are answered. When it is the body of a
 * request that is being answered, there is no place for another answer: half of one is all that the client gets.
 */
export function refuseInTurn(socket: ServerSocket, refuse: () => void): void {
  const current = socket._httpMessage;
  if (current === undefined || current === null) {
    refuse();
  } else if (current.req.complete) {
    current.once("close", () => {
      if (socket.writable) refuseInTurn(socket, refuse);
    });
  } else if (current.headersSent) {
    socket.destroy();
  } else {
    refuse();
  }
}
