/** TLS on connections that somebody else accepts; the protocol inside is the client's choice (ALPN, RFC 7301). */
import type { Socket } from "node:net";
import { createServer, type TLSSocket } from "node:tls";
import type { LimitSettings } from "../../config/front.ts";
import type { Certificates } from "./certificates.ts";
import type { Connection } from "./connection.ts";
import type { Protocol } from "./protocol.ts";

export interface TlsFrontOptions {
  readonly certificates: Certificates;
  readonly hasHttp2: boolean;
  readonly limits: LimitSettings;
  /** Is handed each connection when its handshake is over. */
  readonly take: (connection: Connection, socket: TLSSocket, protocol: Protocol) => void;
  /** Told of each handshake that took too long. */
  readonly slow: () => void;
}

export interface TlsFront {
  accept(connection: Connection): void;
  setCertificates(certificates: Certificates): void;
}

export function createTlsFront(options: TlsFrontOptions): TlsFront {
  const { certificates, hasHttp2, limits, take, slow } = options;
  /** Of handshakes under way: by the client's address and port, which both sockets of a connection know. */
  const beginning = new Map<string, Connection>();
  const server = createServer({
    ...contextOf(certificates),
    ALPNProtocols: hasHttp2 ? ["h2", "http/1.1"] : ["http/1.1"],
    handshakeTimeout: limits.headTimeoutMs,
    ...(certificates.ca === undefined ? {} : { requestCert: true, rejectUnauthorized: true }),
  });
  server.on("secureConnection", (socket) => {
    const connection = beginning.get(sourceOf(socket));
    if (connection === undefined) socket.destroy();
    else take(connection, socket, socket.alpnProtocol === "h2" ? "http2" : "http1");
  });
  server.on("tlsClientError", (error: NodeJS.ErrnoException, socket) => {
    if (error.code === "ERR_TLS_HANDSHAKE_TIMEOUT") slow();
    // Node.js leaves it open.
    socket.destroy();
  });

  return {
    accept(connection) {
      const { socket } = connection;
      const source = sourceOf(socket);
      connection.isUndecided = true;
      beginning.set(source, connection);
      socket.once("close", () => {
        if (beginning.get(source) === connection) beginning.delete(source);
      });
      server.emit("connection", socket);
    },
    setCertificates(given) {
      server.setSecureContext(contextOf(given));
    },
  };
}

/** `honorCipherOrder`: the server's choice, as for every context that Node.js makes from options. */
function contextOf(certificates: Certificates): Certificates & { honorCipherOrder: boolean } {
  return { ...certificates, honorCipherOrder: true };
}

function sourceOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}
