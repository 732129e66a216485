/** The router held against the plainest matcher that does the same: every pattern on every request. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Conditions } from "../../src/config/route-settings.ts";
import { parseRoutePath } from "../../src/core/route-path.ts";
import { compilePattern } from "../../src/server/route-pattern.ts";
import { createRouter, EVERY_METHOD } from "../../src/server/router.ts";

interface Route {
  readonly method: string;
  readonly path: string;
  readonly when: Conditions;
  readonly pattern: ReturnType<typeof compilePattern>;
}

interface Ask {
  readonly method: string;
  readonly path: string;
  readonly host: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: string;
}

function routeOf(method: string, path: string, when: Partial<Conditions> = {}): Route {
  const { pieces, isPrefix } = parseRoutePath(path);
  const all = { hosts: [], headers: [], query: [], ...when };
  return { method, path, when: all, pattern: compilePattern(pieces, isPrefix) };
}

/** What is compared, by segment: 0 (literal), above 1 (a part), 2 (whole), 3 (all below). */
function ranksOf(path: string): number[] {
  return path
    .split("/")
    .slice(1)
    .map((segment) => {
      if (segment === "**") return 3;
      if (!segment.includes("{")) return 0;
      if (segment.startsWith("{") && segment.endsWith("}")) return 2;
      // Of two parts of one segment, the one that begins with more literal text, then the one that has more of it.
      return 2 - segment.indexOf("{") / 10 - segment.length / 1_000 - 0.1;
    });
}

function matches(pattern: string, path: string): boolean {
  const expression = pattern
    .replace(/\/\*\*$/, "~")
    .split(/(\{[^}]+\})/)
    .map((text) => (text.startsWith("{") ? "[^/]+" : text.replace(/[.]/g, "\\.")))
    .join("")
    .replace(/~$/, pattern === "/**" ? "/.*" : "(?:/.*)?");
  return new RegExp(`^${expression}$`).test(path);
}

function holds({ hosts, headers, query }: Conditions, ask: Ask): boolean {
  const asked = new URLSearchParams(ask.query);
  const host = ask.host.toLowerCase();
  return (
    (hosts.length === 0 ||
      hosts.some((one) => (one.startsWith("*.") ? host.endsWith(one.slice(1)) : host === one))) &&
    headers.every(([name, value]) =>
      value === true ? name in ask.headers : ask.headers[name] === value,
    ) &&
    query.every(([name, value]) =>
      value === true ? asked.has(name) : asked.getAll(name).includes(value),
    )
  );
}

/** Of the condition that lets a request in: the narrowest host, then how much is asked for. */
function weightOf({ hosts, headers, query }: Conditions, ask: Ask): number[] {
  const own = hosts
    .filter((one) => holds({ hosts: [one], headers: [], query: [] }, ask))
    .map((one) => (one.startsWith("*.") ? one.length : 10_000));
  const values = [...headers, ...query].filter(([, value]) => value !== true);
  return [-Math.max(0, ...own), -(headers.length + query.length), -values.length];
}

function compare(one: readonly number[], other: readonly number[]): number {
  for (let at = 0; at < Math.max(one.length, other.length); at++) {
    const by = (one[at] ?? -1) - (other[at] ?? -1);
    if (by !== 0) return by;
  }
  return 0;
}

/** The best of all that match; of equals, the first. */
function expected(routes: readonly Route[], ask: Ask): Route | undefined {
  const methodRank = ({ method }: Route): number =>
    method === ask.method ? 0 : ask.method === "HEAD" && method === "GET" ? 1 : 2;
  return routes
    .filter(({ method, path, when }) => {
      const isHead = ask.method === "HEAD" && method === "GET";
      if (method !== ask.method && method !== EVERY_METHOD && !isHead) return false;
      return matches(path, ask.path) && holds(when, ask);
    })
    .sort(
      (a, b) =>
        // A prefix without anything below is as long as its literal part, and comes after it.
        compare(segmentsFor(a.path, ask.path), segmentsFor(b.path, ask.path)) ||
        Number(a.pattern.isPrefix) - Number(b.pattern.isPrefix) ||
        compare(weightOf(a.when, ask), weightOf(b.when, ask)) ||
        methodRank(a) - methodRank(b),
    )[0];
}

function segmentsFor(pattern: string, path: string): number[] {
  const ranks = ranksOf(pattern);
  const isBare = ranks.at(-1) === 3 && path.split("/").length - 1 < ranks.length;
  return isBare ? ranks.slice(0, -1) : ranks;
}

const segment = fc.constantFrom("a", "b", "ab", "{x}", "a{x}", "{x}.b", "a{x}.b");
const pathOf = fc
  .tuple(fc.array(segment, { maxLength: 3 }), fc.boolean())
  .map(([segments, isPrefix]) => {
    const named = segments.map((one, at) => one.replace("{x}", `{x${at}}`)).join("/");
    if (isPrefix) return named === "" ? "/**" : `/${named}/**`;
    return `/${named}`;
  });
