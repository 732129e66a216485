/** Answers to what never becomes a request: a problem on a bare connection, which is then closed. */
import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { Log } from "../../core/context.ts";
import { type GatewayError, problem } from "../../core/errors.ts";
import { PROBLEM_TYPE, problemDocument } from "../problem-document.ts";

/** Refuses whatever a connection has asked for. */
export type Refuse = (socket: Duplex, error: GatewayError) => void;

/** @param newId names each refusal in the answer and in the log. */
export function createRefuse(newId: () => string, log: Log): Refuse {
  return function refuse(socket, error) {
    const id = newId();
    log.info({ id, status: error.status, detail: error.message }, "refused");
    writeProblem(socket, error, id);
  };
}

export interface ParseError extends NodeJS.ErrnoException {
  readonly rawPacket?: Buffer;
}

/** What is told of a request that Node.js could not read, or did not want to wait for. */
export function errorOf({ code, rawPacket }: ParseError, headBytes: number): GatewayError {
  switch (code) {
    case "HPE_HEADER_OVERFLOW":
      return problem("bad-request", {
        status: 431,
        detail: `the head is larger than ${headBytes} bytes`,
      });
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return TOO_SLOW;
    case "HPE_INVALID_METHOD":
      // Or it is no HTTP at all, such as a TLS handshake.
      if (/^[!#-'*+\-.^_`|~\w]+ \S+ HTTP\/1\.[01]\r?\n/.test(rawPacket?.toString("latin1") ?? "")) {
        return problem("not-implemented", { detail: "the method is not known here" });
      }
      return NOT_HTTP;
    default:
      return NOT_HTTP;
  }
}

export const TOO_SLOW: GatewayError = problem("bad-request", {
  status: 408,
  detail: "the request did not come in time",
});
const NOT_HTTP = problem("bad-request", { detail: "this is not a valid HTTP request" });

/** Writes an answer where there is only a connection, and ends it. */
function writeProblem(socket: Duplex, error: GatewayError, id: string): void {
  const body = JSON.stringify(problemDocument(error, id));
  const head = [
    `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status] ?? ""}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Cache-Control: no-store",
    "Connection: close",
    `X-Request-Id: ${id}`,
  ];
  socket.on("error", () => socket.destroy());
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`, () => socket.destroy());
}
