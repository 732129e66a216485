import { describe, expect, it } from "vitest";
import { freeMemory, isWhole } from "../../src/core/free-memory.ts";

describe("memory that is freed", () => {
  it("is gone at once, for every view of it", () => {
    const before = process.memoryUsage().arrayBuffers;
    const large = Buffer.allocUnsafeSlow(67_108_864);
    const part = large.subarray(5, 10);
    expect(process.memoryUsage().arrayBuffers - before).toBeGreaterThan(60_000_000);
    freeMemory(large.buffer);
    expect([large.length, part.length]).toEqual([0, 0]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
  });

  it("is never the pool that small buffers share", () => {
    const one = Buffer.from("one");
    const other = Buffer.from("other");
    freeMemory(one.buffer);
    expect([one.toString(), other.toString()]).toEqual(["one", "other"]);
    expect(isWhole(one)).toBe(false);
  });

  it("twice does no harm", () => {
    const { buffer } = Buffer.allocUnsafeSlow(10);
    freeMemory(buffer);
    freeMemory(buffer);
    expect(buffer.byteLength).toBe(0);
  });
});
