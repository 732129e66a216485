import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compilePattern, type RoutePiece } from "../../src/server/route-pattern.ts";
import { createRouter, type Router } from "../../src/server/router.ts";

interface Named {
  readonly method: string;
  readonly pattern: ReturnType<typeof compilePattern>;
  readonly template: string;
}

function pieces(template: string): RoutePiece[] {
  return template
    .split(/(\{[^}]*\})/)
    .filter((text) => text !== "")
    .map((text) => (text.startsWith("{") ? { name: text.slice(1, -1) } : text));
}

/** `GET /a` each. */
function routerOf(...routes: string[]): Router<Named> {
  return createRouter(
    routes.map((route) => {
      const [method = "", template = ""] = route.split(" ");
      return { method, template, pattern: compilePattern(pieces(template)) };
    }),
  );
}

/** The template and the values that are found, or nothing. */
function find(router: Router<Named>, method: string, path: string): unknown {
  const found = router.find(method, path);
  return found && [found.route.template, { ...found.path }];
}

describe("a path finds", () => {
  it.each<[string, string, Record<string, string> | undefined]>([
    ["/", "/", {}],
    ["/a/b", "/a/b", {}],
    ["/a", "/A", undefined],
    ["/a", "/a/", undefined],
    ["/a/", "/a/", {}],
    ["/a/", "/a", undefined],
    ["/a/{x}", "/a/1", { x: "1" }],
    ["/a/{x}", "/a/", undefined],
    ["/a/{x}", "/a", undefined],
    ["/a/{x}", "/a//", undefined],
    ["/a/{x}/b", "/a//b", undefined],
    ["/a/{x}", "/a/1/2", undefined],
    ["/a/{x}", "/a/b%2Fc", { x: "b/c" }],
    ["/a/{x}", "/a/%C3%A9%20%25%2B+", { x: "é %++" }],
    ["/a/{x}", "/a/%252F", { x: "%2F" }],
    ["/a/{x}.json", "/a/1.json", { x: "1" }],
    ["/a/{x}.json", "/a/1.json.json", { x: "1.json" }],
    ["/a/{x}.json", "/a/.json", undefined],
    ["/a/{x}.json", "/a/1xjson", undefined],
    ["/a/{x}.json", "/a/b%2Fc.json", { x: "b/c" }],
    ["/a/{x}.{y}", "/a/1.tar.gz", { x: "1", y: "tar.gz" }],
    ["/a/{x}...{y}", "/a/v1.0...v2.0", { x: "v1.0", y: "v2.0" }],
    ["/a/{x}:{y}", "/a/1:2", { x: "1", y: "2" }],
    ["/a/v{x}", "/a/v2", { x: "2" }],
    ["/a/{x}@{y}-z", "/a/1@2-z", { x: "1", y: "2" }],
    ["/a:run", "/a:run", {}],
    ["/a:run", "/axrun", undefined],
    ["/a/{x}:run", "/a/1:run", { x: "1" }],
    ["/a/*", "/a/*", {}],
    ["/a/*", "/a/b", undefined],
    ["/a*b/{x}", "/a*b/1", { x: "1" }],
    ["/a*b/{x}", "/aab/1", undefined],
    ["/a*{x}", "/a*1", { x: "1" }],
    ["/{x}(y)?", "/1(y)%3F", { x: "1" }],
    ["/a(b)", "/a(b)", {}],
    ["/a(b)", "/ab", undefined],
    ["/(.*)", "/anything", undefined],
    ["/a%20b/{x}", "/a%20b/1", { x: "1" }],
    ["/é", "/%C3%A9", {}],
    ["/a,b;c=d@e", "/a,b;c=d@e", {}],
    ["/{user-name}/{__proto__}", "/a/b", { "user-name": "a", ["__proto__"]: "b" }],
    ["/$metadata", "/$metadata", {}],
  ])("of %s: %s -> %j", (template, path, want) => {
    const found = routerOf(`GET ${template}`).find("GET", path);
    expect(found && Object.entries(found.path)).toEqual(want && Object.entries(want));
  });

  it("a literal before a parameter, whichever is listed first", () => {
    const router = routerOf("GET /a/{x}", "GET /a/b", "GET /a/{x}.json", "GET /{y}/b/c");
    expect(find(router, "GET", "/a/b")).toEqual(["/a/b", {}]);
    expect(find(router, "GET", "/a/c")).toEqual(["/a/{x}", { x: "c" }]);
    expect(find(router, "GET", "/a/c.json")).toEqual(["/a/{x}.json", { x: "c" }]);
    expect(find(router, "GET", "/a/b/c")).toEqual(["/{y}/b/c", { y: "a" }]);
  });

  it("of the parts of a segment the one that begins, then the one that ends with more text", () => {
    const router = routerOf("GET /{x}.{y}", "GET /{x}.gz", "GET /{x}.tar.gz", "GET /v{x}");
    expect(find(router, "GET", "/v1.tar.gz")).toEqual(["/v{x}", { x: "1.tar.gz" }]);
    expect(find(router, "GET", "/a.tar.gz")).toEqual(["/{x}.tar.gz", { x: "a" }]);
    expect(find(router, "GET", "/a.b.gz")).toEqual(["/{x}.gz", { x: "a.b" }]);
    expect(find(router, "GET", "/a.b.zip")).toEqual(["/{x}.{y}", { x: "a", y: "b.zip" }]);
  });

  it("nothing where the percent-encoding is invalid", () => {
    const router = routerOf("GET /a/{x}", "GET /%C3%A9");
    for (const path of ["/a/%zz", "/a/%", "/a/%C3/b", "/%C3"]) {
      expect(router.find("GET", path)).toBeUndefined();
    }
  });

  it("no literal by a reserved character that is encoded (RFC 3986 §2.2)", () => {
    const router = routerOf("GET /a,b", "GET /a,{x}");
    expect(find(router, "GET", "/a,b")).toEqual(["/a,b", {}]);
    expect(router.find("GET", "/a%2Cb")).toBeUndefined();
  });

  it("a value as long as a head can be", () => {
    const long = "x".repeat(8_000);
    expect(find(routerOf("GET /a/{x}"), "GET", `/a/${long}`)).toEqual(["/a/{x}", { x: long }]);
    expect(find(routerOf("GET /a/{x}.{y}"), "GET", `/a/${long}.y`)).toEqual([
      "/a/{x}.{y}",
      { x: long, y: "y" },
    ]);
  });

  it("its route in linear time, however hard the segment is to take apart", () => {
    const router = routerOf("GET /{a}.{b}.{c}.{d}.{e}.json");
    const start = process.cpuUsage();
    expect(find(router, "GET", `/${".".repeat(8_000)}x`)).toBeUndefined();
    expect(process.cpuUsage(start).user).toBeLessThan(200_000);
  });

  it("the values it was made of", () => {
    const router = routerOf("GET /a/{x}/b/{y}.json");
    const value = fc.string({ unit: "grapheme", minLength: 1 });
    fc.assert(
      fc.property(value, value, (x, y) => {
        const path = `/a/${encodeURIComponent(x)}/b/${encodeURIComponent(y)}.json`;
        expect(find(router, "GET", path)).toEqual(["/a/{x}/b/{y}.json", { x, y }]);
      }),
    );
  });
});

