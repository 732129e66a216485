import { describe, expect, it } from "vitest";
import {
  formatCacheStatus,
  forwardStatus,
  hitStatus,
} from "../../../src/http/caching/cache-status.ts";
import {
  freshenedFields,
  notModifiedFields,
  storedFields,
} from "../../../src/http/caching/stored-fields.ts";

describe("the fields that are kept with an answer", () => {
  it("are all but those for one connection, one receiver, or not to be kept", () => {
    const headers = {
      connection: "close, X-Hop",
      "x-hop": "1",
      "transfer-encoding": "chunked",
      "proxy-authenticate": "Basic",
      "set-cookie": ["a=b"],
      "cache-status": "inner; hit",
      "cache-control": 'no-cache="a", private="b", max-age=5',
      a: "1",
      b: "2",
      c: ["3", "4"],
      d: undefined,
      etag: '"1"',
    };
    expect(storedFields(headers)).toEqual({
      "cache-control": 'no-cache="a", private="b", max-age=5',
      c: ["3", "4"],
      etag: '"1"',
    });
  });

  it("are brought up to date by a 304, but for what it cannot know", () => {
    const stored = {
      etag: '"1"',
      age: "100",
      "cache-control": "max-age=1",
      "content-length": "10",
      "content-type": "text/plain",
      "x-old": "1",
    };
    const notModified = {
      etag: '"2"',
      "cache-control": "max-age=9",
      "content-length": "0",
      "content-type": "text/html",
      "x-new": "2",
      "set-cookie": "a=b",
    };
    expect(freshenedFields(stored, notModified)).toEqual({
      etag: '"1"',
      "cache-control": "max-age=9",
      "content-length": "10",
      "content-type": "text/html",
      "x-old": "1",
      "x-new": "2",
    });
  });

  it("go with a 304, but for what describes its missing content", () => {
    const fields = { etag: '"1"', vary: "a", "content-type": "text/plain", "content-length": "1" };
    expect(notModifiedFields({ ...fields, "content-location": "/x" })).toEqual({
      etag: '"1"',
      vary: "a",
      "content-location": "/x",
    });
  });
});

describe("Cache-Status", () => {
  it("tells of a hit, and how long it stays fresh", () => {
    expect(hitStatus(29.9)).toBe("hit; ttl=29");
    expect(hitStatus(-3.2)).toBe("hit; ttl=-3");
  });

  it("tells why a request went on, and what came of it", () => {
    expect(forwardStatus({ reason: "bypass" })).toBe("fwd=bypass");
    expect(forwardStatus({ reason: "miss", stored: true, collapsed: true })).toBe(
      "fwd=miss; stored; collapsed",
    );
    expect(forwardStatus({ reason: "stale", status: 304, stored: false })).toBe(
      "fwd=stale; fwd-status=304",
    );
  });

  it("comes after what caches nearer to the service said", () => {
    expect(formatCacheStatus("hit; ttl=1")).toBe("heddle; hit; ttl=1");
    expect(formatCacheStatus("fwd=miss", "inner; hit")).toBe("inner; hit, heddle; fwd=miss");
    expect(formatCacheStatus("fwd=miss", ["a; hit", "b; hit"])).toBe(
      "a; hit, b; hit, heddle; fwd=miss",
    );
  });
});
