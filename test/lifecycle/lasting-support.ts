/** What lasts: WebSockets and event streams through a built server, how each of them ended, and the service behind. */
import { once } from "node:events";
import { type IncomingMessage, request, type ServerResponse } from "node:http";
import { onTestFinished } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { startServer } from "../server/support.ts";

/** A service that echoes messages, and says something on event streams from time to time. */
export interface LastingService {
  readonly url: string;
  /** Codes with which its sides of tunnels were closed. */
  readonly codes: number[];
  readonly opened: () => number;
  /** Event streams that are open. */
  readonly streams: () => number;
}

const EVERY_MS = 5;

export async function startLasting(): Promise<LastingService> {
  const codes: number[] = [];
  let opened = 0;
  const streams = new Set<ServerResponse>();
  const { url, server } = await startServer((_req: IncomingMessage, res: ServerResponse) => {
    streams.add(res);
    res.on("close", () => streams.delete(res));
    res.writeHead(200, { "content-type": "text/event-stream" }).write("data: 0\n\n");
  });
  const wss = new WebSocketServer({ server });
  wss.on("connection", (socket) => {
    opened += 1;
    socket.on("message", (data) => socket.send(data));
    socket.on("error", () => {});
    socket.on("close", (code) => codes.push(code));
  });
  const timer = setInterval(() => {
    for (const res of streams) res.write(`data: ${"x".repeat(500)}\n\n`);
  }, EVERY_MS);
  onTestFinished(() => {
    clearInterval(timer);
    for (const one of wss.clients) one.terminate();
    wss.close();
  });
  return { url, codes, opened: () => opened, streams: () => streams.size };
}

/** A WebSocket that is in use all the time: what it says comes back, and is said again. */
export interface Lasting {
  readonly socket: WebSocket;
  /** Messages that came back. */
  readonly echoes: () => number;
  /** The code that it was closed with. */
  readonly closed: Promise<number>;
}

/** Opens so many, one after the other. */
export async function openLasting(url: string, count: number): Promise<readonly Lasting[]> {
  const made: Lasting[] = [];
  for (let one = 0; one < count; one++) made.push(await openOne(url));
  return made;
}

async function openOne(url: string): Promise<Lasting> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/live/1`, { perMessageDeflate: false });
  onTestFinished(() => socket.terminate());
  const closed = new Promise<number>((resolve) => socket.on("close", resolve));
  await once(socket, "open");
  socket.on("error", () => {});
  let echoes = 0;
  const text = "x".repeat(2_000);
  const say = (): void => {
    if (socket.readyState === socket.OPEN) socket.send(text);
  };
  socket.on("message", () => {
    echoes += 1;
    setTimeout(say, EVERY_MS);
  });
  say();
  return { socket, echoes: () => echoes, closed };
}

/** Listens to an event stream; resolves with what came when its head is there. */
export async function openStream(url: string): Promise<{ readonly ended: Promise<string> }> {
  const asked = request(`${url}/live/events`, { agent: false }).end();
  onTestFinished(() => void asked.destroy());
  const [response] = (await once(asked, "response")) as [IncomingMessage];
  let text = "";
  response.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  const ended = new Promise<string>((resolve) => {
    response.on("error", () => {});
    response.on("close", () => resolve(response.complete ? text : `cut off after ${text}`));
  });
  return { ended };
}
