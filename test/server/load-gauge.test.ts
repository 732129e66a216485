import { describe, expect, it } from "vitest";
import { createInFlight } from "../../src/server/in-flight.ts";
import { createLoadGauge } from "../../src/server/load-gauge.ts";

type Answer = Parameters<ReturnType<typeof createInFlight>["add"]>[0];

/** A gauge whose clock, and whose requests, are the test's. */
function setUp(requests: number) {
  let now = 0;
  let tick = (): void => {};
  const inFlight = createInFlight();
  const answer = { headersSent: false, req: { complete: true } };
  for (let count = 0; count < requests; count += 1) inFlight.add(answer as Answer);
  const gauge = createLoadGauge({
    inFlight,
    clock: () => now,
    every: (_ms, given) => {
      tick = given;
      return () => {};
    },
  });
  gauge.start();
  return {
    gauge,
    answer,
    /** Windows of four looks, looks that are each late by so many milliseconds. */
    windows(count: number, lags: readonly number[]) {
      for (let window = 0; window < count; window += 1) {
        for (const lag of lags) {
          now += 25 + lag;
          tick();
        }
      }
    },
  };
}

/** Two looks a window. */
const LATE = [200, 200];
const IN_TIME = [0, 0, 0, 0];

describe("the gauge of load", () => {
  it("sets no limit while the event loop keeps up, however many requests there are", () => {
    const { gauge, windows } = setUp(5_000);
    windows(20, IN_TIME);
    expect(gauge.limit).toBe(Number.POSITIVE_INFINITY);
  });

  it("sets one below what there is when the loop lags behind for longer, and lowers it", () => {
    const { gauge, windows } = setUp(1_000);
    windows(2, LATE);
    expect(gauge.limit).toBe(Number.POSITIVE_INFINITY);
    windows(1, LATE);
    expect(gauge.limit).toBe(500);
    windows(1, LATE);
    expect(gauge.limit).toBe(250);
    windows(100, LATE);
    expect(gauge.limit).toBe(16);
  });

  it("lowers it at once by as much as the loop lags behind too far", () => {
    const { gauge, windows } = setUp(1_000);
    // Each look comes so late that two of them are all there is.
    windows(1, [485, 500]);
    expect(gauge.limit).toBe(Math.floor((1_000 * 100) / 485));
  });

  it("does not take one long pause for overload", () => {
    const { gauge, windows } = setUp(1_000);
    for (let count = 0; count < 10; count += 1) windows(1, [900, 0, 0, 0]);
    expect(gauge.limit).toBe(Number.POSITIVE_INFINITY);
  });

  it("begins anew when the loop has kept up in between, as it does on a core that others have, too", () => {
    const { gauge, windows } = setUp(1_000);
    for (let count = 0; count < 20; count += 1) windows(1, [...LATE, ...IN_TIME]);
    expect(gauge.limit).toBe(Number.POSITIVE_INFINITY);
  });

  it("raises the limit again, and takes it away", () => {
    const { gauge, windows } = setUp(100);
    windows(3, LATE);
    expect(gauge.limit).toBe(50);
    windows(1, IN_TIME);
    expect(gauge.limit).toBe(56);
    windows(100, IN_TIME);
    expect(gauge.limit).toBe(Number.POSITIVE_INFINITY);
  });

  it("does not count answers that have begun, and bodies that are still coming", () => {
    const { gauge, answer, windows } = setUp(100);
    answer.headersSent = true;
    windows(10, IN_TIME);
    expect(gauge.waiting).toBe(100);
    answer.headersSent = false;
    windows(10, IN_TIME);
    expect(gauge.waiting).toBe(0);
    answer.req.complete = false;
    windows(10, IN_TIME);
    expect(gauge.waiting).toBe(100);
  });

  it("knows at once who waits for a client, when the loop begins to lag", () => {
    const { gauge, answer, windows } = setUp(500);
    answer.req.complete = false;
    windows(1, LATE);
    expect(gauge.waiting).toBe(500);
  });
});
