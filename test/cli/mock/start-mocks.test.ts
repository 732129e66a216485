import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { readService } from "../../../cli/gen/read-service.ts";
import { startMocks } from "../../../cli/mock/start-mocks.ts";
import { json, model, operation, ROOT } from "./support.ts";

const named = (name: string): ReturnType<typeof model> => ({
  ...model([operation("GET /", { answers: [json(200, { const: name })] })]),
  name,
});

it("every service has an address of its own, until they are closed", async () => {
  const mocks = await startMocks([named("orders"), named("catalog")]);
  const bodies = await Promise.all(
    Object.entries(mocks.urls).map(async ([name, url]) => [name, await (await fetch(url)).json()]),
  );
  expect(bodies).toEqual([
    ["orders", "orders"],
    ["catalog", "catalog"],
  ]);
  await mocks.close();
  await expect(fetch(mocks.urls.orders ?? "")).rejects.toThrow("fetch failed");
});

/** A port that nobody has just now. */
async function freePort(): Promise<number> {
  const mocks = await startMocks([named("orders")]);
  await mocks.close();
  return Number(new URL(mocks.urls.orders ?? "").port);
}

it("ports and the host can be chosen", async () => {
  const port = await freePort();
  const mocks = await startMocks([named("orders")], { ports: { orders: port }, host: "127.0.0.1" });
  expect(mocks.urls.orders).toBe(`http://127.0.0.1:${port}`);
  await mocks.close();
});

it("a port that is taken closes the other mocks again", async () => {
  const blocker = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void blocker.close());
  await new Promise((resolve) => blocker.once("listening", resolve));
  const taken = (blocker.address() as AddressInfo).port;
  const orders = await freePort();
  const starting = startMocks([named("orders"), named("catalog")], {
    ports: { orders, catalog: taken },
  });
  await expect(starting).rejects.toThrow("EADDRINUSE");
  await expect(fetch(`http://127.0.0.1:${orders}`)).rejects.toThrow("fetch failed");
});

it("a document of a thousand operations is up at once, and answers soon", {
  timeout: 60_000,
}, async () => {
  const { model: github } = await readService({
    name: "github",
    source: "@octokit/openapi/generated/api.github.com.json",
    root: ROOT,
  });
  if (github === undefined) throw new Error("the document gives no model");
  const cpuMs = (since?: NodeJS.CpuUsage): number => {
    const { user, system } = process.cpuUsage(since);
    return (user + system) / 1000;
  };
  const start = process.cpuUsage();
  const mocks = await startMocks([github]);
  onTestFinished(() => mocks.close());
  expect(cpuMs(start)).toBeLessThan(200);
  const first = process.cpuUsage();
  const response = await fetch(`${mocks.urls.github}/repos/octocat/hello-world`);
  expect(await response.json()).toMatchObject({ name: "hello-world" });
  expect(cpuMs(first)).toBeLessThan(2000);
});
