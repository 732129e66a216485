/** The HTTP server: limits on what a client may send and how slowly, and answers to what never becomes a request. */
import { createServer, STATUS_CODES, type Server } from "node:http";
import type { Duplex } from "node:stream";
import { GatewayError, problem } from "../core/errors.ts";
import type { RequestListener } from "./app.ts";
import { noteExpectation } from "./expect-continue.ts";
import { PROBLEM_TYPE, problemDocument } from "./problem-document.ts";

/** Milliseconds for the head of a request. */
const HEAD_TIMEOUT_MS = 20_000;
/** Milliseconds for a whole request, body included. */
const REQUEST_TIMEOUT_MS = 300_000;
/** Longer than the 60 s after which common load balancers drop idle connections: they must be first, or they see resets. */
const IDLE_TIMEOUT_MS = 65_000;
const MAX_HEAD_BYTES = 16_384;

/** A server for a listener; not listening yet. `newId` names what is refused before there is a request. */
export function createHttpServer(listener: RequestListener, newId: () => string): Server {
  const server = createServer(
    {
      headersTimeout: HEAD_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      keepAliveTimeout: IDLE_TIMEOUT_MS,
      maxHeaderSize: MAX_HEAD_BYTES,
      // RFC 9112 §6.1: Content-Length with Transfer-Encoding is refused; lenient parsing is never on.
      insecureHTTPParser: false,
    },
    listener,
  );
  server.on("checkContinue", (req, res) => {
    noteExpectation(req, res);
    listener(req, res);
  });
  // RFC 9110 §9.3.6: a gateway is no tunnel.
  server.on("connect", (_req, socket) => {
    refuse(socket, problem("not-implemented", { detail: "CONNECT is not taken" }), newId());
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => refuse(socket, errorOf(error), newId()));
  return server;
}

function errorOf({ code }: NodeJS.ErrnoException): GatewayError {
  switch (code) {
    case "HPE_HEADER_OVERFLOW":
      return problem("bad-request", { status: 431, detail: `the head is larger than ${MAX_HEAD_BYTES} bytes` });
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return problem("bad-request", { status: 408, detail: "the request did not come in time" });
    case "HPE_INVALID_METHOD":
      return problem("not-implemented", { detail: "the method is not known here" });
    default:
      return problem("bad-request", { detail: "this is not a valid HTTP request" });
  }
}

/** Writes an answer where there is only a connection, and ends it. */
function refuse(socket: Duplex, error: GatewayError, id: string): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
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
