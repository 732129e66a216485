/** The gateway's server: one port for HTTP/1.1, HTTP/2 and TLS, and limits on what clients may send, take and hold. */
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { Socket } from "node:net";
import { compileLimits, type LimitSettings } from "../config/front.ts";
import type { Http2Config } from "../config/front-config.ts";
import type { Log } from "../core/context.ts";
import type { Clock } from "../core/deadline.ts";
import { problem } from "../core/errors.ts";
import type { RequestListener } from "./app.ts";
import { noteExpectation } from "./expect-continue.ts";
import type { Certificates } from "./front/certificates.ts";
import { Connection, LATEST, type WithLatest } from "./front/connection.ts";
import { createHttp2Front } from "./front/http2-server.ts";
import { decideProtocol, type Protocol } from "./front/protocol.ts";
import { createRefuse, errorOf, type ParseError } from "./front/refuse.ts";
import { createSweep, type Slowness, SWEEP_MS } from "./front/sweep.ts";
import { createTlsFront } from "./front/tls-front.ts";
import type { InFlight } from "./in-flight.ts";
import { refuseInTurn } from "./in-turn.ts";

/** Connections beyond the limit that are let in, for the sake of probes. */
const RESERVE = 64;

export interface HttpServerOptions {
  readonly listener: RequestListener;
  /** Names what is refused before it is a request. */
  readonly newId: () => string;
  readonly log: Log;
  readonly inFlight: Pick<InFlight, "size" | "all">;
  readonly clock?: Clock;
  /** Default: those of a configuration that says nothing. */
  readonly limits?: LimitSettings;
  /** Absent: without TLS. */
  readonly certificates?: Certificates | undefined;
  readonly http2?: Http2Config;
  /** Told of each client that was too slow. */
  readonly slow?: (slowness: Slowness) => void;
}

export interface HttpServer extends Server {
  /** Of clients, TLS and idle ones among them. */
  connectionCount(): number;
  /** Whether a request came over a connection beyond the limit. */
  isSurplus(req: IncomingMessage): boolean;
  /** Tells clients of HTTP/2 to open no more streams; those that they have opened are taken. */
  goAway(): void;
  /** Connections from now on are shown these; those that are open stay. */
  setCertificates(certificates: Certificates): void;
}

/** A server for a listener; not listening yet. `close`, `closeIdleConnections` and `closeAllConnections` mean HTTP/2 as well. */
export function createHttpServer({
  listener,
  newId,
  log,
  inFlight,
  clock = () => performance.now(),
  limits = compileLimits(),
  certificates,
  http2 = "tls",
  slow = () => {},
}: HttpServerOptions): HttpServer {
  const refuse = createRefuse(newId, log);
  const begin: RequestListener = (req, res) => {
    (req.socket as WithLatest)[LATEST] = res;
    listener(req, res);
  };
  const server = createServer(
    {
      headersTimeout: limits.headTimeoutMs,
      // Bodies have a pace of their own: large ones may take their time.
      requestTimeout: 0,
      connectionsCheckingInterval: SWEEP_MS,
      keepAliveTimeout: limits.idleTimeoutMs,
      maxHeaderSize: limits.headBytes,
      // RFC 9112 §6.1: Content-Length with Transfer-Encoding is refused; lenient parsing is never on.
      insecureHTTPParser: false,
      // The pipeline looks at it, and answers with a problem.
      requireHostHeader: false,
    },
    begin,
  );
  // Node.js would drop the others and tell nobody; the pipeline counts them.
  server.maxHeadersCount = 0;
  server.on("checkContinue", (req, res) => {
    noteExpectation(req);
    begin(req, res);
  });
  // Other expectations are refused by the pipeline.
  server.on("checkExpectation", begin);
  // RFC 9110 §9.3.6: a gateway is no tunnel.
  server.on("connect", (_req, socket) => {
    refuse(socket, problem("not-implemented", { detail: "CONNECT is not taken" }));
  });
  server.on("clientError", (error: ParseError, socket) => {
    if (error.code === "ERR_HTTP_REQUEST_TIMEOUT") slow("head");
    // What follows `Connection: close` is nobody's (RFC 9112 §9.6): the answer before it goes out.
    if (error.code === "HPE_CLOSED_CONNECTION") return;
    if (!socket.writable || error.code === "ECONNRESET") socket.destroy();
    else refuseInTurn(socket, () => refuse(socket, errorOf(error, limits.headBytes)));
  });

  const connections = new Set<Connection>();
  const accepted = new WeakSet<Socket>();
  /** What a request can name of a connection beyond the limit: its socket, or its session. */
  const surplus = new WeakSet<object>();
  const ofHttp2 = createHttp2Front({ listener, limits, newId });
  const [takeHttp1] = server.listeners("connection");

  function take(connection: Connection, socket: Socket, protocol: Protocol): void {
    connection.isUndecided = false;
    let taken: object | undefined = socket;
    if (protocol === "http2") taken = ofHttp2.take(socket);
    else {
      connection.carrier = socket;
      takeHttp1?.call(server, socket);
    }
    if (connection.isSurplus && taken !== undefined) surplus.add(taken);
  }

  const tls =
    certificates &&
    createTlsFront({
      certificates,
      hasHttp2: http2 !== false,
      limits,
      take,
      slow: () => slow("handshake"),
    });

  function accept(socket: Socket): void {
    // A second time: its upgrade was overlooked.
    if (accepted.has(socket)) {
      takeHttp1?.call(server, socket);
      return;
    }
    accepted.add(socket);
    const isSurplus = connections.size >= limits.connections;
    const connection = new Connection(socket, clock(), isSurplus);
    connections.add(connection);
    socket.once("close", () => connections.delete(connection));
    if (tls !== undefined) tls.accept(connection);
    else if (http2 !== "cleartext") take(connection, socket, "http1");
    else {
      connection.isUndecided = true;
      decideProtocol(socket, (protocol) => take(connection, socket, protocol));
    }
  }

  server.maxConnections = limits.connections + RESERVE;
  server.removeAllListeners("connection");
  server.on("connection", accept);
  // The same over TLS.
  server.on("secureConnection", (socket: Socket) => takeHttp1?.call(server, socket));
  const sweep = createSweep({
    connections,
    inFlight,
    limits,
    refuse,
    slow,
    clock,
    http2: ofHttp2.sweep,
  });
  let timer: NodeJS.Timeout | undefined;
  server.on("listening", () => {
    timer = setInterval(sweep, SWEEP_MS).unref();
  });
  server.on("close", () => clearInterval(timer));

  const { closeIdleConnections, closeAllConnections } = server;
  return Object.assign(server, {
    // `close` calls it as well.
    closeIdleConnections() {
      closeIdleConnections.call(server);
      ofHttp2.close();
      for (const { isUndecided, socket } of connections) if (isUndecided) socket.destroy();
    },
    closeAllConnections() {
      closeAllConnections.call(server);
      ofHttp2.destroy();
      for (const { socket } of connections) socket.destroy();
    },
    goAway: ofHttp2.goAway,
    connectionCount: () => connections.size,
    isSurplus(req: IncomingMessage) {
      if (connections.size <= limits.connections) return false;
      const { session } = (req as { stream?: { session?: object } }).stream ?? {};
      return surplus.has(session ?? req.socket);
    },
    setCertificates(given: Certificates) {
      tls?.setCertificates(given);
    },
  });
}
