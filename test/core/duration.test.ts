import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import { type Duration, isDuration, parseDuration } from "../../src/core/duration.ts";

const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
type Unit = keyof typeof UNITS;
const unit = fc.constantFrom(...(Object.keys(UNITS) as Unit[]));

describe("a duration", () => {
  it("is a number and a unit, in milliseconds", () => {
    fc.assert(
      fc.property(fc.nat(), unit, (count, name) => {
        expect(parseDuration(`${count}${name}`)).toBe(count * UNITS[name]);
      }),
    );
    expect(parseDuration("1.5s")).toBe(1_500);
  });

  it("may have blanks before its unit", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat({ max: 3 }), unit, (count, blanks, name) => {
        const text = `${count}${" ".repeat(blanks)}${name}`;
        expect(isDuration(text)).toBe(true);
        expect(parseDuration(text as Duration)).toBe(count * UNITS[name]);
      }),
    );
    expect(parseDuration("2 s")).toBe(2_000);
  });

  it("is never negative, and the error says so", () => {
    expect(isDuration("-5m")).toBe(false);
    expect(() => parseDuration("-5m")).toThrow(
      '"-5m" is negative: write a number and a unit, for example "300ms", "10s" or "5m"',
    );
  });

  it.each([
    "",
    "10",
    "s",
    " s",
    "s10",
    " 10s",
    "10s ",
    "10\ns",
    "1e3s",
    "0x10s",
    "+5s",
    ".5s",
    "10sec",
    "10S",
  ])("is not %j", (text) => {
    expect(isDuration(text)).toBe(false);
    expect(() => parseDuration(text as Duration)).toThrow(
      `"${text}" is not a duration: write a number and a unit`,
    );
  });

  it("is no number", () => {
    expect(isDuration(500)).toBe(false);
  });
});

describe("the type of a duration", () => {
  it("takes a number that is not known yet, and the blank that parsing takes", () => {
    const seconds: number = 2;
    expectTypeOf<`${typeof seconds}s`>().toExtend<Duration>();
    expectTypeOf<"2 s">().toExtend<Duration>();
    expect(parseDuration(`${seconds}s`)).toBe(2_000);
  });

  it("refuses a text without a number or without a unit", () => {
    expectTypeOf<"10">().not.toExtend<Duration>();
    expectTypeOf<"s">().not.toExtend<Duration>();
    expectTypeOf<"10sec">().not.toExtend<Duration>();
    // @ts-expect-error: a unit that there is not
    expect(isDuration("10w" satisfies Duration)).toBe(false);
  });
});