describe("a method", () => {
  const router = routerOf("GET /a", "POST /a", "DELETE /b", "HEAD /c", "GET /c");

  it("finds only its own routes, but HEAD finds GET", () => {
    expect(find(router, "POST", "/a")).toEqual(["/a", {}]);
    expect(find(router, "PUT", "/a")).toBeUndefined();
    expect(find(router, "HEAD", "/a")).toEqual(["/a", {}]);
    expect(find(router, "HEAD", "/b")).toBeUndefined();
    expect(router.find("HEAD", "/c")?.route.method).toBe("HEAD");
    expect(find(router, "PROPFIND", "/a")).toBeUndefined();
    expect(find(router, "__proto__", "/a")).toBeUndefined();
  });

  it("is allowed where a route has it", () => {
    expect(router.allowed("/a")).toEqual(["GET", "HEAD", "OPTIONS", "POST"]);
    expect(router.allowed("/b")).toEqual(["DELETE", "OPTIONS"]);
    expect(router.allowed("/nowhere")).toEqual([]);
  });

  it("is known when it is universal or some route has it", () => {
    expect(router.knows("PATCH")).toBe(true);
    expect(router.knows("PROPFIND")).toBe(false);
    expect(routerOf("PROPFIND /a").knows("PROPFIND")).toBe(true);
  });
});

describe("a template", () => {
  it.each([
    ["/{a}{b}", "nothing separates {a} and {b}"],
    ["/a%2Fb", 'the literal "a%2Fb" has an encoded reserved character, which cannot be matched'],
    ["/a%zz", 'the literal "a%zz" has an invalid percent-encoding'],
  ])("%s cannot be matched", (template, message) => {
    expect(() => compilePattern(pieces(template))).toThrow(new RangeError(message));
  });

  it("has the shape of every other that matches the same paths", () => {
    const shape = (template: string): string => compilePattern(pieces(template)).shape;
    expect(shape("/a/{x}/b.{y}")).toBe("/a/{}/b.{}");
    expect(shape("/a%20b")).toBe(shape("/a b"));
    expect(shape("/a/{x}")).not.toBe(shape("/a/{x}/"));
  });
});
