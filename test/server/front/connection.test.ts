/** Who is too slow to read: by what the system takes of what is written, without a second of waiting. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";
import { expect, it } from "vitest";
import { Connection } from "../../../src/server/front/connection.ts";
import { eventually } from "../../support/eventually.ts";
import { atEnd } from "../support.ts";

const LIMITS = { timeoutMs: 5_000, minBytesPerSecond: 512 };
const SECOND = 1_000;

/** What the system has not taken yet. */
const waitingOf = (socket: Socket): number =>
  (socket as unknown as { _handle: { writeQueueSize: number } })._handle.writeQueueSize;

interface Pair {
  readonly client: Socket;
  readonly connection: Connection;
  /** What was taken since the last time is all that is taken for now. */
  still(): Promise<void>;
  /** The client reads until more is taken, and stops again. */
  read(): Promise<void>;
}

/** A connection on which far more is written than anyone takes. */
async function unread(bytes: number): Promise<Pair> {
  const server = createServer({ pauseOnConnect: false });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const accepted = once(server, "connection") as Promise<[Socket]>;
  const client = connect({ port: (server.address() as AddressInfo).port, host: "127.0.0.1" });
  client.pause();
  const [socket] = await accepted;
  atEnd(() => {
    client.destroy();
    socket.destroy();
    server.close();
  });
  socket.on("error", () => {});
  socket.write(Buffer.alloc(bytes));
  const still = async (): Promise<void> => {
    let before = -1;
    await eventually(() => {
      const waiting = waitingOf(socket);
      const isSame = waiting === before;
      before = waiting;
      expect(isSame).toBe(true);
    });
  };
  await still();
  return {
    client,
    connection: new Connection(socket, 0, false),
    still,
    async read() {
      const before = waitingOf(socket);
      await eventually(() => {
        client.read();
        expect(waitingOf(socket)).toBeLessThan(before);
      });
      await still();
    },
  };
}

/** How many looks a second apart it takes from here until it is too slow. */
function looksUntilTooSlow({ connection }: Pair): number {
  for (let count = 1; count <= 60; count += 1) {
    if (connection.isTooSlow(LIMITS, SECOND)) return count;
  }
  return Number.POSITIVE_INFINITY;
}

it("who takes nothing is too slow after the limit", async () => {
  const pair = await unread(64_000_000);
  // The first look begins the watch.
  expect(looksUntilTooSlow(pair)).toBe(6);
});

it("what the system takes as its buffers grow puts that off by half of the time, and not by all of it", async () => {
  const pair = await unread(64_000_000);
  const { connection } = pair;
  for (let look = 0; look <= 3; look += 1) expect(connection.isTooSlow(LIMITS, SECOND)).toBe(false);
  // As if the system of either side had made room.
  await pair.read();
  expect(connection.isTooSlow(LIMITS, SECOND)).toBe(false);
  expect(looksUntilTooSlow(pair)).toBe(4);
});

it.each([3, 4])(
  "who reads steadily, and is seen to every %i seconds, is not too slow",
  (seconds) => {
    const handle = { writeQueueSize: 64_000_000, bytesWritten: 64_000_000 };
    const connection = new Connection({ _handle: handle } as unknown as Socket, 0, false);
    connection.isTooSlow(LIMITS, SECOND);
    // A third of a buffer at a time.
    for (let step = 0; step < 12; step += 1) {
      for (let look = 0; look < seconds; look += 1) {
        expect(connection.isTooSlow(LIMITS, SECOND)).toBe(false);
      }
      handle.writeQueueSize -= 1_300_000;
      expect(connection.isTooSlow(LIMITS, SECOND)).toBe(false);
    }
  },
);

it("who has taken all that waited is not too slow, however long nothing more comes", async () => {
  const pair = await unread(12_000_000);
  const { connection } = pair;
  for (let look = 0; look <= 4; look += 1) expect(connection.isTooSlow(LIMITS, SECOND)).toBe(false);
  const left = waitingOf(connection.socket);
  expect(left).toBeGreaterThan(0);
  await eventually(() => {
    pair.client.read();
    expect(waitingOf(connection.socket)).toBe(0);
  });
  // Nothing waits: however long, that is nobody's fault.
  expect(looksUntilTooSlow(pair)).toBe(Number.POSITIVE_INFINITY);
});

it("who reads a little every other second is not too slow, however long it takes", async () => {
  const pair = await unread(64_000_000);
  for (let time = 0; time < 8; time += 1) {
    for (let look = 0; look < 2; look += 1) {
      expect(pair.connection.isTooSlow(LIMITS, SECOND)).toBe(false);
    }
    await pair.read();
  }
});
