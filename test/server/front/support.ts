/** What tests of the front share: its limits made short, and raw connections over TLS. */
import { readFileSync } from "node:fs";
import { type ClientHttp2Session, connect, type IncomingHttpHeaders } from "node:http2";
import { connect as connectTls, type TLSSocket } from "node:tls";
import { fileURLToPath } from "node:url";
import type { LimitsConfig } from "../../../src/config/front-config.ts";
import { atEnd } from "../support.ts";

const file = (name: string): string =>
  fileURLToPath(new URL(`../../support/tls/${name}`, import.meta.url));

/** A certificate for `localhost` that nobody should trust. */
export const KEY_FILE: string = file("test-key.pem");
export const CERT_FILE: string = file("test-cert.pem");
export const CERT: string = readFileSync(CERT_FILE, "utf8");
export const TLS = { key: KEY_FILE, cert: CERT_FILE } as const;

/** Short enough for a test. */
export const SHORT: LimitsConfig = {
  headTimeout: "1s",
  bodyTimeout: "1s",
  readTimeout: "1s",
  idleTimeout: "1s",
};

export interface Http2Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders & Record<string, unknown>;
  readonly text: string;
  /** Why the stream ended: 0 is no error. */
  readonly code: number;
}

export interface Http2Client {
  readonly session: ClientHttp2Session;
  ask(path: string, fields?: Record<string, string>, body?: string): Promise<Http2Answer>;
  /** Resolves with the code when the server ends the session. */
  goneAway(): Promise<number>;
}

/** A client of HTTP/2; over TLS where the address says so. */
export function http2Client(url: string): Http2Client {
  const session = connect(url.replace("127.0.0.1", "localhost"), { ca: CERT });
  session.on("error", () => {});
  atEnd(() => session.destroy());
  const gone = new Promise<number>((resolve) => session.once("goaway", resolve));
  return {
    session,
    goneAway: () => gone,
    ask(path, fields = {}, body) {
      return new Promise((resolve) => {
        const stream = session.request(
          { ":path": path, ...fields },
          { endStream: body === undefined },
        );
        let headers: Http2Answer["headers"] = {};
        let text = "";
        stream.setEncoding("utf8");
        stream.on("response", (given) => {
          headers = given;
        });
        stream.on("data", (chunk: string) => {
          text += chunk;
        });
        stream.on("error", () => {});
        stream.on("close", () => {
          const status = headers[":status"] as number | undefined;
          resolve({ status, headers, text, code: stream.rstCode });
        });
        if (body !== undefined) stream.end(body);
      });
    },
  };
}

/** A connection with its handshake done. */
export async function tlsConnection(
  port: number,
  more: { readonly ALPNProtocols?: string[]; readonly ca?: string } = {},
): Promise<TLSSocket> {
  const socket = connectTls({
    port,
    host: "127.0.0.1",
    servername: "localhost",
    ca: CERT,
    ...more,
  });
  socket.on("error", () => {});
  atEnd(() => socket.destroy());
  await new Promise<void>((resolve) => socket.once("secureConnect", resolve));
  return socket;
}
