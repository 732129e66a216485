/** The end of a request: when it comes, who learns of it, and that it comes once. */
import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createDeadline } from "../../src/core/deadline.ts";
import { GatewayError } from "../../src/core/errors.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a deadline", () => {
  it("ends with a problem when its time has passed, and tells everybody once", () => {
    const deadline = createDeadline(100);
    const reasons: unknown[] = [];
    const member = { aborted: (reason: unknown) => void reasons.push(reason) };
    deadline.watch(member);
    vi.advanceTimersByTime(99);
    expect([deadline.aborted, reasons]).toEqual([false, []]);
    vi.advanceTimersByTime(1);
    expect(deadline.aborted).toBe(true);
    expect(deadline.reason).toBeInstanceOf(GatewayError);
    expect(deadline.reason).toMatchObject({ code: "deadline-exceeded" });
    deadline.cancel(new Error("later"));
    expect(reasons).toEqual([deadline.reason]);
  });

  it("tells its length, and what it would have been had nobody asked for less", () => {
    const whole = createDeadline(100);
    const hurried = createDeadline(20, () => 0, 100);
    expect([whole.timeoutMs, whole.fullMs]).toEqual([100, 100]);
    expect([hurried.timeoutMs, hurried.fullMs, hurried.remainingMs()]).toEqual([20, 100, 20]);
    whole.dispose();
    hurried.dispose();
  });

  it("keeps the first reason for which it was cancelled, and frees its timer", () => {
    const deadline = createDeadline(100);
    const first = new Error("first");
    deadline.cancel(first);
    deadline.cancel(new Error("second"));
    expect(deadline.reason).toBe(first);
    expect(() => deadline.throwIfAborted()).toThrow(first);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([1, 64, 65, 1_000])("tells all of %i who still watch", (count) => {
    const deadline = createDeadline(1_000);
    const told = new Map<number, unknown>();
    const members = Array.from({ length: count }, (_, number) => ({
      aborted: (reason: unknown) => void told.set(number, reason),
    }));
    for (const member of members) deadline.watch(member);
    for (let number = 0; number < count; number += 3) deadline.unwatch(members[number] as never);
    deadline.cancel("over");
    const left = Array.from({ length: count }, (_, number) => number).filter((n) => n % 3 !== 0);
    expect([...told.keys()].sort((a, b) => a - b)).toEqual(left);
    expect(new Set(told.values()).size).toBe(left.length > 0 ? 1 : 0);
    deadline.dispose();
  });

  it("that was lifted ends by nothing but a cancel", () => {
    const deadline = createDeadline(100);
    const reasons: unknown[] = [];
    deadline.watch({ aborted: (reason) => void reasons.push(reason) });
    deadline.lift();
    deadline.watch({ aborted: (reason) => void reasons.push(reason) });
    vi.advanceTimersByTime(1_000);
    expect([deadline.aborted, deadline.remainingMs(), vi.getTimerCount()]).toEqual([
      false,
      Number.POSITIVE_INFINITY,
      0,
    ]);
    deadline.cancel("left");
    expect(reasons).toEqual(["left", "left"]);
  });

  it("tells nobody who watches no longer", () => {
    const deadline = createDeadline(100);
    const aborted = vi.fn();
    const member = { aborted };
    deadline.watch(member);
    deadline.unwatch(member);
    deadline.cancel(new Error("over"));
    expect(aborted).not.toHaveBeenCalled();
  });

  it("tells all others when one that is told leaves, or takes another with it", () => {
    const deadline = createDeadline(100);
    const told: string[] = [];
    const second = { aborted: () => void told.push("second") };
    const first = {
      aborted() {
        told.push("first");
        deadline.unwatch(first);
        deadline.unwatch(second);
      },
    };
    deadline.watch(first);
    deadline.watch(second);
    deadline.cancel(new Error("over"));
    expect(told).toContain("first");
    expect(told.filter((name) => name === "first").length).toBe(1);
  });

  it.each([
    ["before", true],
    ["after", false],
  ])("has one signal with its reason, asked for %s the end", (_when, asksBefore) => {
    const deadline = createDeadline(100);
    const early = asksBefore ? deadline.signal : undefined;
    const reason = new Error("over");
    expect(early?.aborted).toBe(asksBefore ? false : undefined);
    deadline.cancel(reason);
    const { signal } = deadline;
    expect(signal.aborted).toBe(true);
    expect(signal.reason).toBe(reason);
    expect(deadline.signal).toBe(signal);
    if (early !== undefined) expect(signal).toBe(early);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("does not end after it was disposed of", () => {
    const deadline = createDeadline(100);
    deadline.dispose();
    vi.advanceTimersByTime(1_000);
    expect(deadline.aborted).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("says what is left, and never less than nothing", () => {
    let now = 5;
    const deadline = createDeadline(100, () => now);
    expect(deadline.remainingMs()).toBe(100);
    now = 65;
    expect(deadline.remainingMs()).toBe(40);
    now = 500;
    expect(deadline.remainingMs()).toBe(0);
    deadline.dispose();
  });
});
