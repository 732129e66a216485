/** Lets upgrades to WebSocket come to the listener as requests like any other, with the connection at hand. */
import { type IncomingMessage, type RequestListener, type Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { drainInTurn, isAnswering, whenAnswered } from "../in-turn.ts";
import { lingerOnClose } from "../linger.ts";
import { hasBody } from "../read-body.ts";

/** The client's side of what may become a tunnel. */
export interface ClientSide {
  readonly socket: Duplex;
  /**
   * From here on the answer is its taker's: nothing here ends the connection any more. What the client has said so far
   * comes to whoever listens before this turn is over.
   */
  take(): void;
}

const sides = new WeakMap<IncomingMessage, ClientSide>();

/** What a client may send behind a refusal before it is cut off. */
const LINGER_BYTES = 65_536;
/** What a client may say before it has an answer; behind that it waits, and that it leaves is not seen. */
const EARLY_BYTES = 65_536;

/** The client's side, where a request asks for WebSocket and its server takes upgrades. */
export function clientSideOf(req: IncomingMessage): ClientSide | undefined {
  return sides.get(req);
}

/** For `upgrade` of a server. */
export type UpgradeListener = (req: IncomingMessage, socket: Duplex, head: Buffer) => void;

/**
 * Every rule of the inbound side holds for an upgrade, and a refusal is an ordinary answer, behind which the connection
 * ends. Any other protocol than WebSocket is overlooked (RFC 9110 §7.8), and so is one that HTTP/1.0 asks for.
 *
 * Node.js hands the connection over as soon as it has read an upgrade, also while requests before it are being
 * answered. Those are answered, and the connection ends behind them (RFC 9112 §9.3.2: who sends requests one behind the
 * other asks again).
 * @param server whose upgrades they are
 */
export function upgradesOf(server: Server, listener: RequestListener): UpgradeListener {
  return function upgrade(req, socket, head) {
    if (isAnswering(req.socket)) endBehind(req, req.socket);
    else if (isForWebSocket(req)) begin(req, socket, head, listener);
    else if (READS_BODIES && hasBody(req)) answerLast(req, listener);
    else overlook(server, req, socket, head);
  };
}

function endBehind(req: IncomingMessage, socket: Duplex): void {
  socket.on("error", ignore);
  drainInTurn(socket);
  whenAnswered(socket, () => {
    lingerOnClose(req, LINGER_BYTES);
    req.socket.destroySoon();
  });
}

function isForWebSocket(req: IncomingMessage): boolean {
  const { method, httpVersion, headers } = req;
  return (
    method === "GET" &&
    httpVersion === "1.1" &&
    !hasBody(req) &&
    (headers.upgrade ?? "").split(",").some((one) => one.trim().toLowerCase() === "websocket")
  );
}

function begin(
  req: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  listener: RequestListener,
): void {
  const res = new ServerResponse(req);
  res.shouldKeepAlive = false;
  res.assignSocket(socket as Socket);
  drainInTurn(socket);
  if (head.length > 0) socket.unshift(head);
  // Node.js has taken its own listener away. An error is followed by `close`, which the answer tells.
  socket.on("error", ignore);
  // Who ends before there is an answer has left. A stream tells its end to those only who have read what came before.
  const leave = (): void => void socket.destroy();
  const early: Buffer[] = [];
  let room = EARLY_BYTES;
  const keep = (chunk: Buffer): void => {
    early.push(chunk);
    room -= chunk.length;
    if (room <= 0) socket.pause();
  };
  let isClosed = false;
  res.once("close", () => {
    isClosed = true;
  });
  const finish = (): void => {
    socket.off("end", leave);
    res.detachSocket(socket as Socket);
    // Once: a client that left while the rest was being written has brought it about already.
    if (!isClosed) res.emit("close");
    lingerOnClose(req, LINGER_BYTES);
    req.socket.destroySoon();
  };
  socket.once("end", leave);
  socket.on("data", keep);
  res.once("finish", finish);
  sides.set(req, {
    socket,
    take() {
      socket.off("end", leave);
      socket.off("data", keep);
      socket.pause();
      for (const chunk of early.splice(0).reverse()) socket.unshift(chunk);
      socket.resume();
      socket.off("error", ignore);
      res.off("finish", finish);
    },
  });
  listener(req, res);
}

function ignore(): void {}

/** What goes with an upgrade that is not made (RFC 9110 §7.8, RFC 7540 §3.2.1). */
const OF_UPGRADE: ReadonlySet<string> = new Set(["upgrade", "http2-settings"]);

/** Node.js 26 reads the body of a request that asks for an upgrade; before, it has read the head only. */
const READS_BODIES = Number.parseInt(process.versions.node, 10) >= 26;

/** Answers a request whose upgrade is overlooked, and ends the connection: what comes behind its body is not read. */
function answerLast(req: IncomingMessage, listener: RequestListener): void {
  const { socket } = req;
  const res = new ServerResponse(req);
  res.shouldKeepAlive = false;
  res.assignSocket(socket);
  drainInTurn(socket);
  socket.on("error", ignore);
  res.once("finish", () => {
    res.detachSocket(socket);
    res.emit("close");
    lingerOnClose(req, LINGER_BYTES);
    socket.destroySoon();
  });
  listener(req, res);
}

/** Gives the request to the server a second time, without its upgrade: Node.js has read its head only. */
function overlook(server: Server, req: IncomingMessage, socket: Duplex, head: Buffer): void {
  const { rawHeaders } = req;
  let text = `${req.method} ${req.url} HTTP/${req.httpVersion}\r\n`;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? "";
    const value = rawHeaders[at + 1] ?? "";
    const lower = name.toLowerCase();
    if (lower === "connection") text += connectionLine(value);
    else if (!OF_UPGRADE.has(lower)) text += `${name}: ${value}\r\n`;
  }
  socket.unshift(Buffer.concat([Buffer.from(`${text}\r\n`, "latin1"), head]));
  server.emit("encrypted" in socket ? "secureConnection" : "connection", socket);
}

function connectionLine(value: string): string {
  const options = value.split(",").map((option) => option.trim());
  const rest = options.filter((option) => !OF_UPGRADE.has(option.toLowerCase()));
  return rest.length === 0 ? "" : `Connection: ${rest.join(", ")}\r\n`;
}
