import fc from "fast-check";
import CachePolicy from "http-cache-semantics";
import { describe, expect, it } from "vitest";
import type { AnswerHeaders } from "../../../src/core/operation.ts";
import { type Keeping, keepingOf, mentionsFreshness } from "../../../src/http/caching/keeping.ts";

const NOW = Date.UTC(2026, 0, 1, 12);
const at = (seconds: number): string => new Date(NOW + seconds * 1_000).toUTCString();

interface Given {
  readonly status?: number;
  readonly authorized?: boolean;
  readonly heuristics?: boolean;
  readonly tookMs?: number;
}

function keep(headers: AnswerHeaders, given: Given = {}): Keeping | undefined {
  const { status = 200, authorized = false, heuristics = false, tookMs = 0 } = given;
  return keepingOf(
    { status, headers, requestedAtMs: NOW - tookMs, receivedAtMs: NOW },
    { authorized, heuristics },
  );
}

const freshMs = (headers: AnswerHeaders, given?: Given): number | undefined =>
  keep(headers, given)?.freshMs;

describe("how long an answer is fresh", () => {
  it.each<[string, AnswerHeaders, number | undefined]>([
    ["max-age", { "cache-control": "max-age=60" }, 60_000],
    ["s-maxage before max-age", { "cache-control": "max-age=60, s-maxage=5" }, 5_000],
    ["max-age before Expires", { "cache-control": "max-age=60", expires: at(5) }, 60_000],
    ["Expires from Date on", { expires: at(30), date: at(-10) }, 30_000],
    ["Expires without a Date", { expires: at(30) }, 30_000],
    ["its Age taken off", { "cache-control": "max-age=60", age: "20" }, 40_000],
    ["the age of its Date taken off", { "cache-control": "max-age=60", date: at(-20) }, 40_000],
    [
      "CDN-Cache-Control before all others",
      { "cdn-cache-control": "max-age=7", "cache-control": "no-store", expires: at(60) },
      7_000,
    ],
    [
      "not CDN-Cache-Control that cannot be read",
      { "cdn-cache-control": "Max-Age=7", "cache-control": "max-age=60" },
      60_000,
    ],
  ])("is said by %s", (_, headers, expected) => {
    expect(freshMs(headers)).toBe(expected);
  });

  it("has the time that the request took taken off", () => {
    expect(freshMs({ "cache-control": "max-age=60", age: "10" }, { tookMs: 1_500 })).toBe(48_500);
  });

  it.each<[string, AnswerHeaders]>([
    ["an Expires that is no date", { expires: "0", etag: '"1"' }],
    ["an Expires in the past", { expires: at(-1), date: at(0), etag: '"1"' }],
    ["two Expires", { expires: [at(60), at(60)], etag: '"1"' }],
    ["no-cache", { "cache-control": "max-age=60, no-cache", etag: '"1"' }],
    ["an Age that is no number", { "cache-control": "max-age=60", age: "x", etag: '"1"' }],
    ["two Ages", { "cache-control": "max-age=60", age: ["0", "0"], etag: '"1"' }],
    ["an Age beyond it", { "cache-control": "max-age=60", age: "61", etag: '"1"' }],
  ])("is no time with %s: it is kept to be validated", (_, headers) => {
    expect(freshMs(headers)).toBe(0);
    expect(keep({ ...headers, etag: undefined })).toBeUndefined();
  });

  it("is guessed only where that is allowed", () => {
    const headers = { "last-modified": at(-1_000), date: at(0) };
    expect(freshMs(headers)).toBeUndefined();
    expect(freshMs(headers, { heuristics: true })).toBe(100_000);
    expect(freshMs(headers, { heuristics: true, status: 201 })).toBeUndefined();
    const old = { "last-modified": at(-1e8), date: at(0) };
    expect(freshMs(old, { heuristics: true })).toBe(86_400_000);
  });
});

