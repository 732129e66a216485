import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatHttpDate, parseHttpDate } from "../../../src/http/caching/http-date.ts";

const NOW = Date.UTC(2026, 5, 1);
const AT = Date.UTC(1994, 10, 6, 8, 49, 37);

describe("a date of a header field", () => {
  it.each([
    "Sun, 06 Nov 1994 08:49:37 GMT",
    "Sunday, 06-Nov-94 08:49:37 GMT",
    "Sun Nov  6 08:49:37 1994",
  ])("is understood as %s", (text) => {
    expect(parseHttpDate(text, NOW)).toBe(AT);
  });

  it.each([
    "",
    "0",
    "Sun, 06 Nov 1994 08:49:37 UTC",
    "Sun, 06 Nov 1994 08:49:37 gmt",
    "Sun, 06 NOV 1994 08:49:37 GMT",
    "Sun, 06 ovD 1994 08:49:37 GMT",
    "Sun, 6 Nov 1994 08:49:37 GMT",
    "Sun, 06 Nov 94 08:49:37 GMT",
    "Sun 06 Nov 1994 08:49:37 GMT",
    "Sun, 06 Nov 1994 24:49:37 GMT",
    "Sun, 00 Nov 1994 08:49:37 GMT",
    "1994-11-06T08:49:37Z",
  ])("is not guessed from %j", (text) => {
    expect(parseHttpDate(text, NOW)).toBeUndefined();
  });

  it("has no year more than fifty ahead when it is written with two digits", () => {
    expect(parseHttpDate("Sunday, 06-Nov-76 08:49:37 GMT", NOW)).toBe(
      Date.UTC(2076, 10, 6, 8, 49, 37),
    );
    expect(parseHttpDate("Sunday, 06-Nov-77 08:49:37 GMT", NOW)).toBe(
      Date.UTC(1977, 10, 6, 8, 49, 37),
    );
  });

  it("is read as it is written", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 253_402_300_799 }), (seconds) => {
        expect(parseHttpDate(formatHttpDate(seconds * 1_000), NOW)).toBe(seconds * 1_000);
      }),
    );
  });
});
