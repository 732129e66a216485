import { describe, expect, it } from "vitest";
import { parseSize, type Size } from "../../src/config/size.ts";

describe("a size", () => {
  it.each<[Size, number]>([
    ["1b", 1],
    ["64kb", 65_536],
    ["10mb", 10_485_760],
    ["1.5kb", 1_536],
    ["1gb", 1_073_741_824],
  ])("%s is %d bytes", (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
  });

  it.each(["", "10", "mb", "10 mb", "10MB", "-1b", "1e3b"])("is not %j", (text) => {
    expect(() => parseSize(text as Size)).toThrow(RangeError);
  });
});
