import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Endpoint } from "../../../src/upstream/balance/endpoint.ts";
import { createPicker } from "../../../src/upstream/balance/pick.ts";
import { createRotation } from "../../../src/upstream/balance/rotation.ts";
import { Seat } from "../../../src/upstream/balance/seat.ts";
import { seeded } from "./support.ts";

const NO_WIRE = undefined as unknown as Endpoint["wire"];

const endpointOf = (key: string, weight = 1): Endpoint =>
  new Endpoint({ key, origin: `http://${key}`, weight, place: undefined }, NO_WIRE);

const weights = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 8 });
const seed = fc.integer({ min: 1, max: 1_000_000 });

describe("what picks an address", () => {
  it("never picks one that is sick while one that is well exists, and never has none", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ weight: fc.integer({ min: 1, max: 5 }), sick: fc.boolean() }), {
          minLength: 1,
          maxLength: 8,
        }),
        seed,
        (members, from) => {
          // All may go but one: what is left beside the floor.
          const rotation = createRotation(1, seeded(from));
          const endpoints = members.map(({ weight, sick }, index) => {
            const endpoint = endpointOf(`e${index}`, weight);
            endpoint.isEjected = sick;
            return endpoint;
          });
          rotation.set(endpoints);
          const someWell = endpoints.some(({ isSick }) => !isSick);
          for (let draw = 0; draw < 30; draw += 1) {
            const picked = rotation.pick(endpoints[draw % endpoints.length]);
            expect(picked).toBeDefined();
            if (someWell) expect(picked?.isSick).toBe(false);
          }
        },
      ),
    );
  });

  it("leaves out no more than the share, and always keeps one", () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { minLength: 1, maxLength: 10 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (sick, share) => {
          const rotation = createRotation(share, seeded());
          const endpoints = sick.map((isSick, index) => {
            const endpoint = endpointOf(`e${index}`);
            endpoint.isUnhealthy = isSick;
            return endpoint;
          });
          rotation.set(endpoints);
          const out = endpoints.filter((endpoint) => !rotation.has(endpoint));
          const most = Math.min(Math.floor(share * endpoints.length), endpoints.length - 1);
          const ill = sick.filter((isSick) => isSick).length;
          expect(out.every(({ isSick }) => isSick)).toBe(true);
          expect(out.length).toBe(Math.min(ill, most));
        },
      ),
    );
  });

  it("never picks the one to avoid while there is another", () => {
    fc.assert(
      fc.property(weights, seed, fc.nat(), (all, from, which) => {
        const endpoints = all.map((weight, index) => endpointOf(`e${index}`, weight));
        const pick = createPicker(endpoints, seeded(from));
        const avoid = endpoints[which % endpoints.length];
        for (let draw = 0; draw < 20; draw += 1) {
          if (endpoints.length > 1) expect(pick(avoid)).not.toBe(avoid);
          else expect(pick(avoid)).toBe(avoid);
        }
      }),
    );
  });

  it("shares calls at rest out by weight", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 5 }),
        seed,
        (all, from) => {
          const endpoints = all.map((weight, index) => endpointOf(`e${index}`, weight));
          const pick = createPicker(endpoints, seeded(from));
          const draws = 4_000;
          const counts = new Map<unknown, number>();
          for (let draw = 0; draw < draws; draw += 1) {
            const picked = pick(undefined);
            counts.set(picked, (counts.get(picked) ?? 0) + 1);
          }
          const total = all.reduce((sum, weight) => sum + weight, 0);
          for (const endpoint of endpoints) {
            const share = (counts.get(endpoint) ?? 0) / draws;
            // Six standard deviations of a draw of 4,000.
            expect(Math.abs(share - endpoint.weight / total)).toBeLessThan(0.05);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it("keeps calls under way in proportion to the weights, and counts return to zero", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 6 }),
        seed,
        (all, from) => {
          const endpoints = all.map((weight, index) => endpointOf(`e${index}`, weight));
          const pick = createPicker(endpoints, seeded(from));
          const total = all.reduce((sum, weight) => sum + weight, 0);
          const seats: Seat[] = [];
          for (let call = 0; call < 40 * total; call += 1) {
            const picked = pick(undefined);
            if (picked !== undefined) seats.push(new Seat(picked, undefined, () => 0));
          }
          for (const { inFlight, weight } of endpoints) {
            expect(inFlight / weight).toBeGreaterThan(30);
            expect(inFlight / weight).toBeLessThan(50);
          }
          for (const seat of seats) seat.left();
          expect(endpoints.map(({ inFlight }) => inFlight)).toEqual(all.map(() => 0));
        },
      ),
      { numRuns: 50 },
    );
  });
});
