/** Optional parts give up first: whatever a call with a stand-in waits for, it ends before the deadline. */
import { describe, expect, it, vi } from "vitest";
import { callOf, guard } from "./resilience-support.ts";
import { createContext, type Recorder, startRecorder } from "./support.ts";

/** A service that never answers; or fails at once so many times, and never answers then. */
function mute(failures = 0): Promise<Recorder> {
  let left = failures;
  return startRecorder((_request, response) => {
    if (left-- > 0) response.destroy();
  });
}

/** Of a deadline of a second, a twentieth is kept. */
const DEADLINE_MS = 1_000;
const RESERVE_MS = 50;

function optional(): ReturnType<typeof callOf> {
  const context = createContext({ deadlineMs: DEADLINE_MS });
  return callOf({ context, fallback: { value: "instead" } });
}

function expectInTime({ context }: ReturnType<typeof callOf>): void {
  expect(context.deadline.aborted).toBe(false);
  expect(context.deadline.remainingMs()).toBeGreaterThan(0);
  expect(context.deadline.remainingMs()).toBeLessThanOrEqual(RESERVE_MS + 1);
}

describe("a call with a stand-in ends before the deadline", () => {
  it("in its first attempt", async () => {
    const { send } = guard((await mute()).url);
    const call = optional();
    expect((await send(call)).standIn).toEqual({ value: "instead" });
    expectInTime(call);
  });

  it("in its second attempt, after a wait", async () => {
    const { url, requests } = await mute(1);
    const rule = { budget: 0.2, backoffMs: 100 };
    const { send } = guard(url, { retry: rule }, undefined, () => 0.9);
    const call = optional();
    expect((await send(call)).standIn).toEqual({ value: "instead" });
    expect(requests.length).toBe(2);
    expectInTime(call);
  });

  it("in two attempts at a time", async () => {
    const { url, requests } = await mute();
    const { send } = guard(url, { hedgeMs: 50 });
    const call = optional();
    expect((await send(call)).standIn).toEqual({ value: "instead" });
    expect(requests.length).toBe(2);
    expectInTime(call);
  });

  it("in the queue", async () => {
    const { url, requests } = await mute();
    const { send } = guard(url, { concurrency: 1 });
    const first = send(callOf()).catch(() => undefined);
    const call = optional();
    expect((await send(call)).standIn).toEqual({ value: "instead" });
    expect(requests.length).toBe(1);
    expectInTime(call);
    void first;
  });

  it("in an attempt that had to wait for its place", async () => {
    const ends: (() => void)[] = [];
    const { url, requests } = await startRecorder((_request, response) => {
      ends.push(() => response.writeHead(204).end());
    });
    const { send } = guard(url, { concurrency: 1 });
    const first = send(callOf());
    const call = optional();
    const second = send(call);
    await vi.waitFor(() => expect(call.context.deadline.remainingMs()).toBeLessThan(500));
    ends[0]?.();
    await first;
    expect((await second).standIn).toEqual({ value: "instead" });
    expect(requests.length).toBe(2);
    expectInTime(call);
  });

  it("without an attempt, when only the share that is kept is left", async () => {
    const { url, requests } = await mute();
    const { send, services } = guard(url);
    const call = optional();
    await vi.waitFor(() => expect(call.context.deadline.remainingMs()).toBeLessThan(RESERVE_MS), {
      timeout: 2 * DEADLINE_MS,
      interval: 2,
    });
    expect((await send(call)).standIn).toEqual({ value: "instead" });
    expect([requests.length, call.notes?.attempts]).toEqual([0, 0]);
    expect(services.state().svc?.breaker).toMatchObject({ failures: 0 });
  });
});
