import { expect, it } from "vitest";
import { PassedOn } from "../../src/server/passed-on.ts";

it("pieces that were passed on are freed 256 KB behind the last, and never before", () => {
  const passedOn = new PassedOn();
  const chunks = Array.from({ length: 8 }, () => Buffer.allocUnsafeSlow(65_536));
  for (const chunk of chunks) passedOn.add(chunk);
  expect(chunks.map(({ length }) => length)).toEqual([0, 0, 0, 0, ...Array(4).fill(65_536)]);
});

it("a piece that is a part of something larger is left alone", () => {
  const passedOn = new PassedOn();
  const whole = Buffer.allocUnsafeSlow(2_000_000);
  for (let at = 0; at < whole.length; at += 10_000) passedOn.add(whole.subarray(at, at + 10_000));
  expect(whole.length).toBe(2_000_000);
});