const conditionsOf = fc.record({
  hosts: fc.uniqueArray(fc.constantFrom("a.test", "b.a.test", "*.test", "*.a.test"), {
    maxLength: 2,
  }),
  headers: fc.uniqueArray(
    fc.constantFrom<readonly [string, string | true]>(["x-a", "1"], ["x-a", true], ["x-b", "2"]),
    { maxLength: 2, selector: ([name]) => name },
  ),
  query: fc.uniqueArray(
    fc.constantFrom<readonly [string, string | true]>(["v", "1"], ["w", true]),
    {
      maxLength: 1,
    },
  ),
});
const methodOf = fc.constantFrom("GET", "POST", "HEAD", EVERY_METHOD);
const routesOf = (when: fc.Arbitrary<Partial<Conditions>>): fc.Arbitrary<Route[]> =>
  fc.uniqueArray(
    fc.tuple(methodOf, pathOf, when).map((parts) => routeOf(...parts)),
    {
      maxLength: 12,
      // Two of one kind are an error when a gateway starts; who of two equals comes first is nobody's business.
      selector: ({ method, pattern }) => `${method} ${pattern.shape}`,
    },
  );
const askOf = fc.record({
  method: fc.constantFrom("GET", "POST", "HEAD", "PUT", "OPTIONS"),
  path: fc
    .array(fc.constantFrom("a", "b", "ab", "c", "ac.b", "", "a.b"), { minLength: 1, maxLength: 4 })
    .map((segments) => `/${segments.join("/")}`),
  host: fc.constantFrom("a.test", "B.a.test", "c.test", "other"),
  headers: fc.constantFrom<Readonly<Record<string, string>>>(
    {},
    { "x-a": "1" },
    { "x-a": "2", "x-b": "2" },
  ),
  query: fc.constantFrom("", "v=1", "v=2&v=1", "w"),
});

const METHODS = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

function foundBy(routes: readonly Route[], { method, path, host, headers, query }: Ask) {
  const target = { query };
  return createRouter(routes).find(method, path, target, { host: `${host}:8080`, ...headers });
}

function find(routes: readonly Route[], ask: Ask): Route | undefined {
  return foundBy(routes, ask)?.route;
}

function encoded(char: string, way: string | undefined): string {
  if (way === undefined || way === "as it is") return char;
  const code = char.charCodeAt(0).toString(16);
  return `%${way === "upper" ? code.toUpperCase() : code}`;
}

describe("of any routes, the router finds", () => {
  it("what the plainest matcher finds, by path and method", () => {
    fc.assert(
      fc.property(routesOf(fc.constant({})), askOf, (routes, ask) => {
        expect(find(routes, ask)?.path).toEqual(expected(routes, ask)?.path);
        expect(find(routes, ask)).toBe(expected(routes, ask));
      }),
      { numRuns: 2_000 },
    );
  });

  it("what the plainest matcher finds, by conditions as well", () => {
    fc.assert(
      fc.property(routesOf(conditionsOf), askOf, (routes, ask) => {
        expect(find(routes, ask)).toBe(expected(routes, ask));
      }),
      { numRuns: 2_000 },
    );
  });

  it("the same with the same values, whatever is percent-encoded of the path", () => {
    fc.assert(
      fc.property(
        routesOf(conditionsOf),
        askOf,
        fc.array(fc.constantFrom("as it is", "upper", "lower"), { minLength: 20, maxLength: 20 }),
        (routes, ask, ways) => {
          const path = ask.path.replace(/[^/]/g, (char, at: number) => encoded(char, ways[at]));
          const [plain, other] = [foundBy(routes, ask), foundBy(routes, { ...ask, path })];
          expect(other?.route).toBe(plain?.route);
          expect(other?.values).toEqual(plain?.values);
        },
      ),
    );
  });

  it("no more segments by an encoded slash, and gives it as part of a value", () => {
    fc.assert(
      fc.property(routesOf(fc.constant({})), askOf, (routes, ask) => {
        const [first = "", ...others] = ask.path.slice(1).split("/");
        // "c" stands in no literal: neither does what is behind it.
        const joined = { ...ask, path: `/c${[first, ...others].join("%2F")}` };
        const plain = foundBy(routes, { ...ask, path: `/c${[first, ...others].join("!")}` });
        const found = foundBy(routes, joined);
        expect(found?.route).toBe(plain?.route);
        expect(found?.values).toEqual(plain?.values.map((value) => value.replaceAll("!", "/")));
      }),
    );
  });

  it("allowed what the plainest matcher finds, method by method", () => {
    fc.assert(
      fc.property(routesOf(conditionsOf), askOf, (routes, ask) => {
        const { path, query, host, headers } = ask;
        const allowed = createRouter(routes).allowed(path, { query }, { host, ...headers });
        const found = METHODS.filter((method) => expected(routes, { ...ask, method }));
        expect(allowed).toEqual(
          found.length === 0 ? [] : [...new Set([...found, "OPTIONS"])].sort(),
        );
      }),
    );
  });

  it("the same, in whichever order they are written", () => {
    fc.assert(
      fc.property(routesOf(conditionsOf), askOf, (routes, ask) => {
        expect(find([...routes].reverse(), ask)).toBe(find(routes, ask));
      }),
    );
  });
});
