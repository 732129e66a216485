/** Connections of HTTP/2 to one target, of node:http2: as many as its limit of streams makes necessary. */
import { type ClientHttp2Session, connect } from "node:http2";
import type { TLSSocket } from "node:tls";
import type { Dispatcher } from "undici";
import type { Wire } from "../balance/wire.ts";
import { Exchange } from "./exchange.ts";

export interface Http2Options {
  /** Of connecting, and of showing life. */
  readonly timeoutMs: number;
  readonly maxHeadBytes: number;
  /** A connection without a request is closed after this. */
  readonly idleMs: number;
  /** Handed to `tls.connect` or `net.connect`. */
  readonly socket: object;
}

/** Streams on one connection; a service's own limit wins (RFC 9113 §6.5.2). */
const MAX_STREAMS = 100;
/** A request that was refused unseen is sent so many times at most. */
const MAX_SENDS = 2;

interface Connection {
  readonly session: ClientHttp2Session;
  active: number;
  isAsked: boolean;
}

/** undici's own client of HTTP/2 takes an answer that was reset for a whole one, and drops calls when a connection ends. */
export class Http2Wire implements Wire {
  readonly #origin: URL;
  readonly #options: Http2Options;
  readonly #connections = new Set<Connection>();
  readonly #closings: (() => void)[] = [];
  #isClosed = false;

  constructor(origin: string, options: Http2Options) {
    this.#origin = new URL(origin);
    this.#options = options;
  }

  get stats(): Wire["stats"] {
    let running = 0;
    for (const { active } of this.#connections) running += active;
    return { running, queued: 0 };
  }

  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    if (this.#isClosed) {
      const error = Object.assign(new Error("closed"), { code: "UND_ERR_CLOSED" });
      const exchange = new Exchange(options, handler, IDLE_HOOKS);
      handler.onResponseError?.(exchange, error);
      return false;
    }
    this.#send(options, handler, 1);
    return true;
  }

  close(): Promise<void> {
    this.#isClosed = true;
    return new Promise((resolve) => {
      this.#closings.push(resolve);
      for (const connection of this.#connections) {
        if (connection.active === 0) connection.session.destroy();
      }
      this.#settle();
    });
  }

  destroy(): void {
    this.#isClosed = true;
    for (const { session } of this.#connections) session.destroy();
  }

  #send(
    options: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler,
    sends: number,
  ): void {
    const connection = this.#free() ?? this.#open();
    const { session } = connection;
    connection.active += 1;
    if (connection.active === 1) session.ref();
    const exchange = new Exchange(options, handler, {
      over: () => this.#over(connection),
      refused: () => {
        if (sends >= MAX_SENDS) return false;
        // After this turn: the connection learns in it that it has come to its end.
        setImmediate(() => this.#send(options, handler, sends + 1));
        return true;
      },
      silent: () => this.#askForLife(connection),
    });
    exchange.begin(session, this.#origin);
  }

  #free(): Connection | undefined {
    for (const connection of this.#connections) {
      const { session, active } = connection;
      if (session.closed || session.destroyed) continue;
      const most = session.remoteSettings?.maxConcurrentStreams ?? MAX_STREAMS;
      if (active < Math.min(most, MAX_STREAMS)) return connection;
    }
    return undefined;
  }

  #open(): Connection {
    const { timeoutMs, maxHeadBytes, idleMs, socket } = this.#options;
    const session = connect(this.#origin, {
      ...socket,
      settings: { enablePush: false, maxHeaderListSize: maxHeadBytes },
    });
    const connection: Connection = { session, active: 0, isAsked: false };
    this.#connections.add(connection);
    const timer = setTimeout(() => session.destroy(tooSlow()), timeoutMs).unref();
    session.once("connect", () => {
      clearTimeout(timer);
      const { alpnProtocol } = session.socket as Partial<TLSSocket>;
      if (this.#origin.protocol === "https:" && alpnProtocol !== "h2") session.destroy(noHttp2());
    });
    // Its streams tell why.
    session.on("error", () => undefined);
    session.setTimeout(idleMs, () => {
      if (connection.active === 0) session.close();
    });
    session.once("close", () => {
      clearTimeout(timer);
      this.#connections.delete(connection);
      this.#settle();
    });
    return connection;
  }

  #over(connection: Connection): void {
    connection.active -= 1;
    if (connection.active > 0) return;
    const { session } = connection;
    if (session.destroyed) return;
    session.unref();
    // After this turn: what ends a request may have something to say on its stream.
    if (this.#isClosed) setImmediate(() => connection.active === 0 && session.close());
  }

  /** One connection carries many calls: one that is dead would take them all, as no call ends it. */
  #askForLife(connection: Connection): void {
    const { session } = connection;
    if (connection.isAsked || session.closed || session.destroyed || session.connecting) return;
    connection.isAsked = true;
    const timer = setTimeout(() => session.destroy(tooSlow()), this.#options.timeoutMs).unref();
    session.ping(() => {
      clearTimeout(timer);
      connection.isAsked = false;
    });
  }

  #settle(): void {
    if (!this.#isClosed || this.#connections.size > 0) return;
    for (const done of this.#closings.splice(0)) done();
  }
}

const IDLE_HOOKS = {
  over: () => undefined,
  refused: () => false,
  silent: () => undefined,
};

function tooSlow(): Error {
  return Object.assign(new Error("no connection in time"), { code: "UND_ERR_CONNECT_TIMEOUT" });
}

function noHttp2(): Error {
  return Object.assign(new Error("no HTTP/2"), { code: "HEDDLE_NO_HTTP2" });
}
