import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  announceRetirement,
  compileRetirement,
  dateFault,
  linkOf,
  retirementFaults,
  successorFault,
  successorOf,
  withDocumented,
} from "../../src/core/retirement.ts";

describe("dates", () => {
  it.each(["2026-11-01", "2026-11-01T12:00Z", "2026-11-01T12:00:00Z", "2024-02-29T23:59:59+02:00"])(
    "%s is one",
    (text) => {
      expect(dateFault(text)).toBeUndefined();
    },
  );

  it.each([
    "",
    "tomorrow",
    "1",
    "2026-11",
    "2026-13-01",
    "2026-02-30",
    "2026-11-01 12:00",
    "2026-11-01T12:00:00",
    "Sun, 01 Nov 2026 00:00:00 GMT",
  ])("%s is none", (text) => {
    expect(dateFault(text)).toMatch(/not/);
  });
});

describe("successors", () => {
  it.each([
    "/",
    "/v2/orders",
    "/v2/{orderId}/x?y=1",
    "https://api.example",
    "http://a.example/{b}",
  ])("%s is one", (text) => {
    expect(successorFault(text)).toBeUndefined();
  });

  it.each([
    "",
    "v2",
    "//evil.example",
    "javascript:alert(1)",
    "ftp://a.example",
    "/a b",
    '/a>; rel="x',
    "/a\\b",
    "/a\r\nx: y",
    "/{a",
  ])("%j is none", (text) => {
    expect(successorFault(text)).toMatch(/neither/);
  });

  it("take any value of a parameter without leaving their link", () => {
    const retirement = compileRetirement({ successor: "/v2/{id}" });
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (id) => {
        if (retirement === undefined) throw new Error("nothing was compiled");
        const link = linkOf(
          retirement,
          successorOf(retirement, () => ({ id })),
        );
        expect(link).toMatch(/^<\/v2\/[A-Za-z0-9\-_.!~*'()%]*>; rel="successor-version"$/);
      }),
    );
  });
});

describe("what is said of an end", () => {
  it("is nothing where nothing is said", () => {
    expect(compileRetirement({})).toBeUndefined();
  });

  it("cannot lie before the deprecation", () => {
    const faults = retirementFaults({ deprecated: "2026-11-02", sunset: "2026-11-01" });
    expect(faults).toEqual([
      {
        key: "sunset",
        message: "lies before the deprecation (2026-11-02)",
        cure: "let it end later",
      },
    ]);
    expect(retirementFaults({ deprecated: "2026-11-01", sunset: "2026-11-01" })).toEqual([]);
  });

  it("is told with all that is wrong with it", () => {
    const faults = retirementFaults({ deprecated: "x", sunset: 1, successor: "x", policy: "x" });
    expect(faults.map(({ key }) => key)).toEqual(["deprecated", "sunset", "successor", "policy"]);
  });
});

describe("what is said of an end, and what documents say", () => {
  const documented = { deprecated: "2026-05-01", sunset: "2026-11-01" } as const;

  it.each([
    ["nothing", {}, documented],
    ["no day", { deprecated: true }, documented],
    [
      "a deprecation",
      { deprecated: "2026-06-01" },
      { deprecated: "2026-06-01", sunset: "2026-11-01" },
    ],
    ["a sunset", { sunset: "2027-01-01" }, { deprecated: "2026-05-01", sunset: "2027-01-01" }],
    ["links", { successor: "/b", policy: "/c" }, { ...documented, successor: "/b", policy: "/c" }],
    [
      "a deprecation after their sunset",
      { deprecated: "2027-01-01" },
      { deprecated: "2027-01-01" },
    ],
    [
      "a sunset before their deprecation",
      { sunset: "2026-01-01", successor: "/b" },
      { deprecated: true, sunset: "2026-01-01", successor: "/b" },
    ],
    [
      "all of it",
      { deprecated: "2020-01-01", sunset: "2020-06-01" },
      { deprecated: "2020-01-01", sunset: "2020-06-01" },
    ],
  ] as const)("go together where somebody says %s", (_, own, both) => {
    expect(withDocumented(own, documented)).toEqual(both);
  });

  it("are what somebody says where documents say nothing", () => {
    expect(withDocumented({ sunset: "2026-01-01" }, undefined)).toEqual({ sunset: "2026-01-01" });
    expect(withDocumented({ policy: "/c" }, { deprecated: true })).toEqual({
      deprecated: true,
      policy: "/c",
    });
  });

  it("bring no end of their own", () => {
    const told = announceRetirement(compileRetirement({ deprecated: "2026-01-01" }), documented);
    expect(told).toMatchObject({
      sunsetAtMs: Number.POSITIVE_INFINITY,
      fields: ["Deprecation", "@1767225600", "Sunset", "Sun, 01 Nov 2026 00:00:00 GMT"],
    });
    const own = compileRetirement({ sunset: "2027-01-01" });
    expect(announceRetirement(own, documented)?.sunsetAtMs).toBe(Date.parse("2027-01-01"));
    expect(announceRetirement(own, undefined)).toBe(own);
    expect(announceRetirement(undefined, undefined)).toBeUndefined();
  });
});
