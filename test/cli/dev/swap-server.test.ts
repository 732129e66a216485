import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it, vi } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import {
  createSwapServer,
  type Swappable,
  type SwapServer,
  type UpgradeHandler,
} from "../../../cli/dev/swap-server.ts";

interface Fake extends Swappable {
  disposed: boolean;
  release(): void;
  entered: Promise<void>;
}

/** Answers with its name, when it is released. */
function fake(name: string, held = false): Fake {
  let release = (): void => {};
  let enter = (): void => {};
  const released = held ? new Promise<void>((resolve) => (release = resolve)) : Promise.resolve();
  const entered = new Promise<void>((resolve) => (enter = resolve));
  const target: Fake = {
    disposed: false,
    release: () => release(),
    entered,
    handler(_request, response) {
      enter();
      void released.then(() => response.end(name));
    },
    async dispose() {
      target.disposed = true;
    },
  };
  return target;
}

let server: SwapServer | undefined;
afterEach(() => server?.close());

const ask = async (): Promise<string> => (await fetch(server?.url ?? "")).text();

it("new requests go to the new handler on the same socket", async () => {
  server = await createSwapServer(fake("one"), { host: "127.0.0.1", port: 0 });
  expect(await ask()).toBe("one");
  const { port } = server;
  server.swap(fake("two"));
  expect(await ask()).toBe("two");
  expect(server.port).toBe(port);
});

it("a request under way ends on the old handler, which is disposed of only then", async () => {
  const old = fake("old", true);
  server = await createSwapServer(old, { host: "127.0.0.1", port: 0 });
  const slow = ask();
  await old.entered;
  server.swap(fake("new"));
  expect(await ask()).toBe("new");
  expect(old.disposed).toBe(false);
  old.release();
  expect(await slow).toBe("old");
  await server.close();
  expect(old.disposed).toBe(true);
});

it("an idle handler is disposed of at once", async () => {
  const old = fake("old");
  server = await createSwapServer(old, { host: "127.0.0.1", port: 0 });
  server.swap(fake("new"));
  expect(old.disposed).toBe(true);
});

it("closing ends requests that would hang and disposes of the last handler", async () => {
  const stuck = fake("stuck", true);
  server = await createSwapServer(stuck, { host: "127.0.0.1", port: 0 });
  const lost = ask().catch(() => "lost");
  await stuck.entered;
  await server.close();
  expect(await lost).toBe("lost");
  expect(stuck.disposed).toBe(true);
});

/** Takes WebSocket, and says its name to who opens one. */
function talker(name: string): Fake {
  const talking = new WebSocketServer({ noServer: true });
  return Object.assign(fake(name), {
    upgrades: (): UpgradeHandler => (request, socket, head) =>
      talking.handleUpgrade(request, socket, head, (one) => one.send(name)),
  });
}

async function open(): Promise<{ client: WebSocket; said: string }> {
  const client = new WebSocket(server?.url.replace("http", "ws") ?? "");
  const [data] = (await once(client, "message")) as [Buffer];
  return { client, said: data.toString() };
}

it("a tunnel stays with the handler that it went to, which is disposed of after it", async () => {
  const old = talker("old");
  server = await createSwapServer(old, { host: "127.0.0.1", port: 0 });
  const first = await open();
  server.swap(talker("new"));
  const second = await open();
  expect([first.said, second.said]).toEqual(["old", "new"]);
  expect(old.disposed).toBe(false);
  first.client.close();
  await vi.waitFor(() => expect(old.disposed).toBe(true));
});

it("closing ends tunnels", async () => {
  const last = talker("last");
  server = await createSwapServer(last, { host: "127.0.0.1", port: 0 });
  const { client } = await open();
  const closed = once(client, "close");
  await server.close();
  expect((await closed)[0]).toBe(1006);
  expect(last.disposed).toBe(true);
});

it("a taken port is an error with a cure", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  try {
    await expect(createSwapServer(fake("x"), { host: "127.0.0.1", port })).rejects.toMatchObject({
      code: "address-in-use",
      message: `port ${port} of 127.0.0.1 is taken`,
    });
  } finally {
    other.close();
  }
});
