import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { YoungMap } from "../../../src/upstream/flight/young-map.ts";

describe("a young map", () => {
  it("keeps what was not deleted, however much has come and gone", () => {
    const map = new YoungMap<number>();
    map.set("stays", 1);
    for (let index = 0; index < 5_000; index += 1) {
      map.set(`key ${index}`, index);
      if (index >= 10) map.delete(`key ${index - 10}`);
    }
    expect(map.size).toBe(11);
    expect(map.get("stays")).toBe(1);
    expect(map.get("key 4999")).toBe(4_999);
    expect(map.get("key 4989")).toBeUndefined();
  });

  it("is a map, whatever is done in whatever order", () => {
    const act = fc.tuple(fc.constantFrom("set", "delete"), fc.nat(700), fc.nat());
    fc.assert(
      fc.property(fc.array(act, { minLength: 0, maxLength: 3_000 }), (acts) => {
        const map = new YoungMap<number>();
        const model = new Map<string, number>();
        for (const [what, key, value] of acts) {
          if (what === "set") {
            map.set(String(key), value);
            model.set(String(key), value);
          } else {
            map.delete(String(key));
            model.delete(String(key));
          }
          expect(map.get(String(key))).toBe(model.get(String(key)));
        }
        expect(map.size).toBe(model.size);
        for (const [key, value] of model) expect(map.get(key)).toBe(value);
      }),
      { numRuns: 20 },
    );
  });
});
