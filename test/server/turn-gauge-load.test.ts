/** What the gauge of turns does to callers, in an event loop whose time is the test's. */
import { expect, it } from "vitest";
import { createTurnGauge } from "../../src/server/turn-gauge.ts";

/** The same numbers every time (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Load {
  /** Milliseconds of work for an answer, so long after the beginning. */
  readonly workMs: (sinceMs: number) => number;
  /** When requests come that nobody's answer is waited for with. */
  readonly arrivals?: readonly number[];
  /** Callers who send the next request when they have their answer; refused ones come back after a second. */
  readonly callers?: number;
  readonly untilMs: number;
}

/** Answers what the gauge takes on, turn by turn, each of which reads what has come until it began. */
function run({ workMs, arrivals = [], callers = 0, untilMs }: Load) {
  let now = 0;
  let ended: (() => void) | undefined;
  const gauge = createTurnGauge({ clock: () => now, atEnd: (given) => (ended = given) });
  const waiting: { readonly at: number; readonly isCaller: boolean }[] = [
    ...arrivals.map((at) => ({ at, isCaller: false })),
    ...Array.from({ length: callers }, () => ({ at: 0, isCaller: true })),
  ];
  const refusedAfterMs: number[] = [];
  let answered = 0;
  while (now < untilMs && waiting.length > 0) {
    waiting.sort((one, other) => one.at - other.at);
    now = Math.max(now, waiting[0]?.at ?? 0);
    const count = waiting.findIndex(({ at }) => at > now);
    const turn = waiting.splice(0, count < 0 ? waiting.length : count);
    for (const { at, isCaller } of turn) {
      if (gauge.take({}) === "taken") {
        now += workMs(now);
        answered += 1;
        if (isCaller) waiting.push({ at: now + 0.5, isCaller });
      } else {
        now += 0.02;
        refusedAfterMs.push(now - at);
        if (isCaller) waiting.push({ at: now + 1_000, isCaller });
      }
    }
    const end = ended;
    ended = undefined;
    end?.();
  }
  return { answered, refusedAfterMs: refusedAfterMs.sort((one, other) => one - other) };
}

/** So many a second, at random. */
function arrivalsOf(perSecond: number, untilMs: number, random: () => number): number[] {
  const times: number[] = [];
  for (let at = 0; at < untilMs; at += (-Math.log(1 - random()) * 1_000) / perSecond)
    times.push(at);
  return times;
}

it.each([1, 2, 3, 4, 5, 6, 7, 8])(
  "answers everyone who waits for an answer before asking again, on a cold and shared core (%i)",
  (seed) => {
    const random = randomFrom(seed);
    // Ten times as slow at first, and now and then somebody else has the core for a while.
    const workMs = (sinceMs: number): number =>
      0.2 * (1 + 9 * Math.exp(-sinceMs / 400)) * (0.7 + 0.6 * random()) +
      (random() < 0.005 ? 10 * random() : 0);
    for (const callers of [32, 64, 128, 256]) {
      expect(run({ workMs, callers, untilMs: 10_000 }).refusedAfterMs).toEqual([]);
    }
  },
);

it.each([1.3, 2])("refuses soon what is too much, and answers the rest (%f times)", (factor) => {
  for (const seed of [1, 2, 3]) {
    const random = randomFrom(seed);
    const workMs = (): number => 0.4 + 0.4 * random();
    const untilMs = 20_000;
    const arrivals = arrivalsOf((factor * 1_000) / 0.6, untilMs, random);
    const { answered, refusedAfterMs } = run({ workMs, arrivals, untilMs });
    expect(answered).toBeGreaterThan(0.9 * (untilMs / 0.6));
    expect(refusedAfterMs.at(Math.floor(refusedAfterMs.length * 0.99))).toBeLessThan(50);
    expect(refusedAfterMs.at(-1)).toBeLessThan(300);
  }
});

it("comes back from a moment of overload to callers who wait for their answers", () => {
  const random = randomFrom(9);
  const workMs = (sinceMs: number): number => (sinceMs < 500 ? 0.2 + sinceMs / 250 : 0.2);
  const { answered, refusedAfterMs } = run({
    workMs,
    callers: 128,
    arrivals: arrivalsOf(2_000, 500, random),
    untilMs: 20_000,
  });
  expect(refusedAfterMs.length).toBeGreaterThan(0);
  expect(refusedAfterMs.length).toBeLessThan(answered * 0.02);
});
