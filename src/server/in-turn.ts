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

/** Calls `then` when no answer is under way on a connection, nor in line for it. */
export function whenAnswered(socket: ServerSocket, then: () => void): void {
  const current = socket._httpMessage;
  if (current === undefined || current === null) then();
  else current.once("close", () => whenAnswered(socket, then));
}

/** Whether an answer is under way on a connection. */
export function isAnswering({ _httpMessage }: ServerSocket): boolean {
  return _httpMessage !== undefined && _httpMessage !== null;
}

/**
 * Tells the answer that is under way when there is room for more of it. Node.js does so itself until it has handed the
 * connection over, as it does with an upgrade.
 */
export function drainInTurn(socket: ServerSocket): void {
  socket.on("drain", () => void socket._httpMessage?.emit("drain"));
}
