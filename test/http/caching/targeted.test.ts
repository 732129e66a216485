import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCdnCacheControl } from "../../../src/http/caching/targeted.ts";

describe("CDN-Cache-Control", () => {
  it.each<[string | string[], Record<string, string | true>]>([
    ["max-age=60", { "max-age": "60" }],
    ["max-age=60, no-store", { "max-age": "60", "no-store": true }],
    [["max-age=60", "private"], { "max-age": "60", private: true }],
    ["max-age=60;x=1;y, must-revalidate=?1", { "max-age": "60", "must-revalidate": true }],
    ["max-age=60, max-age=30", { "max-age": "30" }],
    ["max-age=60, max-age=1.5", {}],
    // Of another type than the directive takes: passed over.
    ['max-age="60", s-maxage=1.5, public=?0', {}],
  ])("of %j is understood", (value, expected) => {
    const directives = parseCdnCacheControl(value);
    expect(directives && Object.fromEntries(directives)).toEqual(expected);
  });

  it.each([undefined, "", "  ", "Max-Age=60", "max-age=60,", "max-age 60", "&", "max-age=60 x"])(
    "of %j is as if it were not there",
    (value) => {
      expect(parseCdnCacheControl(value)).toBeUndefined();
    },
  );

  it("comes to an end with any text", () => {
    fc.assert(fc.property(fc.string(), (text) => (parseCdnCacheControl(text)?.size ?? 0) >= 0));
  });
});
