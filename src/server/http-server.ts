/** The HTTP server: limits on what a client may send and how slowly, and answers to what never becomes a request. */
import { createServer, type Server, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { Log } from "../core/context.ts";
import { type GatewayError, problem } from "../core/errors.ts";
import type { RequestListener } from "./app.ts";
import { noteExpectation } from "./expect-continue.ts";
import { refuseInTurn } from "./in-turn.ts";
import { PROBLEM_TYPE, problemDocument } from "./problem-document.ts";

/** Milliseconds for the head of a request. */
const HEAD_TIMEOUT_MS = 20_000;
/** Milliseconds for a whole request, body included. */
const REQUEST_TIMEOUT_MS = 300_000;
/** Longer than the 60 s after which common load balancers drop idle connections: they must be first, or they see resets. */
const IDLE_TIMEOUT_MS = 65_000;
const MAX_HEAD_BYTES = 16_384;

export interface HttpServerOptions {
  readonly listener: RequestListener;
  /** Names what is refused before it is a request. */
  readonly newId: () => string;
  readonly log: Log;
}

/** A server for a listener; not listening yet. */
export function createHttpServer({ listener, newId, log }: HttpServerOptions): Server {
  const server = createServer(
    {
      headersTimeout: HEAD_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      keepAliveTimeout: IDLE_TIMEOUT_MS,
      maxHeaderSize: MAX_HEAD_BYTES,
      // RFC 9112 §6.1: Content-Length with Transfer-Encoding is refused; lenient parsing is never on.
      insecureHTTPParser: false,
      // The pipeline looks at it, and answers with a problem.
      requireHostHeader: false,
    },
    listener,
  );
  server.on("checkContinue", (req, res) => {
    noteExpectation(req);
    listener(req, res);
  });
  // Other expectations are refused by the pipeline.
  server.on("checkExpectation", listener);

  function refuse(socket: Duplex, error: GatewayError): void {
    const id = newId();
    log.info({ id, status: error.status, detail: error.message }, "refused");
    writeProblem(socket, error, id);
  }
  // RFC 9110 §9.3.6: a gateway is no tunnel.
  server.on("connect", (_req, socket) => {
    refuse(socket, problem("not-implemented", { detail: "CONNECT is not taken" }));
  });
  server.on("clientError", (error: ParseError, socket) => {
    // What follows `Connection: close` is nobody's (RFC 9112 §9.6): the answer before it goes out.
    if (error.code === "HPE_CLOSED_CONNECTION") return;
    if (!socket.writable || error.code === "ECONNRESET") socket.destroy();
    else refuseInTurn(socket, () => refuse(socket, errorOf(error)));
  });
  return server;
}

interface ParseError extends NodeJS.ErrnoException {
  readonly rawPacket?: Buffer;
}

function errorOf({ code, rawPacket }: ParseError): GatewayError {
  switch (code) {
    case "HPE_HEADER_OVERFLOW":
      return problem("bad-request", {
        status: 431,
        detail: `the head is larger than ${MAX_HEAD_BYTES} bytes`,
      });
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return problem("bad-request", { status: 408, detail: "the request did not come in time" });
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
