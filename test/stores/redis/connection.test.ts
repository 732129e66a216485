/** One connection to Redis, with a client of the test's own: whatever fails, no client is left behind. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import { openConnection } from "../../../src/stores/redis/connection.ts";
import { eventually } from "../../support/eventually.ts";

/** A promise that the test settles. */
function later() {
  let resolve = (): void => {};
  let reject = (_error: Error): void => {};
  const promise = new Promise<void>((good, bad) => {
    resolve = good;
    reject = bad;
  });
  return { promise, resolve, reject };
}

function fakeClient() {
  const connected = later();
  const subscribed = later();
  const listeners: ((error: Error) => void)[] = [];
  return {
    connected,
    subscribed,
    listeners,
    connect: vi.fn(() => connected.promise),
    subscribe: vi.fn(() => subscribed.promise),
    sendCommand: vi.fn(() => new Promise(() => {})),
    destroy: vi.fn(),
    on: (_: string, listener: (error: Error) => void) => void listeners.push(listener),
  };
}

const clients: ReturnType<typeof fakeClient>[] = [];

vi.mock("@redis/client", () => ({
  RESP_TYPES: { BLOB_STRING: 36 },
  createClient: () => clients[clients.push(fakeClient()) - 1],
}));

const onLost = vi.fn();
const open = () =>
  openConnection({
    url: "redis://127.0.0.1:1",
    connectTimeoutMs: 10_000,
    commandTimeoutMs: 10,
    channels: new Map([["channel", () => {}]]),
    onLost,
  });

async function two() {
  await eventually(() => expect(clients).toHaveLength(2));
  const [commands, subscriptions] = clients;
  if (commands === undefined || subscriptions === undefined) throw new Error("not two");
  return { commands, subscriptions };
}

describe("a connection", () => {
  beforeEach(() => {
    clients.length = 0;
    onLost.mockClear();
  });

  it("that cannot be made ends both clients, the one that is still connecting as soon as it has", async () => {
    const opening = open();
    const { commands, subscriptions } = await two();
    commands.connected.reject(new Error("refused"));
    await expect(opening).rejects.toThrow("refused");
    expect(commands.destroy).toHaveBeenCalled();
    // The client does not end a socket that is not connected yet: once more when it is.
    subscriptions.destroy.mockClear();
    subscriptions.connected.resolve();
    await eventually(() => expect(subscriptions.destroy).toHaveBeenCalledOnce());
  });

  it("that cannot subscribe in time ends both clients", async () => {
    const opening = open();
    const { commands, subscriptions } = await two();
    commands.connected.resolve();
    subscriptions.connected.resolve();
    await expect(opening).rejects.toThrow("redis did not answer within 10 ms");
    expect(commands.destroy).toHaveBeenCalledOnce();
    expect(subscriptions.destroy).toHaveBeenCalledOnce();
  });

  it("tells of a socket that is lost, and of nothing more once it was ended", async () => {
    const opening = open();
    const { commands, subscriptions } = await two();
    for (const { connected, subscribed } of clients) {
      connected.resolve();
      subscribed.resolve();
    }
    const connection = await opening;
    subscriptions.listeners[0]?.(new Error("gone"));
    expect(onLost).toHaveBeenCalledExactlyOnceWith(new Error("gone"));
    await expect(connection.send(["GET", "k"])).rejects.toThrow("within 10 ms");
    await expect(connection.ping()).rejects.toThrow("within 10 ms");
    connection.destroy();
    commands.listeners[0]?.(new Error("ended"));
    expect(onLost).toHaveBeenCalledOnce();
  });
});
