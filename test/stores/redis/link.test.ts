/** The tie to Redis: when it tries again, whom it tells, and what it leaves behind. */

import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import {
  createRedisLink,
  type LinkState,
  type RedisLink,
  type RedisLinkOptions,
} from "../../../src/stores/redis/link.ts";
import { eventually } from "../../support/eventually.ts";
import { rememberingLog } from "../../support/kept-entry.ts";
import { noRedis, type RedisServer, startRedis, withRedis } from "../../support/redis-server.ts";
import { startTcpProxy } from "../../support/tcp-proxy.ts";

function create(url: string, options: Partial<RedisLinkOptions> = {}): RedisLink {
  const log = rememberingLog();
  const link = createRedisLink({ url, prefix: "test:", log, commandTimeoutMs: 5_000, ...options });
  onTestFinished(() => link.close());
  return link;
}

/** A server that takes connections and says nothing, or ends them. */
async function silentServer(onConnection: () => void): Promise<string> {
  const server = createServer((socket) => {
    onConnection();
    socket.on("error", () => {}).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `redis://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("a link to something that is no Redis", () => {
  it("is tried again after pauses that double up to a limit, half of each by chance", async () => {
    const pauses = vi.spyOn(globalThis, "setTimeout");
    onTestFinished(() => void pauses.mockRestore());
    let tries = 0;
    const url = await silentServer(() => {
      tries += 1;
    });
    const link = create(url, {
      minPauseMs: 11,
      maxPauseMs: 37,
      random: () => 0,
    });
    link.open();
    await eventually(() => expect(tries).toBeGreaterThan(7));
    await link.close();
    const taken = pauses.mock.calls
      .map(([, ms]) => ms)
      .filter((ms) => [5.5, 11, 18.5].includes(ms ?? 0));
    expect(taken.slice(0, 4)).toEqual([5.5, 11, 18.5, 18.5]);
  });

  it("is closed while it is being tried, and tries no more", async () => {
    let tries = 0;
    const url = await silentServer(() => {
      tries += 1;
    });
    const link = create(url, { minPauseMs: 5, maxPauseMs: 5 });
    link.open();
    await eventually(() => expect(tries).toBeGreaterThan(2));
    await link.close();
    const before = tries;
    link.open();
    await expect(link.send(["PING"])).rejects.toThrow("redis is down");
    let others = 0;
    const other = await silentServer(() => {
      others += 1;
    });
    create(other, { minPauseMs: 5, maxPauseMs: 5 }).open();
    await eventually(() => expect(others).toBeGreaterThan(4));
    expect(tries).toBe(before);
  });

  it("says what is wrong with an address that is none, and goes on", async () => {
    const log = rememberingLog();
    const link = create("http://127.0.0.1:1", { log });
    link.open();
    await eventually(() => expect(log.lines).toHaveLength(1));
    expect(log.lines[0]?.fields).toEqual({
      redis: "down",
      reason: expect.stringMatching(/protocol/i),
    });
  });
});

describe.skipIf(noRedis)(withRedis("a link to Redis"), () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.close());

  it("tells of every change, asks its members first, and stays down while one is not content", async () => {
    const proxy = await startTcpProxy(redis.port);
    const { close } = proxy;
    onTestFinished(close);
    const told: string[] = [];
    const link = create(`redis://127.0.0.1:${proxy.port}`, {
      minPauseMs: 5,
      maxPauseMs: 5,
      onHealth: (state: LinkState) => void told.push(state),
    });
    let refusals = 2;
    link.join({
      async onUp(send) {
        told.push(`${await send(["ECHO", "hello"])} ${link.state}`);
        if (refusals-- > 0) throw new Error("not yet");
      },
      onReady: () => void told.push(`ready ${link.state}`),
      onDown: () => void told.push("gone"),
    });
    link.open();
    await eventually(() => expect(link.state).toBe("up"));
    expect(told).toEqual(["hello down", "down", "hello down", "hello down", "up", "ready up"]);
    await eventually(() => expect(proxy.connections).toBe(2));
    proxy.cut();
    await eventually(() =>
      expect(told.slice(6)).toEqual(["gone", "down", "hello down", "up", "ready up"]),
    );
  });

  it("is not up when the connection was lost while members were asked", async () => {
    const proxy = await startTcpProxy(redis.port);
    const { close } = proxy;
    onTestFinished(close);
    const told: string[] = [];
    const link = create(`redis://127.0.0.1:${proxy.port}`, {
      minPauseMs: 5,
      onHealth: (state: LinkState) => void told.push(state),
    });
    let isFirst = true;
    link.join({
      async onUp(send) {
        told.push("asked");
        if (!isFirst) return;
        isFirst = false;
        proxy.cut();
        await send(["PING"]).catch(() => {});
      },
    });
    link.open();
    await eventually(() => expect(told).toEqual(["asked", "down", "asked", "up"]));
  });

  it("leaves no connection behind when it is closed while it connects", async () => {
    const proxy = await startTcpProxy(redis.port);
    const { close } = proxy;
    onTestFinished(close);
    const link = create(`redis://127.0.0.1:${proxy.port}`);
    link.open();
    await link.close();
    expect(link.state).toBe("down");
    expect(proxy.accepted).toBe(2);
    await eventually(() => expect(proxy.connections).toBe(0));
  });

  it("gives text, or bytes where they are asked for", async () => {
    const link = create(redis.url);
    link.open();
    await eventually(() => expect(link.state).toBe("up"));
    const bytes = Buffer.of(0, 255, 13, 10);
    expect(await link.send(["SET", "k", bytes])).toBe("OK");
    expect(await link.send(["GET", "k"], true)).toEqual(bytes);
    expect(await link.send(["APPEND", "t", "text"])).toBe(4);
    expect(await link.send(["GET", "t"])).toBe("text");
    expect(await link.send(["GET", "nothing"], true)).toBeNull();
  });

  it("stays up when a key is of another type, and goes down for any other error", async () => {
    const log = rememberingLog();
    const link = create(redis.url, { log, minPauseMs: 5 });
    link.open();
    await eventually(() => expect(link.state).toBe("up"));
    await link.send(["LPUSH", "list", "x"]);
    await expect(link.send(["GET", "list"])).rejects.toThrow("WRONGTYPE");
    expect(link.state).toBe("up");
    await expect(link.send(["NONSENSE"])).rejects.toThrow("unknown command");
    expect(link.state).toBe("down");
    await eventually(() => expect(link.state).toBe("up"));
    expect(log.lines.map(({ level }) => level)).toEqual(["info", "warn", "info"]);
  });

  it("waits for commands under way when it is closed", async () => {
    const link = create(redis.url);
    let isDown = false;
    link.join({
      onDown() {
        isDown = true;
      },
    });
    link.open();
    await eventually(() => expect(link.state).toBe("up"));
    const written = link.send(["SET", "last", "word"]);
    const closing = link.close();
    await expect(link.send(["SET", "last", "but one"])).rejects.toThrow("redis is down");
    await closing;
    expect(await written).toBe("OK");
    expect(isDown).toBe(true);
    expect(await redis.send("GET", "last")).toBe("word");
  });

  it("does not take a standstill of this process for one of Redis", async () => {
    const proxy = await startTcpProxy(redis.port);
    const { close } = proxy;
    onTestFinished(close);
    const link = create(`redis://127.0.0.1:${proxy.port}`, {
      commandTimeoutMs: 300,
      heartbeatMs: 60_000,
    });
    link.open();
    await eventually(() => expect(link.state).toBe("up"));
    proxy.delay(60);
    const standStill = (): void => {
      const end = performance.now() + 500;
      while (performance.now() < end);
    };
    const unsent = link.send(["ECHO", "unsent"]);
    standStill();
    expect(await unsent).toBe("unsent");
    const unread = link.send(["ECHO", "unread"]);
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    standStill();
    expect(await unread).toBe("unread");
    expect(link.state).toBe("up");
  });
});
