/** One connection of a client, as the operating system knows it: below TLS, and below every protocol. */
import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { Pace, type PaceLimits } from "./pace.ts";

/** Of libuv. Nothing public tells how much of a long write the client has taken: without it, only whole writes count. */
interface Handle {
  readonly writeQueueSize?: number;
  readonly bytesWritten?: number;
}

/**
 * What the system takes of an answer that nobody reads, beyond what it has taken when its buffers are full for the first
 * time: it lets them grow, later when many are full. As much as Linux lets one of them have.
 */
const GROWTH_BYTES = 4_194_304;

/** Where a socket keeps its latest answer, and with it the request whose body may still be coming. */
export const LATEST: unique symbol = Symbol("latest answer");

export interface WithLatest extends Socket {
  [LATEST]?: ServerResponse | undefined;
}

export class Connection {
  readonly socket: Socket;
  readonly openedMs: number;
  /** Beyond the limit: only probes are answered on it. */
  readonly isSurplus: boolean;
  /** What HTTP/1.1 is spoken on: this socket, or TLS above it. */
  carrier: WithLatest | undefined;
  /** Nobody knows yet which protocol it speaks. */
  isUndecided = false;
  #reading: Pace | undefined;

  constructor(socket: Socket, openedMs: number, isSurplus: boolean) {
    this.socket = socket;
    this.openedMs = openedMs;
    this.isSurplus = isSurplus;
  }

  /** Whether the client is too slow to take what is written to it; looked at every so often, `ms` apart. */
  isTooSlow(limits: PaceLimits, ms: number): boolean {
    const { _handle: handle } = this.socket as { _handle?: Handle | null };
    const waiting = handle?.writeQueueSize ?? this.socket.writableLength;
    if (waiting === 0 && this.#reading === undefined) return false;
    const taken = (handle?.bytesWritten ?? this.socket.bytesWritten) - waiting;
    if (this.#reading === undefined) this.#reading = new Pace(limits, taken, GROWTH_BYTES);
    else if (waiting > 0) return this.#reading.isTooSlow(taken, ms);
    // All is taken, by the system at least: its client may still be the one that does not read.
    else this.#reading.rest(taken);
    return false;
  }
}
