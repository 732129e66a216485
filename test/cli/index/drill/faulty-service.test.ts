import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FaultName } from "../../../../cli/index/drill/faults.ts";
import { createFaultyService } from "../../../../cli/index/drill/faulty-service.ts";
import { modelOf } from "./support.ts";

const order = {
  type: "object",
  required: ["id", "lines"],
  properties: { id: { type: "string" }, lines: { type: "array" } },
};
const answers = (content: object) => ({
  get: { responses: { 200: { description: "", content } } },
});
const json = (schema: object) => answers({ "application/json": { schema } });
const service = createFaultyService(
  await modelOf({
    "/order": json(order),
    "/orders": json({ type: "array", items: order }),
    "/anything": json({}),
    "/loose": json({ type: "object" }),
    "/text": answers({ "text/plain": { schema: { type: "string" } } }),
    "/created": {
      post: {
        responses: { 201: { description: "", content: { "application/json": { schema: order } } } },
      },
    },
    "/nothing": { delete: { responses: { 204: { description: "" } } } },
  }),
);
const waits: number[] = [];
const wait = async (ms: number): Promise<void> => void waits.push(ms);
let fault: FaultName | "ok" = "ok";
const server = createServer(
  (req, res) => void service.answer(req, res, { fault, delayMs: 7, wait }),
);
let url = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function ask(now: typeof fault, path: string, method = "GET", patienceMs = 10_000) {
  fault = now;
  const answer = await fetch(url + path, { method, signal: AbortSignal.timeout(patienceMs) });
  const { status, headers } = answer;
  return { status, type: headers.get("content-type"), headers, body: await answer.text() };
}

describe("a service of a drill", () => {
  it("answers as its document says when it is well or slow, after the time it was given", async () => {
    for (const well of ["ok", "slow"] as const) {
      const { status, body } = await ask(well, "/order");
      expect(status).toBe(200);
      expect(JSON.parse(body)).toMatchObject({ id: expect.any(String), lines: expect.any(Array) });
    }
    expect(waits).toEqual([7, 7]);
  });

  it("never answers a request that it lets time out", async () => {
    await expect(ask("timeout", "/order", "GET", 100)).rejects.toThrow("timeout");
  });

  it("fails with 500, and with 429 and a time to come back", async () => {
    expect(await ask("500", "/order")).toMatchObject({
      status: 500,
      type: "application/problem+json",
    });
    const { status, headers } = await ask("429", "/order");
    expect([status, headers.get("retry-after")]).toEqual([429, "30"]);
  });

  it("answers with the right status and type, and without a body", async () => {
    expect(await ask("empty", "/order")).toMatchObject({
      status: 200,
      type: "application/json",
      body: "",
    });
    expect(await ask("empty", "/created", "POST")).toMatchObject({ status: 201, body: "" });
    expect(await ask("empty", "/nothing", "DELETE")).toMatchObject({ status: 204, body: "" });
  });

  it.each([
    ["/order", "{}"],
    ["/orders", "[{}]"],
    ["/loose", "[]"],
    ["/anything", "null"],
    ["/text", '{"wrong":"shape"}'],
  ])("answers %s in a shape that its document does not allow: %s", async (path, body) => {
    expect(await ask("wrong shape", path)).toMatchObject({
      status: 200,
      type: "application/json",
      body,
    });
  });
});
