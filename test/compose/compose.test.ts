import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createCompose } from "../../src/compose/compose.ts";
import { isComposer } from "../../src/compose/composer.ts";

const compose = createCompose<Record<string, never>>();
const handler = (): number => 1;
/** As JavaScript or a cast would call it. */
const define = compose.get as unknown as (...given: readonly unknown[]) => unknown;

describe("a composer", () => {
  it("holds method, template, parameters, options and function, and cannot be changed", () => {
    const options = { deadline: "1.5s", query: z.object({}) } as const;
    const composer = compose.post("/orders/{orderId}/lines/{line}.json", options, handler);
    expect(composer).toMatchObject({
      method: "post",
      template: "/orders/{orderId}/lines/{line}.json",
      parameters: ["orderId", "line"],
      options,
      deadlineMs: 1_500,
      handler,
    });
    expect(Object.isFrozen(composer)).toBe(true);
    expect(isComposer(composer)).toBe(true);
  });

  it("may do without options", () => {
    const composer = compose.get("/orders", handler);
    expect(composer.options).toEqual({});
    expect(composer.deadlineMs).toBeUndefined();
    expect(composer.handler).toBe(handler);
  });

  it("there is one function a method", () => {
    expect(Object.keys(compose)).toEqual([
      "get",
      "post",
      "put",
      "patch",
      "delete",
      "head",
      "options",
      "query",
    ]);
    for (const [method, function_] of Object.entries(compose)) {
      expect(function_("/a", handler).method).toBe(method);
    }
  });

  it("is told from everything else", () => {
    for (const other of [undefined, null, handler, {}, { method: "get", template: "/a" }]) {
      expect(isComposer(other)).toBe(false);
    }
  });
});

describe("a composer that cannot be right is refused where it is defined", () => {
  it.each([
    ["no function", ["/a", {}], "the last argument must be a function"],
    [
      "an unknown option",
      ["/a", { deadlin: "1s" }, handler],
      'there is no option "deadlin": use deadline, path',
    ],
    [
      "a duration without a unit",
      ["/a", { deadline: "10" }, handler],
      'the deadline "10" is not a duration',
    ],
    [
      "a schema that is none",
      ["/a", { query: { limit: "number" } }, handler],
      '"query" must be a Standard Schema',
    ],
    [
      "a budget that no route can keep",
      ["/a", { budget: { calls: 0 } }, handler],
      "budget.calls must be a whole number from 1",
    ],
    ["options that are none", ["/a", "1s", handler], "the options must be an object"],
    ["a cache that is no policy", ["/a", { cache: true }, handler], "the cache true is no policy"],
    ["a cache without a time", ["/a", { cache: {} }, handler], "the cache needs a ttl"],
    [
      "a cache for a time without a unit",
      ["/a", { cache: { ttl: "1s", stale: "5" } }, handler],
      'the cache\'s stale "5" is not a duration',
    ],
    [
      "an unknown option of the cache",
      ["/a", { cache: { ttl: "1s", tag: "a" } }, handler],
      'the cache has no option "tag": use ttl, stale, negative, tags, public',
    ],
    [
      "tags that are no list",
      ["/a", { cache: { ttl: "1s", tags: "a" } }, handler],
      "the cache's tags must be a list of names",
    ],
    [
      "a tag of a parameter that the path does not have",
      ["/a/{id}", { cache: { ttl: "1s", tags: ["a:{id}", "b:{bookId}"] } }, handler],
      'a tag of the cache names "bookId", which is no parameter of the path: use id',
    ],
  ])("%s", (_, given, reason) => {
    expect(() => define(...given)).toThrow(reason);
    expect(() => define(...given)).toThrow(/^compose\.get\("\/a/);
  });
});
