/** What the tests of tunnels share: a gateway with one route that takes WebSocket, a service that speaks it, clients. */
import { once } from "node:events";
import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";
import { type Gateway, proxied } from "heddle";
import { WebSocket, WebSocketServer } from "ws";
import type { GatewayConfig } from "../../../src/config/gateway-config.ts";
import type { RouteConfig } from "../../../src/config/routes-config.ts";
import type { WebSocketConfig } from "../../../src/config/websocket-config.ts";
import { acceptOf } from "../../../src/http/websocket/handshake.ts";
import { atEnd, plan, type Running, type Setup, startGateway } from "../support.ts";

export const plain = plan("plain", "GET", "/plain");

export interface TunnelSetup extends Partial<Setup> {
  readonly websocket?: true | WebSocketConfig;
  /** Options of the service's WebSocket server. */
  readonly ws?: ConstructorParameters<typeof WebSocketServer>[0];
  /** Of the route. */
  readonly more?: Partial<RouteConfig>;
  /** The service is not of WebSocket: `service` or the test answers upgrades. */
  readonly bare?: true;
}

export interface TunnelGateway extends Running {
  readonly wss: WebSocketServer;
  /** `ws://.../live/1` */
  readonly wsUrl: string;
  /** A client that is open, and the service's side of it. */
  pair(options?: ClientOptions): Promise<{ client: WebSocket; service: WebSocket }>;
  /** Takes another configuration: the one there is, with this of the server. */
  reload(server: GatewayConfig["server"]): ReturnType<Gateway["reload"]>;
}

export interface ClientOptions {
  readonly protocols?: readonly string[];
  readonly headers?: Record<string, string>;
  readonly perMessageDeflate?: boolean;
  readonly origin?: string;
}

export async function startTunnels({
  websocket = true,
  ws = {},
  bare,
  more = {},
  ...setup
}: TunnelSetup = {}): Promise<TunnelGateway> {
  const route = { path: "/live/{room}", to: "orders", websocket, ...more };
  const running = await startGateway({
    routes: [proxied("orders", plain, "/")],
    configured: [route],
    ...setup,
  });
  const wss = new WebSocketServer({
    ...ws,
    ...(bare ? { noServer: true } : { server: running.service }),
  });
  atEnd(() => {
    for (const one of wss.clients) one.terminate();
    wss.close();
  });
  const wsUrl = `${running.url.replace("http", "ws")}/live/1`;
  return {
    ...running,
    wss,
    wsUrl,
    reload({ ...server }) {
      const { config, gateway } = running;
      return gateway.reload({ ...config, server: { ...config.server, ...server } });
    },
    async pair(options) {
      const connected = once(wss, "connection");
      const client = connect(wsUrl, options);
      const [[service]] = await Promise.all([connected, once(client, "open")]);
      return { client, service: service as WebSocket };
    },
  };
}

/** A client that is being opened. */
export function connect(
  url: string,
  { protocols = [], ...options }: ClientOptions = {},
): WebSocket {
  const client = new WebSocket(url, [...protocols], { perMessageDeflate: false, ...options });
  client.on("error", () => {});
  atEnd(() => client.terminate());
  return client;
}

/** The next message, and whether it is binary. */
export async function nextMessage(socket: WebSocket): Promise<{ data: Buffer; isBinary: boolean }> {
  const [data, isBinary] = (await once(socket, "message")) as [Buffer, boolean];
  return { data, isBinary };
}

/** With what a side was told that it is over. */
export async function closing(socket: WebSocket): Promise<number> {
  const [code] = (await once(socket, "close")) as [number];
  return code;
}

/** The answer to a handshake that was refused. */
export function refusal(
  client: WebSocket,
): Promise<{ status: number; headers: Record<string, unknown>; body: string }> {
  return new Promise((resolve, reject) => {
    client.on("open", () => reject(new Error("it was opened")));
    client.on("unexpected-response", (_req, res) => {
      let body = "";
      res.setEncoding("utf8");
      res.on("data", (text: string) => {
        body += text;
      });
      res.on("end", () => resolve({ status: res.statusCode ?? 0, headers: res.headers, body }));
    });
  });
}

/** Sent raw, it makes a tunnel. */
export const HANDSHAKE = [
  "Host: shop.example",
  "Connection: Upgrade",
  "Upgrade: websocket",
  "Sec-WebSocket-Version: 13",
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
];

/** The head of the answer to a handshake. */
export function accepting(req: IncomingMessage): string {
  const accept = acceptOf(String(req.headers["sec-websocket-key"]));
  return `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`;
}

/** Answers upgrades by hand. */
export function onUpgrade(
  service: Server,
  answer: (req: IncomingMessage, socket: Socket, head: Buffer) => void,
): void {
  service.on("upgrade", (req: IncomingMessage, socket: Socket, head: Buffer) => {
    atEnd(() => socket.destroy());
    socket.on("error", () => {});
    answer(req, socket, head);
  });
}
