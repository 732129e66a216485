import { describe, expect, it } from "vitest";
import { env } from "../../src/config/env.ts";
import { mergePatch } from "../../src/config/merge-patch.ts";

describe("a merge patch", () => {
  // RFC 7396, appendix A.
  it.each([
    [{ a: "b" }, { a: "c" }, { a: "c" }],
    [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
    [{ a: "b" }, { a: null }, {}],
    [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
    [{ a: ["b"] }, { a: "c" }, { a: "c" }],
    [{ a: "c" }, { a: ["b"] }, { a: ["b"] }],
    [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
    [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
    [
      ["a", "b"],
      ["c", "d"],
      ["c", "d"],
    ],
    [{ a: "b" }, ["c"], ["c"]],
    [{ a: "foo" }, null, null],
    [{ a: "foo" }, "bar", "bar"],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: "b", c: null }, { a: "b" }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])("makes of %j by %j: %j", (target, patch, result) => {
    const before = structuredClone(target);
    expect(mergePatch(target, patch)).toEqual(result);
    expect(target).toEqual(before);
  });

  it("takes a reference to the environment for one value", () => {
    const built = { url: env("A", "fallback"), timeout: "1s" };
    expect(mergePatch(built, { url: { $env: "B" } })).toEqual({
      url: { $env: "B" },
      timeout: "1s",
    });
    expect(mergePatch(built, { url: { path: "/x" } })).toEqual({
      url: { path: "/x" },
      timeout: "1s",
    });
    const patched = mergePatch(built, { timeout: "2s" }) as typeof built;
    expect(patched.url).toBe(built.url);
  });

  it("makes a key of a name that objects inherit by", () => {
    const merged = mergePatch({}, JSON.parse('{ "__proto__": { "polluted": true } }')) as object;
    expect(Object.keys(merged)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
  });
});
