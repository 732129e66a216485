import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatPath, parsePath } from "../../src/config/path.ts";

describe("a path in the configuration", () => {
  it("is written as code would reach it", () => {
    expect(formatPath(["services", "orders", "headers", "x-key"])).toBe(
      'services.orders.headers["x-key"]',
    );
    expect(formatPath(["frontends", "web", "cors", 0])).toBe("frontends.web.cors[0]");
    expect(formatPath([])).toBe("the configuration");
  });

  it("is read as it was written", () => {
    const step = fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.nat());
    fc.assert(
      fc.property(fc.array(step), (path) => {
        expect(parsePath(formatPath(path))).toEqual(path);
      }),
    );
  });

  it.each(["environment PORT", "route GET /web (composers/web/x.ts)", "a..b", "a[", "[a]"])(
    "is not %j",
    (text) => {
      expect(parsePath(text)).toBeUndefined();
    },
  );
});
