/** Two connections that speak WebSocket, joined: bytes both ways, and an end that both sides understand. */
import type { Duplex } from "node:stream";
import { followAll } from "../../http/stream-boundary.ts";
import { closeFrame, FrameBoundary } from "../../http/websocket/frames.ts";

/**
 * How a tunnel ended. `closed`: by the closing handshake of its two sides. `client`, `service`: that side left without
 * one. `idle`, `stopping`: by one that was begun here. `cut`: one that was begun here was not finished.
 */
export type TunnelEnd = "closed" | "client" | "service" | "idle" | "stopping" | "cut";

export interface TunnelOptions {
  readonly client: Duplex;
  readonly service: Duplex;
  /** Silence of both sides that ends it. */
  readonly idleMs: number;
  /** Four bytes that nobody can foresee (RFC 6455 §5.3). */
  readonly newMask: () => Uint8Array;
  /** Of each piece that goes on. */
  readonly passed: (to: "client" | "service", bytes: number) => void;
  /** The client has had its goodbye, and has answered it. Comes once, or not at all. */
  readonly whole: () => void;
  /** It is known how it ends; what the client has to read still leaves. */
  readonly ended: (end: TunnelEnd) => void;
  /** Both connections are closed. Comes once, after `ended`. */
  readonly over: () => void;
}

export interface Tunnel {
  /** Says goodbye to both sides, at the next end of a frame in each direction, and waits for their answers. */
  close(why: "idle" | "stopping"): void;
}

/** RFC 6455 §7.4.1 */
const GOING_AWAY = 1001;
/** For the answer to a Close frame, or to the end of a connection, where nothing else limits it. */
const CLOSING_MS = 10_000;
/** For a peer that has had its goodbye and should close its connection. */
const LAST_MS = 2_000;

export function join(options: TunnelOptions): Tunnel {
  const { client, service, idleMs, newMask, passed, whole, ended, over } = options;
  const toService = new Direction(client, service, () => closeFrame(GOING_AWAY, newMask()));
  const toClient = new Direction(service, client, () => closeFrame(GOING_AWAY, undefined));
  const timers = new Set<NodeJS.Timeout>();
  let end: TunnelEnd | undefined;
  let why: "idle" | "stopping" | undefined;
  let open = 2;
  let isWhole = false;
  const idle = setTimeout(() => close("idle"), idleMs);

  function tell(how: TunnelEnd): void {
    if (end !== undefined) return;
    end = how;
    clearTimeout(idle);
    ended(how);
    // The side that answered should close its connection now.
    if (how === "closed") for (const socket of [client, service]) later(CLOSING_MS, socket);
  }

  function later(ms: number, socket: Duplex): void {
    timers.add(setTimeout(() => socket.destroy(), ms));
  }

  /** Whoever sends in this direction has sent a Close frame, and has had one. */
  function isSettled(direction: Direction): boolean {
    const back = direction === toService ? toClient : toService;
    return direction.boundary.sawClose && back.hadClose;
  }

  function stay(): void {
    if (why === undefined && end === undefined) idle.refresh();
  }

  /** Called when anything may have changed. */
  function look(): void {
    if (!isSettled(toService)) return;
    if (!isWhole) whole();
    isWhole = true;
    if (!isSettled(toClient)) return;
    tell(why ?? "closed");
    if (why === undefined) return;
    // Begun here: nobody else ends the connections.
    for (const socket of [client, service]) {
      if (socket.writableEnded) continue;
      socket.end();
      later(LAST_MS, socket);
    }
  }

  function close(reason: "idle" | "stopping"): void {
    if (why !== undefined || end !== undefined) return;
    why = reason;
    clearTimeout(idle);
    // A stopping gateway has its grace.
    if (reason === "idle") for (const socket of [client, service]) later(CLOSING_MS, socket);
    toService.close();
    toClient.close();
    look();
  }

  for (const direction of [toService, toClient]) {
    const { from, to } = direction;
    const side = direction === toService ? "client" : "service";
    const target = side === "client" ? "service" : "client";
    // For whoever was not asked to end: what the other side has sent before goes on.
    const leave = (): void => {
      if (!isSettled(direction)) tell(why === undefined ? side : "cut");
    };
    from.on("data", (chunk: Buffer) => {
      stay();
      const before = direction.bytes;
      direction.push(chunk);
      passed(target, direction.bytes - before);
      look();
    });
    to.on("drain", () => {
      stay();
      from.resume();
    });
    from.on("end", () => {
      leave();
      to.end();
      // Half-closed: the other side may finish, but not for ever.
      later(CLOSING_MS, to);
    });
    from.on("error", () => from.destroy());
    const gone = (): void => {
      leave();
      open -= 1;
      if (open > 0) {
        if (end === "cut") to.destroy();
        else if (!to.writableEnded) to.end();
        later(LAST_MS, to);
        return;
      }
      clearTimeout(idle);
      for (const timer of timers) clearTimeout(timer);
      over();
    };
    // May have gone while its handshake was under way.
    if (from.closed) gone();
    else from.on("close", gone);
  }
  return { close };
}

/** What one side says to the other. */
class Direction {
  readonly from: Duplex;
  readonly to: Duplex;
  readonly boundary: FrameBoundary = new FrameBoundary();
  /** That went on. */
  bytes = 0;
  /** A Close frame of our own has been put in: nothing may follow it (RFC 6455 §5.5.1). */
  #isPut = false;
  #isClosing = false;
  readonly #goodbye: () => Buffer;

  constructor(from: Duplex, to: Duplex, goodbye: () => Buffer) {
    this.from = from;
    this.to = to;
    this.#goodbye = goodbye;
  }

  /** The receiver has had a Close frame, of whomever. */
  get hadClose(): boolean {
    return this.#isPut || this.boundary.sawClose;
  }

  push(chunk: Buffer): void {
    if (!this.#isClosing) {
      followAll(this.boundary, chunk);
      this.#write(chunk);
      return;
    }
    const { boundary } = this;
    if (!this.#isPut && !boundary.sawClose) {
      const at = boundary.next(chunk, 0);
      this.#write(chunk.subarray(0, at));
      this.#put();
      followAll(boundary, chunk.subarray(at));
    } else {
      followAll(boundary, chunk);
    }
  }

  /** Puts a Close frame in, now or behind the frame that is under way. */
  close(): void {
    this.#isClosing = true;
    this.#put();
  }

  #put(): void {
    const { boundary } = this;
    if (this.#isPut || !boundary.isBetween || boundary.sawClose || this.to.writableEnded) return;
    this.#isPut = true;
    this.to.write(this.#goodbye());
    // What comes from now on goes nowhere, and is read to its Close frame.
    this.from.resume();
  }

  #write(chunk: Buffer): void {
    this.bytes += chunk.length;
    if (!this.to.write(chunk)) this.from.pause();
  }
}
