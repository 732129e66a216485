/** The field that tells a service how long it is waited for. */
import { describe, expect, it, vi } from "vitest";
import { callOf, guard } from "./resilience-support.ts";
import { createContext, json, startRecorder } from "./support.ts";

const settings = { deadlineHeader: "x-left" };

/** What the service was told, in milliseconds. */
async function told(
  more: Parameters<typeof callOf>[0],
  respond?: Parameters<typeof startRecorder>[0],
  random?: () => number,
): Promise<number[]> {
  const { url, requests } = await startRecorder(respond);
  const rule = { budget: 0.2, backoffMs: 100 };
  const { send } = guard(url, { ...settings, retry: rule }, undefined, random);
  await send(callOf(more));
  for (const { headers } of requests) expect(headers["x-left"]).toMatch(/^\d+$/);
  return requests.map(({ headers }) => Number(headers["x-left"]));
}

describe("what is left", () => {
  it("is what the deadline leaves, in whole milliseconds", async () => {
    const context = createContext({ deadlineMs: 800 });
    const [leftMs = 0] = await told({ context, timeoutMs: 2_000 });
    expect(leftMs).toBeGreaterThan(500);
    expect(leftMs).toBeLessThanOrEqual(800);
  });

  it("is the timeout where that is less", async () => {
    expect(await told({ timeoutMs: 300 })).toEqual([300]);
  });

  it("is the deadline's for a streamed answer, whose body may take longer than the timeout", async () => {
    const [leftMs = 0] = await told({ timeoutMs: 300, mode: "stream" });
    expect(leftMs).toBeGreaterThan(4_000);
  });

  it("is told anew with the second attempt", async () => {
    let asked = 0;
    const context = createContext({ deadlineMs: 1_000 });
    const [first = 0, second = 0] = await told(
      { context },
      (request, response, message) =>
        asked++ === 0
          ? json({}, 503)(request, response, message)
          : void response.writeHead(204).end(),
      () => 0.8,
    );
    expect(first - second).toBeGreaterThanOrEqual(78);
    expect(second).toBeGreaterThan(0);
  });

  it("is told after the wait for a place", async () => {
    const ends: (() => void)[] = [];
    const { url, requests } = await startRecorder((_request, response) => {
      ends.push(() => response.writeHead(204).end());
    });
    const { send } = guard(url, { ...settings, concurrency: 1 });
    const context = createContext({ deadlineMs: 1_000 });
    const first = send(callOf());
    const second = send(callOf({ context, target: "/second" }));
    await vi.waitFor(() => expect(context.deadline.remainingMs()).toBeLessThan(950));
    ends[0]?.();
    await first;
    await vi.waitFor(() => expect(ends.length).toBe(2));
    ends[1]?.();
    await second;
    expect(Number(requests[1]?.headers["x-left"])).toBeLessThan(950);
  });

  it("is sent beside the call's own fields, which stay as they are: answers are kept under them", async () => {
    const { url, requests } = await startRecorder();
    const call = callOf({ headers: { "x-own": "1" }, timeoutMs: 300 });
    await guard(url, settings).send(call);
    expect(requests[0]?.headers).toEqual({ "x-own": "1", "x-left": "300" });
    expect(call.headers).toEqual({ "x-own": "1" });
  });

  it("wins over a field of the same name that came with the call", async () => {
    expect(await told({ headers: { "x-left": "99999" }, timeoutMs: 300 })).toEqual([300]);
  });
});
