import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { composed, createGateway, defineService } from "heddle";
import { describe, expect, it } from "vitest";
import {
  atEnd,
  compose,
  operations,
  rawConnection,
  recordingLog,
  requests,
  type Signal,
  signal,
  startGateway,
  startServer,
} from "../server/support.ts";

const arrived = { now: signal() };
const finish = { now: signal() };
const slow = compose.get("/web/slow", async () => {
  arrived.now.happen();
  await finish.now.happened;
  return "done";
});
const routes = [composed("web", "composers/web/slow.ts", slow)];
const GET = "GET /web/slow HTTP/1.1\r\nHost: g\r\n\r\n";

/** Takes connections, and never shakes hands. */
async function startDead(): Promise<{ readonly url: string; readonly asked: Signal }> {
  const asked = signal();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("data", asked.happen);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  atEnd(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

function reset(): void {
  arrived.now = signal();
  finish.now = signal();
}

describe("a gateway that is closed", () => {
  it("finishes what is in flight, tells that client that its connection ends, and takes no new connections", async () => {
    reset();
    const { gateway, port } = await startGateway({ routes });
    const connection = await rawConnection(port);
    connection.write(GET);
    await arrived.now.happened;
    const closed = gateway.close();
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
    finish.now.happen();
    const text = await connection.closed();
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(text).toMatch(/\r\nconnection: close\r\n/i);
    expect(text).toMatch(/"done"$/);
    await closed;
  });

  it("closes connections that are idle at once", async () => {
    const { gateway, port } = await startGateway({ routes, server: { grace: "60s" } });
    const connection = await rawConnection(port);
    connection.write("GET /healthz HTTP/1.1\r\nHost: g\r\n\r\n");
    await connection.until(/"up"/);
    await gateway.close();
    await connection.closed();
  });

  it("cuts off what is not done within the grace, and ends its calls", async () => {
    reset();
    const callClosed = signal();
    const stuck = compose.get("/web/stuck", ({ services }) => services.orders.slow());
    const { gateway, port, lines } = await startGateway({
      routes: [composed("web", "composers/web/stuck.ts", stuck)],
      server: { grace: "50ms" },
      service: (req) => {
        arrived.now.happen();
        req.on("close", callClosed.happen);
      },
    });
    const connection = await rawConnection(port);
    connection.write("GET /web/stuck HTTP/1.1\r\nHost: g\r\n\r\n");
    await arrived.now.happened;
    await gateway.close();
    expect(await connection.closed()).toBe("");
    await callClosed.happened;
    expect(requests(lines)).toHaveLength(1);
  });

  it.each([
    ["a call", {}],
    ["a call over HTTP/2", { protocol: "http2" as const }],
    ["a call to one of several addresses", { more: true }],
  ])(
    "waits for %s no longer that waits for a connection which does not come about",
    async (_, { more = false, ...orders }: { more?: boolean; protocol?: "http2" }) => {
      const [dead, other] = [await startDead(), await startDead()];
      const url = more ? [dead.url, other.url] : dead.url;
      const { gateway, port } = await startGateway({
        routes: [
          composed(
            "web",
            "composers/web/stuck.ts",
            compose.get("/web/stuck", ({ services }) => services.orders.slow()),
          ),
        ],
        server: { grace: "50ms" },
        orders: { url, retry: false, ...orders },
      });
      const connection = await rawConnection(port);
      connection.write("GET /web/stuck HTTP/1.1\r\nHost: g\r\n\r\n");
      await Promise.race([dead.asked.happened, other.asked.happened]);
      await gateway.close();
      expect(await connection.closed()).toBe("");
    },
  );

  it("waits no longer for a health check that waits for such a connection", async () => {
    const dead = await startDead();
    const { gateway, lines } = await startGateway({
      routes,
      server: { grace: "50ms" },
      orders: { url: dead.url, health: { path: "/up" } },
    });
    await dead.asked.happened;
    await gateway.close();
    expect(lines.at(-1)?.message).toBe("stopped");
  });

  it("does so on somebody else's server as well", async () => {
    reset();
    const gateway = createGateway(
      {
        services: { orders: { document: "x", url: "http://127.0.0.1:9" } },
        server: { grace: "50ms" },
      },
      { services: [defineService("orders", operations)], routes },
      { env: {}, log: recordingLog() },
    );
    const { server } = await startServer(gateway.callback());
    const connection = await rawConnection((server.address() as { port: number }).port);
    connection.write(GET);
    await arrived.now.happened;
    await gateway.close();
    expect(await connection.closed()).toBe("");
    finish.now.happen();
  });

  it("twice is closed once", async () => {
    const { gateway } = await startGateway({ routes });
    const first = gateway.close();
    expect(gateway.close()).toBe(first);
    await first;
  });

  it("before it ever listened is closed as well", async () => {
    const gateway = createGateway(
      { services: {} },
      { services: [], routes: [] },
      { env: {}, log: recordingLog() },
    );
    await expect(gateway.close()).resolves.toBeUndefined();
  });
});

describe("the delay before the port is closed", () => {
  it("takes requests and connections, unready, and tells nobody to leave", async () => {
    const { gateway, url, lines } = await startGateway({ routes, server: { drainDelay: "3s" } });
    const { gateway: brief, port } = await startGateway({
      routes,
      server: { drainDelay: "1ms" },
    });
    void gateway.close();
    const answer = await fetch(`${url}/readyz`);
    expect([answer.status, await answer.json()]).toEqual([503, { status: "stopping" }]);
    expect(answer.headers.get("connection")).toBe("keep-alive");
    expect(lines.map(({ message }) => message)).toContain("stopping");
    await brief.close();
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
  });
});
