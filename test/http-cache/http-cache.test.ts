import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { type CacheTestResult, type Outcome, runCacheTests } from "./run-cache-tests.ts";

/** What every test of the suite did when it was last looked at; it may only get better. */
interface Ratchet {
  /** Why a required or optimal test is not to pass. */
  readonly exceptions: Readonly<Record<string, string>>;
  readonly outcomes: Readonly<Record<CacheTestResult["kind"], Readonly<Record<string, Outcome>>>>;
}

const FILE = "test/http-cache/ratchet.json";
const ratchet: Ratchet = JSON.parse(readFileSync(FILE, "utf8"));
const known = new Map(Object.values(ratchet.outcomes).flatMap((list) => Object.entries(list)));
/** Run a second time whatever it does the first time, so that a second run is known to end. */
const TWICE = "freshness-max-age";
let results: Readonly<Record<string, CacheTestResult>> = {};

beforeAll(async () => {
  results = await runCacheTests(
    (id, outcome) => id === TWICE || (known.get(id) === "pass" && outcome !== "pass"),
  );
}, 110_000);

const all = (): [string, CacheTestResult][] => Object.entries(results);
const count = (kind: CacheTestResult["kind"]): number =>
  all().filter(([, result]) => result.kind === kind && result.outcome === "pass").length;

describe("http-cache-tests, through a public proxied route", () => {
  it("runs every test that is not for browsers alone", () => {
    expect(all().length).toBe(329);
    expect(Object.keys(results).filter((id) => !known.has(id))).toEqual([]);
  });

  it("runs a test again that may have failed because the machine stalled", () => {
    expect(results[TWICE]).toMatchObject({ outcome: "pass", runs: 2 });
    expect(Object.values(results).filter(({ runs }) => runs === 1).length).toBeGreaterThan(0);
  });

  it("passes what it has passed before", () => {
    const worse = all()
      .filter(([id, { outcome }]) => known.get(id) === "pass" && outcome !== "pass")
      .map(([id, { reason }]) => `${id}: ${reason}`);
    expect(worse).toEqual([]);
  });

  it("has nothing better than its ratchet says", () => {
    const better = all()
      .filter(([id, { outcome }]) => known.get(id) === "fail" && outcome === "pass")
      .map(([id]) => id);
    expect(better, `these pass now: write "pass" for each of them in ${FILE}`).toEqual([]);
  });

  it("passes at least 144 of 157 required and 77 of 86 optimal tests", () => {
    expect(count("required")).toBeGreaterThanOrEqual(144);
    expect(count("optimal")).toBeGreaterThanOrEqual(77);
  });

  it("says why of every required test that does not pass", () => {
    const { required } = ratchet.outcomes;
    const failing = Object.keys(required).filter((id) => required[id] === "fail");
    expect(failing.filter((id) => ratchet.exceptions[id] === undefined)).toEqual([]);
    expect(Object.keys(ratchet.exceptions).filter((id) => known.get(id) !== "fail")).toEqual([]);
  });
});
