import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseByteRange } from "../../../src/http/caching/byte-range.ts";
import {
  matchesStrongly,
  matchesWeakly,
  parseEntityTags,
} from "../../../src/http/caching/entity-tag.ts";
import { invalidatedTargets, isUnsafe } from "../../../src/http/caching/invalidation.ts";
import {
  isForServiceOnly,
  isNotModified,
  rangeCounts,
  validatorsOf,
} from "../../../src/http/caching/preconditions.ts";
import { type Kept, requestDirectives, reuseOf } from "../../../src/http/caching/reuse.ts";
import { parseVary, selectionOf } from "../../../src/http/caching/vary.ts";

const NOW = Date.UTC(2026, 0, 1, 12);
const at = (seconds: number): string => new Date(NOW + seconds * 1_000).toUTCString();

describe("entity tags", () => {
  it("are found in a list, quoted or not", () => {
    expect(parseEntityTags('"a", W/"b,c" ,d,""')).toEqual(['"a"', 'W/"b,c"', "d", '""']);
    expect(parseEntityTags(" ")).toEqual([]);
  });

  it("are compared weakly and strongly", () => {
    expect(matchesWeakly('W/"a"', '"a"')).toBe(true);
    expect(matchesWeakly('W/"a"', '"b"')).toBe(false);
    expect(matchesStrongly('"a"', '"a"')).toBe(true);
    expect(matchesStrongly('W/"a"', 'W/"a"')).toBe(false);
  });
});

describe("a condition of a request", () => {
  const stored = { etag: '"a"', "last-modified": at(-100), date: at(-50) };

  it.each<[Record<string, string>, boolean]>([
    [{ "if-none-match": '"x", W/"a"' }, true],
    [{ "if-none-match": "*" }, true],
    [{ "if-none-match": '"x"' }, false],
    [{ "if-none-match": '"x"', "if-modified-since": at(0) }, false],
    [{ "if-modified-since": at(-100) }, true],
    [{ "if-modified-since": at(-101) }, false],
    [{ "if-modified-since": "yesterday" }, false],
    [{}, false],
  ])("of %j is met: %s", (request, expected) => {
    expect(isNotModified(request, stored, NOW)).toBe(expected);
  });

  it("goes by the Date where the answer does not say when it changed", () => {
    expect(isNotModified({ "if-modified-since": at(-50) }, { date: at(-50) }, NOW)).toBe(true);
    expect(isNotModified({ "if-modified-since": at(-51) }, { date: at(-50) }, NOW)).toBe(false);
    expect(isNotModified({ "if-none-match": '"a"' }, { date: at(-50) }, NOW)).toBe(false);
  });

  it("of a write is for the service alone", () => {
    expect(isForServiceOnly({ "if-match": '"a"' })).toBe(true);
    expect(isForServiceOnly({ "if-unmodified-since": at(0) })).toBe(true);
    expect(isForServiceOnly({ "if-none-match": '"a"' })).toBe(false);
  });

  it("lets a range count only for what the client has a part of", () => {
    expect(rangeCounts({}, stored)).toBe(true);
    expect(rangeCounts({ "if-range": '"a"' }, stored)).toBe(true);
    expect(rangeCounts({ "if-range": 'W/"a"' }, { etag: 'W/"a"' })).toBe(false);
    expect(rangeCounts({ "if-range": at(-100) }, stored)).toBe(true);
    expect(rangeCounts({ "if-range": at(-99) }, stored)).toBe(false);
  });

  it("is made of what the answer can be told by", () => {
    expect(validatorsOf(stored)).toEqual({
      "if-none-match": '"a"',
      "if-modified-since": at(-100),
    });
    expect(validatorsOf({ date: at(0) })).toBeUndefined();
  });
});

describe("a range of bytes", () => {
  it.each<[string, ReturnType<typeof parseByteRange>]>([
    ["bytes=0-1", { first: 0, last: 1 }],
    ["bytes=8-", { first: 8, last: 9 }],
    ["Bytes= 8-99", { first: 8, last: 9 }],
    ["bytes=-3", { first: 7, last: 9 }],
    ["bytes=-99", { first: 0, last: 9 }],
    ["bytes=10-", "unsatisfiable"],
    ["bytes=-0", "unsatisfiable"],
    ["bytes=2-1", undefined],
    ["bytes=0-1,3-4", undefined],
    ["items=0-1", undefined],
    ["bytes=-", undefined],
  ])("of %s out of ten", (value, expected) => {
    expect(parseByteRange(value, 10)).toEqual(expected);
  });

  it("never reaches beyond what there is", () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), fc.nat(30), (first, last, length) => {
        const range = parseByteRange(`bytes=${first}-${last}`, length);
        if (range === undefined || range === "unsatisfiable") return;
        expect(range.first).toBe(first);
        expect(range.last).toBeLessThan(length);
        expect(range.last).toBeGreaterThanOrEqual(range.first);
      }),
    );
  });
});

