/** One connection to Redis, for as long as it lasts: two sockets, one for commands and one for what is published. */
export type RedisArgument = string | Buffer;

/** Sends one command. Bulk strings come as text, or as Buffers when `bytes` is set. Rejects when Redis is too slow. */
export type SendCommand = (args: readonly RedisArgument[], bytes?: boolean) => Promise<unknown>;

export interface RedisConnection {
  readonly send: SendCommand;
  /** Do both sockets still answer? Rejects when one does not. */
  ping(): Promise<void>;
  /** Everything under way fails at once. */
  destroy(): void;
}

export interface ConnectionOptions {
  readonly url: string;
  readonly connectTimeoutMs: number;
  readonly commandTimeoutMs: number;
  /** What to listen to. */
  readonly channels: ReadonlyMap<string, (message: string) => void>;
  /** A socket is gone; may be called several times. */
  readonly onLost: (error: Error) => void;
}

/** The few methods of the client that are used: its whole type takes the compiler seconds. */
interface Client {
  connect(): Promise<unknown>;
  destroy(): void;
  sendCommand(args: readonly RedisArgument[], options?: object): Promise<unknown>;
  subscribe(channel: string, listener: (message: string) => void): Promise<unknown>;
  on(event: "error", listener: (error: Error) => void): unknown;
}

/** Only whoever has a Redis pays for the client: it takes a tenth of a second to load. */
export const loadClient = (): Promise<Library> => import("@redis/client");
type Library = typeof import("@redis/client");

/**
 * Connects, signs in and subscribes, or rejects and leaves nothing behind.
 * @throws TypeError (as a rejection) when the URL is none of Redis.
 */
export async function openConnection(options: ConnectionOptions): Promise<RedisConnection> {
  const { commandTimeoutMs, connectTimeoutMs, channels } = options;
  const library = await loadClient();
  const asBytes = { typeMapping: { [library.RESP_TYPES.BLOB_STRING]: Buffer } };
  const commands = createOnce(library, options);
  const subscriptions = createOnce(library, options);

  function destroy(): void {
    commands.destroy();
    subscriptions.destroy();
  }
  const limited = <T>(promise: Promise<T>): Promise<T> => within(promise, commandTimeoutMs);

  try {
    await within(Promise.all([commands.connect(), subscriptions.connect()]), connectTimeoutMs);
    for (const [channel, listener] of channels) {
      await limited(subscriptions.client.subscribe(channel, listener));
    }
  } catch (error) {
    destroy();
    throw error;
  }
  return {
    send: (args, bytes = false) =>
      limited(commands.client.sendCommand(args, bytes ? asBytes : undefined)),
    async ping() {
      await limited(
        Promise.all([
          commands.client.sendCommand(["PING"]),
          subscriptions.client.sendCommand(["PING"]),
        ]),
      );
    },
    destroy,
  };
}

interface OnceClient {
  readonly client: Client;
  connect(): Promise<void>;
  destroy(): void;
}

/** A client for one connection: connecting again is decided in one place, for both sockets at once. */
function createOnce(library: Library, options: ConnectionOptions): OnceClient {
  const { url, connectTimeoutMs, onLost } = options;
  const client: Client = library.createClient({
    url,
    // Speaks to servers that are older than RESP3, and greets without a round trip.
    RESP: 2,
    maintNotifications: "disabled",
    disableClientInfo: true,
    disableOfflineQueue: true,
    // Commands are timed here: the client's own limit costs an AbortSignal each, and ends at the write.
    commandOptions: { timeout: 0 },
    socket: { connectTimeout: connectTimeoutMs, reconnectStrategy: false },
  });
  let isOver = false;
  client.on("error", (error) => {
    if (!isOver) onLost(error);
  });
  return {
    client,
    async connect() {
      try {
        await client.connect();
      } finally {
        // A client that was destroyed before its socket was connected would keep that socket.
        if (isOver) client.destroy();
      }
    },
    destroy() {
      isOver = true;
      client.destroy();
    },
  };
}

/** How late a timer may be before the event loop is taken to have stood still. */
const LATE_MS = 20;

/** The same promise, which fails when it takes longer. */
function within<T>(promise: Promise<T>, timeoutMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const fail = (): void => reject(new Error(`redis did not answer within ${timeoutMs} ms`));
    let timer = setTimeout(() => {
      // Redis has its time again where this process took it: what was to be sent or read may still lie here.
      const hasStoodStill = performance.now() - begun > timeoutMs + LATE_MS;
      timer = setTimeout(fail, hasStoodStill ? timeoutMs : 0);
    }, timeoutMs);
    promise.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
