import { expect, it } from "vitest";
import { randomId } from "../../src/core/random-id.ts";

it("an id is 128 bits as hexadecimal digits, and no two are the same, pool after pool", () => {
  const ids = Array.from({ length: 1_000 }, randomId);
  expect(new Set(ids).size).toBe(1_000);
  expect(ids.filter((id) => !/^[0-9a-f]{32}$/.test(id))).toEqual([]);
  // Each of the bits is set in about half of them.
  for (let digit = 0; digit < 32; digit += 1) {
    const values = new Set(ids.map((id) => id[digit]));
    expect(values.size).toBe(16);
  }
});