describe("what Vary names", () => {
  const select = (names: string[], fields: Record<string, string | string[]>): string =>
    selectionOf(names, (name) => fields[name]);

  it("is a list in one order, or everything", () => {
    expect(parseVary("B, a,, A")).toEqual(["a", "b"]);
    expect(parseVary(["a", "B"])).toEqual(["a", "b"]);
    expect(parseVary(undefined)).toEqual([]);
    expect(parseVary("")).toEqual([]);
    expect(parseVary("a, *")).toBe("*");
  });

  it.each<[string, string | string[], string | string[]]>([
    ["foo", "1, 2", "1,2"],
    ["foo", ["1", "2"], " 1 ,  2 "],
    ["accept-language", "en, de;q=0.5", "DE ; q=0.5,EN"],
    ["accept-encoding", "gzip, br", "br,GZIP"],
  ])("is the same of %s for %j and %j", (name, one, other) => {
    expect(select([name], { [name]: one })).toBe(select([name], { [name]: other }));
  });

  it.each<[string, Record<string, string>, Record<string, string>]>([
    ["foo", { foo: "1" }, { foo: "2" }],
    ["foo", { foo: "a" }, { foo: "A" }],
    ["foo", { foo: "1,2" }, { foo: "2,1" }],
    ["foo", {}, { foo: "" }],
    ["foo", {}, { foo: "-" }],
  ])("is not the same of %s for %j and %j", (name, one, other) => {
    expect(select([name], one)).not.toBe(select([name], other));
  });
});

describe("what is kept", () => {
  const kept = (more: Partial<Kept> = {}): Kept => ({
    ageMs: 10_000,
    leftMs: 20_000,
    whileRevalidateMs: 0,
    mayBeStale: true,
    ...more,
  });

  it.each<[string | undefined, Partial<Kept>, ReturnType<typeof reuseOf>]>([
    [undefined, {}, "fresh"],
    ["no-cache", {}, "validate"],
    ["max-age=10", {}, "fresh"],
    ["max-age=9", {}, "validate"],
    ["min-fresh=20", {}, "fresh"],
    ["min-fresh=21", {}, "validate"],
    ["max-age=x", {}, "fresh"],
    [undefined, { leftMs: 0 }, "validate"],
    [undefined, { leftMs: -5_000, whileRevalidateMs: 6_000 }, "background"],
    [undefined, { leftMs: -5_000, whileRevalidateMs: 5_000 }, "validate"],
    ["max-stale=5", { leftMs: -5_000 }, "stale"],
    ["max-stale=4", { leftMs: -5_000 }, "validate"],
    ["max-stale", { leftMs: -5e9 }, "stale"],
    ["max-stale", { leftMs: -5, mayBeStale: false }, "validate"],
    ["max-age=1, max-stale", { leftMs: -5 }, "validate"],
  ])("serves a request with %j when %j: %s", (value, more, expected) => {
    expect(reuseOf(kept(more), requestDirectives(value))).toBe(expected);
  });
});

describe("a write", () => {
  const origin = "http://svc.test:81";

  it("has an unsafe method", () => {
    expect(["GET", "HEAD", "OPTIONS", "QUERY"].filter(isUnsafe)).toEqual([]);
    expect(["POST", "PUT", "PATCH", "DELETE", "M-SEARCH"].filter(isUnsafe).length).toBe(5);
  });

  it("makes its target invalid, and what it says has changed of the same origin", () => {
    const headers = { location: "two?x=1", "content-location": `${origin}/three` };
    expect(invalidatedTargets(201, headers, "/a/one", origin)).toEqual([
      "/a/one",
      "/a/two?x=1",
      "/three",
    ]);
    const others = { location: "http://other.test/x", "content-location": "http://[" };
    expect(invalidatedTargets(201, others, "/a/one", origin)).toEqual(["/a/one"]);
  });

  it.each([400, 404, 500])("that failed with %d makes nothing invalid", (status) => {
    expect(invalidatedTargets(status, {}, "/a", origin)).toEqual([]);
  });
});
