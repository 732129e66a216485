/** The list of answers in flight. */
import type { ServerResponse } from "node:http";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createInFlight } from "../../src/server/in-flight.ts";

const answer = (): ServerResponse => ({}) as ServerResponse;

describe("answers in flight", () => {
  it("are those that were added and not taken out, in whatever order that happens", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 30 }), { maxLength: 60 }), (steps) => {
        const inFlight = createInFlight();
        const known = new Map<ServerResponse, ReturnType<typeof inFlight.add>>();
        for (const step of steps) {
          const [res, place] = [...known][step] ?? [];
          if (res === undefined || place === undefined) {
            const added = answer();
            known.set(added, inFlight.add(added));
          } else {
            inFlight.delete(place);
            known.delete(res);
          }
          expect(new Set(inFlight.all())).toEqual(new Set(known.keys()));
          expect(inFlight.size).toBe(known.size);
        }
      }),
    );
  });

  it("are asked once to end when there is a drain, and at once when there has been one", () => {
    const inFlight = createInFlight();
    const asked: string[] = [];
    const early = (): void => void asked.push("early");
    const gone = (): void => void asked.push("gone");
    inFlight.onDrain(early);
    inFlight.onDrain(gone);
    inFlight.offDrain(gone);
    expect([inFlight.isDraining, asked]).toEqual([false, []]);
    inFlight.drain();
    inFlight.drain();
    expect([inFlight.isDraining, asked]).toEqual([true, ["early"]]);
    inFlight.onDrain(() => void asked.push("late"));
    expect(asked).toEqual(["early", "late"]);
  });

  it("are waited for until there is none", async () => {
    const inFlight = createInFlight();
    await inFlight.drained();
    const places = [inFlight.add(answer()), inFlight.add(answer())];
    let isDrained = false;
    const drained = inFlight.drained().then(() => {
      isDrained = true;
    });
    for (const place of places) {
      await Promise.resolve();
      expect(isDrained).toBe(false);
      inFlight.delete(place);
    }
    await drained;
  });
});