describe("an answer that is not kept", () => {
  const fresh = { "cache-control": "max-age=60" };

  it.each([206, 304, 199])("has the status %d", (status) => {
    expect(keep(fresh, { status })).toBeUndefined();
    expect(keep(fresh, { status: 200 })).toBeDefined();
  });

  it.each<[string, AnswerHeaders]>([
    ["nothing", {}],
    ["a validator alone", { etag: '"1"', "last-modified": at(-10) }],
    ["no-store", { "cache-control": "max-age=60, no-store" }],
    ["private", { "cache-control": "max-age=60, private" }],
    ["something malformed", { "cache-control": "max-age=60, no store" }],
    ["no-store for caches like this one", { ...fresh, "cdn-cache-control": "no-store" }],
    ["a cookie", { ...fresh, "set-cookie": "a=b" }],
    ["no time and no validator", { "cache-control": "max-age=0" }],
  ])("says %s", (_, headers) => {
    expect(keep(headers)).toBeUndefined();
  });

  it("says no-store, unless whoever knows the status may pass over that", () => {
    const headers = { "cache-control": "max-age=60, must-understand, no-store" };
    expect(freshMs(headers)).toBe(60_000);
    expect(keep(headers, { status: 599 })).toBeUndefined();
  });

  it.each(["public", "s-maxage=60", "must-revalidate"])(
    "was for somebody with a credential and does not say %s",
    (directive) => {
      expect(keep(fresh, { authorized: true })).toBeUndefined();
      const headers = { "cache-control": `max-age=60, ${directive}` };
      expect(freshMs(headers, { authorized: true })).toBe(60_000);
    },
  );
});

describe("how long a stale answer is given out", () => {
  const cacheControl = "max-age=1, stale-while-revalidate=20, stale-if-error=30";

  it("is said by the answer", () => {
    expect(keep({ "cache-control": cacheControl })).toEqual({
      freshMs: 1_000,
      whileRevalidateMs: 20_000,
      ifErrorMs: 30_000,
      mayBeStale: true,
    });
  });

  it.each(["must-revalidate", "proxy-revalidate", "s-maxage=1", "no-cache"])(
    "is not at all with %s",
    (directive) => {
      const headers = { "cache-control": `${cacheControl}, ${directive}`, etag: '"1"' };
      expect(keep(headers)).toMatchObject({
        whileRevalidateMs: 0,
        ifErrorMs: 0,
        mayBeStale: false,
      });
    },
  );
});

describe("a look at the fields of an answer", () => {
  it.each(["cache-control", "expires", "cdn-cache-control"])("sees %s", (name) => {
    expect(mentionsFreshness({ [name]: "x" })).toBe(true);
    expect(mentionsFreshness({ etag: '"1"', "content-type": "text/plain" })).toBe(false);
  });
});

describe("another reading of the same rules (http-cache-semantics)", () => {
  const seconds = fc.integer({ min: 1, max: 10_000 });
  const directive = fc.oneof(
    seconds.map((value) => `max-age=${value}`),
    seconds.map((value) => `s-maxage=${value}`),
    fc.constantFrom("no-store", "private", "public", "must-revalidate", "no-cache", "x"),
  );
  const directives = fc.uniqueArray(directive, {
    selector: (text) => text.split("=")[0],
    minLength: 1,
  });

  it("agrees on what is kept and how long it is fresh", () => {
    fc.assert(
      fc.property(
        directives,
        fc.option(fc.integer({ min: -5_000, max: 5_000 }), { nil: undefined }),
        fc.nat(5_000),
        fc.boolean(),
        (list, expires, age, authorized) => {
          const headers: Record<string, string> = {
            "cache-control": list.join(", "),
            date: at(0),
            age: String(age),
            etag: '"1"',
            ...(expires === undefined ? {} : { expires: at(expires) }),
          };
          const request = { headers: authorized ? { authorization: "x" } : {} };
          const policy = new CachePolicy(request as never, { status: 200, headers } as never);
          const expected = policy.storable() ? Math.max(0, policy.maxAge() - age) * 1_000 : 0;
          expect(freshMs(headers, { authorized }) ?? 0).toBe(expected);
        },
      ),
      { numRuns: 500 },
    );
  });
});
