/** Addresses that are asked whether they are well, against real servers. */
import { describe, expect, it } from "vitest";
import type { HealthRule } from "../../../src/core/addressing.ts";
import { createTransport } from "../../../src/upstream/transport.ts";
import { eventually } from "../../support/eventually.ts";
import { closedUrl, settingsOf, startRecorder, startSocket } from "../support.ts";
import { balanced } from "./support.ts";

const health: HealthRule = {
  path: "/healthz",
  intervalMs: 5,
  timeoutMs: 5_000,
  healthy: 2,
  unhealthy: 3,
};

/** A service with a health page, which answers as it is told. */
async function startService(): Promise<{
  url: string;
  calls: number;
  asked: number;
  status: number;
}> {
  const service = { url: "", calls: 0, asked: 0, status: 200 };
  const { url } = await startRecorder((request, response) => {
    if (request.target === "/healthz") {
      service.asked += 1;
      response.writeHead(service.status).end("how it is");
    } else {
      service.calls += 1;
      response.end("well");
    }
  });
  return Object.assign(service, { url });
}

describe("an address with a health page", () => {
  it("takes no calls while the page says that it is not well, and takes them again after", async () => {
    const one = await startService();
    const other = await startService();
    const { send, told, stateOf } = balanced([`${one.url}/v1`, `${other.url}/v1`], { health });
    one.status = 503;
    await eventually(() => expect(stateOf(one.url)).toBe("unhealthy"));
    const before = one.calls;
    for (let call = 0; call < 20; call += 1) await send();
    expect([one.calls, other.calls]).toEqual([before, 20]);
    one.status = 204;
    await eventually(() => expect(stateOf(one.url)).toBe("up"));
    for (let call = 0; call < 40; call += 1) await send();
    expect(one.calls).toBeGreaterThan(before);
    expect(told).toEqual([
      { address: one.url, state: "unhealthy" },
      { address: one.url, state: "healthy" },
    ]);
  });

  it("is asked as often as it takes before anything is believed", async () => {
    const one = await startService();
    const { told } = balanced([one.url, await closedUrl()], {
      health: { ...health, unhealthy: 4 },
    });
    one.status = 500;
    await eventually(() => expect(told).toContainEqual({ address: one.url, state: "unhealthy" }));
    expect(one.asked).toBeGreaterThanOrEqual(4);
  });

  it.each([
    ["that refuses connections", closedUrl],
    ["that does not answer in time", async () => (await startSocket(() => undefined)).url],
  ])("%s is not well", async (_how, start) => {
    const bad = await start();
    const good = await startService();
    const { stateOf } = balanced([bad, good.url], { health: { ...health, timeoutMs: 20 } });
    await eventually(() => expect(stateOf(bad)).toBe("unhealthy"));
    expect(stateOf(good.url)).toBe("up");
  });

  it("is used all the same where the floor wants it", async () => {
    const [one, two] = [await startService(), await startService()];
    one.status = 500;
    two.status = 500;
    const { send, state } = balanced([one.url, two.url], { health });
    await eventually(() => expect(state().every((each) => each.state === "unhealthy")).toBe(true));
    expect(state().filter(({ inUse }) => inUse)).toHaveLength(1);
    expect(await send()).toMatchObject({ status: 200 });
  });

  it("is the only one: it takes every call, whatever its page says", async () => {
    const only = await startService();
    only.status = 500;
    const { send, state } = balanced([only.url], { health });
    await eventually(() => expect(state()).toMatchObject([{ state: "unhealthy", inUse: true }]));
    expect(await send()).toMatchObject({ status: 200 });
  });

  it("is waited for by no call", async () => {
    // The page never answers; calls do.
    const { url } = await startRecorder((request, response) => {
      if (request.target !== "/healthz") response.end("well");
    });
    const { send } = balanced([url, url.replace("127.0.0.1", "localhost")], {
      health: { ...health, timeoutMs: 60_000 },
    });
    expect(await send()).toMatchObject({ status: 200 });
  });

  it("is asked no more when the service is closed, and keeps nothing from closing", async () => {
    let sockets = 0;
    const { url } = await startRecorder((_request, _response, message) => {
      sockets += 1;
      message.socket.once("close", () => {
        sockets -= 1;
      });
    });
    const transport = createTransport(
      settingsOf(url, { health: { ...health, timeoutMs: 60_000 } }),
    );
    await eventually(() => expect(sockets).toBe(1));
    await transport.close();
    await eventually(() => expect(sockets).toBe(0));
  });
});
