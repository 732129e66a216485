import { describe, expect, it } from "vitest";
import { createTurnGauge } from "../../src/server/turn-gauge.ts";

/** A gauge, and an event loop, whose clock is the test's. */
function setUp() {
  let now = 1_000;
  let ended: (() => void) | undefined;
  const gauge = createTurnGauge({
    clock: () => now,
    atEnd: (given) => {
      ended = given;
    },
  });
  /** So many requests, each of which takes so long; how many of them were taken on. On connections of their own, or on one. */
  function come(requests: number, ms: number, connection?: object): number {
    let taken = 0;
    for (let count = 0; count < requests; count += 1) {
      if (gauge.take(connection ?? {}) !== "taken") continue;
      taken += 1;
      now += ms;
    }
    return taken;
  }

  function endTurn(): void {
    const end = ended;
    ended = undefined;
    end?.();
  }

  return {
    pass(ms: number) {
      now += ms;
    },
    come,
    endTurn,
    /** One turn of such requests. */
    turn(requests: number, ms: number, connection?: object): number {
      const taken = come(requests, ms, connection);
      endTurn();
      return taken;
    },
    get isMeasuring() {
      return ended !== undefined;
    },
  };
}

/** Turns that grow until the rest of one is refused. */
function overload(turn: (requests: number, ms: number) => number): void {
  turn(40, 1);
  expect(turn(80, 1)).toBe(60);
}

describe("the gauge of turns", () => {
  it("takes on a burst, and what came meanwhile, while turns become shorter", () => {
    const { turn } = setUp();
    for (const requests of [150, 90, 54, 32, 19]) expect(turn(requests, 1)).toBe(requests);
  });

  it("takes on turns of one length, however long they go on", () => {
    const { turn } = setUp();
    for (let count = 0; count < 100; count += 1) expect(turn(50, 1)).toBe(50);
  });

  it("refuses what makes turns longer and longer that have been long for a while", () => {
    const { turn } = setUp();
    expect([turn(7, 1), turn(14, 1), turn(20, 1), turn(40, 1)]).toEqual([7, 14, 20, 40]);
    // Long since 60 ms; at 50 a quarter longer than the one before.
    expect(turn(80, 1)).toBe(50);
  });

  it("refuses nobody for one turn that is longer than the one before", () => {
    const { turn } = setUp();
    expect([turn(40, 1), turn(55, 1), turn(40, 1), turn(55, 1)]).toEqual([40, 55, 40, 55]);
  });

  it("begins anew to look when a turn was short", () => {
    const { turn } = setUp();
    expect([20, 30, 40, 10, 20, 60].map((count) => turn(count, 1))).toEqual([
      20, 30, 40, 10, 20, 60,
    ]);
  });

  it("keeps every turn short from then on, as long as there is something to refuse", () => {
    const { turn } = setUp();
    overload(turn);
    for (let count = 0; count < 100; count += 1) expect(turn(24, 1)).toBe(10);
  });

  it("goes back to taking on bursts when nothing has been refused for a while", () => {
    const { turn, pass } = setUp();
    overload(turn);
    for (let count = 0; count < 19; count += 1) expect(turn(10, 1)).toBe(10);
    expect(turn(24, 1)).toBe(10);
    pass(200);
    turn(1, 0);
    expect(turn(100, 1)).toBe(100);
  });

  it("takes on a few in every turn, however slow they are", () => {
    const { turn } = setUp();
    turn(8, 50);
    turn(8, 100);
    expect(turn(20, 200)).toBe(8);
    expect(turn(20, 100)).toBe(8);
  });

  it("takes on no more in a single turn that goes on and on", () => {
    const { turn } = setUp();
    expect(turn(5_000, 1)).toBe(1_000);
    const slow = setUp();
    expect(slow.turn(1_000, 100)).toBe(64);
  });

  it("counts what a turn does before its first request, where the one before was long", () => {
    const { turn, pass } = setUp();
    overload(turn);
    pass(4);
    expect(turn(24, 0.5)).toBe(12);
  });

  it("does not keep an idle event loop going", () => {
    const gauge = setUp();
    gauge.turn(1, 1);
    expect(gauge.isMeasuring).toBe(false);
    gauge.turn(3, 1);
    expect(gauge.isMeasuring).toBe(true);
    gauge.turn(0, 0);
    expect(gauge.isMeasuring).toBe(false);
  });

  it("lets nobody answer for what one connection has sent in one go", () => {
    const { come, turn, endTurn } = setUp();
    const flood = {};
    turn(40, 1, flood);
    for (let count = 0; count < 100; count += 1) {
      expect(come(200, 1, flood)).toBe(count === 0 ? 60 : 10);
      expect(come(8, 1)).toBe(8);
      endTurn();
    }
  });

  it("shares the turns under overload between those that send much in one go", () => {
    const { come, turn, endTurn } = setUp();
    const connections = [{}, {}, {}, {}, {}];
    overload(turn);
    const takenOn = (): number[] => {
      const taken = connections.map((one) => come(100, 1, one));
      endTurn();
      return taken;
    };
    takenOn();
    expect(takenOn()).toEqual([10, 2, 2, 2, 2]);
  });
});
