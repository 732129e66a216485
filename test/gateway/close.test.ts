import { composed, createGateway, defineService } from "heddle";
import { describe, expect, it } from "vitest";
import {
  compose,
  operations,
  rawConnection,
  recordingLog,
  requests,
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
