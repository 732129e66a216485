/** Our histogram, held against prom-client's. */
import fc from "fast-check";
import { Histogram, Registry } from "prom-client";
import { expect, it } from "vitest";
import { createTimings } from "../../src/observe/timings.ts";

const options = { name: "duration_seconds", help: "How long it took", buckets: [0.1, 0.5, 1] };

it("timings are written as prom-client writes its own histogram, whatever is measured", async () => {
  const seconds = fc.oneof(fc.constantFrom(0, 0.1, 0.5, 1, 7), fc.integer({ max: 4_000, min: 0 }));
  const measured = fc.array(fc.tuple(fc.constantFrom('a "b"\n', "c"), seconds), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(measured, async (list) => {
      const [ours, theirs] = [new Registry(), new Registry()];
      const make = createTimings({ ...options, registers: [ours] });
      const series = new Map<string, ReturnType<typeof make>>();
      const histogram = new Histogram({ ...options, labelNames: ["route"], registers: [theirs] });
      for (const [route, value] of list) {
        const known = series.get(route) ?? make({ route });
        series.set(route, known);
        known.observe(value / 1_000);
        histogram.observe({ route }, value / 1_000);
      }
      expect(await ours.metrics()).toBe(await theirs.metrics());
    }),
  );
});
