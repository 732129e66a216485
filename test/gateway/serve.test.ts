import { composed, defineService, serve } from "heddle";
import { describe, expect, it } from "vitest";
import { env } from "../../src/config/env.ts";
import type { GatewayConfig } from "../../src/config/gateway-config.ts";
import { FakeProcess } from "../serve/fake-process.ts";
import {
  compose,
  faults,
  operations,
  rawConnection,
  recordingLog,
  signal,
  startServer,
} from "../server/support.ts";

const services = [defineService("orders", operations)];
const config = {
  services: { orders: { document: "x", url: "http://127.0.0.1:9" } },
  server: { drainDelay: "0s" as const },
};
const LOCAL = { HOST: "127.0.0.1", PORT: "0" };

describe("a served gateway", () => {
  it("listens where PORT and HOST say, and ends with 0 on SIGTERM", async () => {
    const own = new FakeProcess();
    const log = recordingLog();
    await serve(config, { services, routes: [] }, { env: LOCAL, log, process: own });
    const { url } = log.lines[0] as unknown as { url: string };
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    own.emit("SIGTERM");
    await own.exited.happened;
    expect([own.codes, own.told]).toEqual([[0], ""]);
    expect(
      log.lines.map(({ message }) => message).filter((message) => message !== "request"),
    ).toEqual(["listening", "stopping", "stopped"]);
    await expect(fetch(url)).rejects.toThrow();
  });

  it("finishes what is in flight on SIGINT, and is forced by a second signal", async () => {
    const own = new FakeProcess();
    const log = recordingLog();
    const arrived = signal();
    const finish = signal();
    const slow = compose.get("/web/slow", async () => {
      arrived.happen();
      await finish.happened;
      return "done";
    });
    await serve(
      config,
      { services, routes: [composed("web", "x.ts", slow)] },
      { env: LOCAL, log, process: own },
    );
    const { url } = log.lines[0] as unknown as { url: string };
    const connection = await rawConnection(Number(new URL(url).port));
    connection.write("GET /web/slow HTTP/1.1\r\nHost: g\r\n\r\n");
    await arrived.happened;
    own.emit("SIGINT");
    expect(own.codes).toEqual([]);
    own.emit("SIGTERM");
    expect(own.codes).toEqual([1]);
    finish.happen();
    expect(await connection.closed()).toMatch(/"done"$/);
  });

  it("outlives a promise that a composer forgot, and logs it", async () => {
    const own = new FakeProcess();
    const log = recordingLog();
    const gateway = await serve(
      config,
      { services, routes: [] },
      { env: LOCAL, log, process: own },
    );
    const err = new Error("forgotten");
    own.emit("unhandledRejection", err);
    expect(faults(log.lines)).toMatchObject([{ level: "error", err }]);
    expect(own.codes).toEqual([]);
    await gateway?.close();
  });

  it("whose configuration is invalid ends with 4, and every problem on stderr", async () => {
    const own = new FakeProcess();
    const invalid = {
      services: { orders: { document: "x", url: env("ORDERS_URL"), timeot: "1s" } },
    };
    await serve(
      invalid as GatewayConfig,
      { services, routes: [] },
      { env: { PORT: "http" }, process: own },
    );
    expect(own.codes).toEqual([4]);
    expect(own.told).toBe(`the configuration has 3 problems:

  services.orders.timeot is not a known key
    value: "1s"
    cure:  did you mean "timeout"?

  services.orders.url needs the environment's variable ORDERS_URL, which is not set
    cure:  set ORDERS_URL, or give env() a fallback

  environment PORT is not a port
    value: "http"
    cure:  write a whole number between 0 and 65535
`);
  });

  it("whose port is taken ends with 1, and says in one line what to do", async () => {
    const { server } = await startServer(() => {});
    const { port } = server.address() as { port: number };
    const own = new FakeProcess();
    const log = recordingLog();
    await serve(
      config,
      { services, routes: [] },
      { env: { ...LOCAL, PORT: String(port) }, log, process: own },
    );
    expect([own.codes, log.lines]).toEqual([[1], []]);
    expect(own.told).toBe(
      `port ${port} of 127.0.0.1 is taken: stop what listens there, or choose another, for example PORT=${port + 1}\n`,
    );
  });

  it("whose host is no address of this machine ends with 1, and says what to do", async () => {
    const own = new FakeProcess();
    // RFC 5737: an address of nobody's.
    const env = { HOST: "192.0.2.1", PORT: "0" };
    await serve(config, { services, routes: [] }, { env, log: recordingLog(), process: own });
    expect(own.codes).toEqual([1]);
    expect(own.told).toMatch(
      /^192\.0\.2\.1 is not an address of this machine: .*HOST=0\.0\.0\.0\n$/,
    );
  });
});
