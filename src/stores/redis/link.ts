/**
 * The gateway's tie to Redis: up, or down and being mended in the background. While it is down no command is tried,
 * so that whoever needs Redis does without it at once.
 */
import { randomInt } from "node:crypto";
import type { Log } from "../../core/context.ts";
import {
  loadClient,
  openConnection,
  type RedisArgument,
  type RedisConnection,
  type SendCommand,
} from "./connection.ts";
import { isReply } from "./script.ts";

export type LinkState = "up" | "down";

export interface RedisLinkOptions {
  /** `redis://` or `rediss://`. */
  readonly url: string;
  /** Put before every key. */
  readonly prefix: string;
  readonly log: Log;
  /** Told of every change. */
  readonly onHealth?: (state: LinkState) => void;
  /** Of one command; default 200. */
  readonly commandTimeoutMs?: number;
  /** Default 1,000. */
  readonly connectTimeoutMs?: number;
  /** How often a connection that nobody uses is tried; default 2,000. */
  readonly heartbeatMs?: number;
  /** The first pause before connecting again; doubles up to `maxPauseMs`. Default 100. */
  readonly minPauseMs?: number;
  /** Default 5,000. */
  readonly maxPauseMs?: number;
  /** From 0 to 1. Default: cryptographic. */
  readonly random?: () => number;
}

/** Who uses the link and must know when it comes and goes. */
export interface LinkMember {
  /** What to listen to, and who hears it. */
  readonly channel?: { readonly name: string; readonly onMessage: (message: string) => void };
  /** Before the link counts as up: what has been missed. A rejection keeps it down. */
  onUp?(send: SendCommand): Promise<void>;
  /** The link is up. */
  onReady?(): void;
  onDown?(): void;
}

export interface RedisLink {
  readonly prefix: string;
  readonly state: LinkState;
  /**
   * Sends a command. Rejects at once while the link is down. Whatever goes wrong takes the link down, except
   * `WRONGTYPE` and `NOSCRIPT`, which say something about one key or script only.
   */
  readonly send: SendCommand;
  /** Call it before `open`. */
  join(member: LinkMember): void;
  /** Begins to connect, in the background. */
  open(): void;
  /** Waits for commands under way, then ends both sockets. */
  close(): Promise<void>;
}

/** A connection that lasted this long was a good one: the next pause is short again. */
const STABLE_MS = 10_000;

/** Creates a link that is down. */
export function createRedisLink(options: RedisLinkOptions): RedisLink {
  const {
    log,
    prefix,
    commandTimeoutMs = 200,
    connectTimeoutMs = 1_000,
    heartbeatMs = 2_000,
    minPauseMs = 100,
    maxPauseMs = 5_000,
    random = () => randomInt(2 ** 32) / 2 ** 32,
  } = options;
  // Before there are requests to wait for it; what is wrong with it `open` will tell.
  loadClient().catch(() => {});
  const members: LinkMember[] = [];
  /** Undefined while the link is down. */
  let connection: RedisConnection | undefined;
  /** What was last told; undefined: nothing yet. */
  let told: LinkState | undefined;
  let tries = 0;
  let trying: Promise<void> | undefined;
  let pause: NodeJS.Timeout | undefined;
  let heartbeat: NodeJS.Timeout | undefined;
  let stable: NodeJS.Timeout | undefined;
  let isClosed = false;
  let underWay = 0;
  let onIdle = (): void => {};

  function tell(state: LinkState, error?: unknown): void {
    if (told === state) return;
    told = state;
    if (state === "up") log.info({ redis: state }, "redis is up");
    else log.warn({ redis: state, reason: reasonOf(error) }, "redis is down: going on without it");
    options.onHealth?.(state);
  }

  async function attempt(): Promise<void> {
    let lost: Error | undefined;
    let opened: RedisConnection | undefined;
    try {
      opened = await openConnection({
        url: options.url,
        connectTimeoutMs,
        commandTimeoutMs,
        channels: new Map(
          members.flatMap(({ channel }) => (channel ? [[channel.name, channel.onMessage]] : [])),
        ),
        onLost(error) {
          lost ??= error;
          if (opened !== undefined) fail(opened, error);
        },
      });
      // Only a write tells a replica, a full server and a user without rights from one that is good for anything.
      await opened.send(["SET", `${prefix}probe`, "1", "PX", "1000"]);
      for (const member of members) await member.onUp?.(opened.send);
      if (lost !== undefined) throw lost;
    } catch (error) {
      opened?.destroy();
      if (isClosed) return;
      tell("down", error);
      tryLater();
      return;
    }
    if (isClosed) return opened.destroy();
    connection = opened;
    heartbeat = setInterval(beat, heartbeatMs, opened).unref();
    stable = setTimeout(() => {
      tries = 0;
    }, STABLE_MS).unref();
    tell("up");
    for (const member of members) member.onReady?.();
  }

  function beat(beaten: RedisConnection): void {
    beaten.ping().catch((error: unknown) => fail(beaten, error));
  }

  function tryNow(): void {
    trying = attempt().finally(() => {
      trying = undefined;
    });
  }

  function tryLater(): void {
    const most = Math.min(maxPauseMs, minPauseMs * 2 ** Math.min(tries, 16));
    tries += 1;
    // Half of it by chance: processes that lost Redis together must not come back together.
    pause = setTimeout(tryNow, most * (0.5 + random() / 2)).unref();
  }

  /** Takes the link down, once for each connection. */
  function fail(failed: RedisConnection, error: unknown): void {
    if (connection !== failed) return;
    connection = undefined;
    clearInterval(heartbeat);
    clearTimeout(stable);
    failed.destroy();
    for (const member of members) member.onDown?.();
    if (isClosed) return;
    tell("down", error);
    tryLater();
  }

  async function send(args: readonly RedisArgument[], bytes?: boolean): Promise<unknown> {
    const current = connection;
    if (current === undefined || isClosed) throw new Error("redis is down");
    underWay += 1;
    try {
      return await current.send(args, bytes);
    } catch (error) {
      if (!isReply(error, "WRONGTYPE") && !isReply(error, "NOSCRIPT")) fail(current, error);
      throw error;
    } finally {
      underWay -= 1;
      if (underWay === 0) onIdle();
    }
  }

  return {
    prefix,
    get state() {
      return connection === undefined ? "down" : "up";
    },
    send,
    join(member) {
      members.push(member);
    },
    open() {
      if (!isClosed && trying === undefined && pause === undefined && connection === undefined) {
        tryNow();
      }
    },
    async close() {
      isClosed = true;
      clearTimeout(pause);
      clearTimeout(stable);
      clearInterval(heartbeat);
      if (underWay > 0) {
        await new Promise<void>((resolve) => {
          onIdle = resolve;
        });
      }
      if (connection !== undefined) fail(connection, undefined);
      await trying;
    },
  };
}

/** The message alone: an error of the client holds on to commands, and those to answers of services. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === "") return reasonOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
