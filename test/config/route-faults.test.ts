import { describe, expect, it } from "vitest";
import type { GatewayConfig } from "../../src/config/gateway-config.ts";
import { aHostPattern, hostOf, isHostOf } from "../../src/config/host-pattern.ts";
import { validateConfig } from "../../src/config/validate.ts";

const url = "http://127.0.0.1:1";

/** `path message` of everything that is wrong with these routes. */
function told(routes: readonly unknown[], more: Partial<GatewayConfig> = {}): string[] {
  const config = { services: { one: { url }, two: { url } }, routes, ...more };
  const { problems } = validateConfig(config);
  return problems
    .filter(({ path }) => path.startsWith("routes"))
    .map(({ path, message }) => `${path} ${message}`);
}

describe("a route of the configuration", () => {
  it.each<[unknown, string]>([
    [{ path: "a", to: "one" }, 'routes[0].path must begin with "/"'],
    [{ path: "/a/*", to: "one" }, 'routes[0].path must not contain "*" but as "/**" at its end'],
    [{ path: "/**/a", to: "one" }, 'routes[0].path must not contain "*" but as "/**" at its end'],
    [{ path: "/a/../b", to: "one" }, 'routes[0].path must not contain the segments "." or ".."'],
    [{ path: "/a//**", to: "one" }, 'routes[0].path must not contain "//"'],
    [{ path: "/a", to: "oen" }, "routes[0].to is not a configured service"],
    [
      { path: "/a", to: [{ service: "three" }] },
      "routes[0].to[0].service is not a configured service",
    ],
    [
      { path: "/a", to: [{ service: "one", wieght: 1 }] },
      "routes[0].to[0].wieght is not a known key",
    ],
    [{ path: "/a" }, "routes[0] leads nowhere"],
    [
      { path: "/a", to: "one", method: "TRACE" },
      "routes[0].method is a method that is never relayed",
    ],
    [
      { path: "/a", to: "one", method: ["GET", "FETCH"] },
      "routes[0].method[1] is not a method that Node.js knows",
    ],
    [{ path: "/a", to: "one", host: "a.test:80" }, "routes[0].host has a port"],
    [
      { path: "/a", to: "one", host: ["a.*.test"] },
      'routes[0].host[0] has a "*" that is not its whole first label',
    ],
    [
      { path: "/a", to: "one", header: { host: "a" } },
      "routes[0].header.host is not a header field name",
    ],
    [
      { path: "/a", to: "one", header: { "x-a": false } },
      'routes[0].header["x-a"] is not a value or true',
    ],
    [{ path: "/a", to: "one", frontend: "web" }, "routes[0].frontend is not a configured frontend"],
    [{ path: "/a", to: "one", sticky: "ip" }, "routes[0].sticky has one target only to stay with"],
    [
      { path: "/a", to: "one", websocket: true, method: "POST" },
      "routes[0].websocket needs GET, which the route does not take",
    ],
    [
      { path: "/a", to: "one", websocket: { max: 1 }, method: ["HEAD", "POST"] },
      "routes[0].websocket needs GET, which the route does not take",
    ],
    [
      { path: "/a", redirect: { to: "/b" }, websocket: true },
      "routes[0].websocket has no meaning beside `redirect`, which asks no service",
    ],
    [
      { path: "/a", redirect: { to: "/b" }, to: "one" },
      "routes[0].to has no meaning beside `redirect`, which asks no service",
    ],
    [{ path: "/a", redirect: { to: "/a" } }, "routes[0].redirect.to leads to the route itself"],
    [
      { path: "/a", redirect: { to: "//evil.test" } },
      'routes[0].redirect.to must not contain "//"',
    ],
    [
      { path: "/a", redirect: { to: "https://u:p@a.test/" } },
      "routes[0].redirect.to has no address that callers can follow",
    ],
    [
      { path: "/a", redirect: { to: "/b", status: 200 } },
      "routes[0].redirect.status is not a redirecting status",
    ],
    [
      { path: "/a", to: "one", rewrite: { path: "/b/**" } },
      'routes[0].rewrite.path ends with "/**", and the route\'s path does not',
    ],
    [
      { path: "/a/{x}", to: "one", successor: "/b/{y}" },
      "routes[0].successor takes {y}, which the route's path does not have",
    ],
    [
      { path: "/a/{x}", to: "one", rewrite: { path: "/{y}" } },
      "routes[0].rewrite.path takes {y}, which the route's path does not have",
    ],
    [
      { path: "/a/{x}.js", to: "one", rewrite: { path: "/{x}" } },
      "routes[0].rewrite.path takes {x}, which is only a part of a segment",
    ],
    [
      { path: "/a", to: "one", rewrite: { headers: { connection: "x" } } },
      "routes[0].rewrite.headers.connection is not a header field name",
    ],
    [{ path: "/a", to: "one", deadline: "soon" }, "routes[0].deadline is not a duration"],
  ])("%j is told: %s", (route, message) => {
    expect(told([route])).toEqual([message]);
  });

  it.each<[unknown]>([["two"], [[{ service: "one" }, { service: "two" }]]])(
    "that takes WebSocket to %j, of which two speaks HTTP/2, is told so with a cure",
    (to) => {
      const services = { one: { url }, two: { url, protocol: "http2" as const } };
      const route = { path: "/a", to, websocket: true };
      const { problems } = validateConfig({ services, routes: [route] });
      expect(problems.filter(({ path }) => path.startsWith("routes"))).toEqual([
        {
          path: "routes[0].websocket",
          message: 'cannot be taken to "two", which is asked over HTTP/2',
          value: "true",
          cure: 'lead the route to a service of the same address without protocol: "http2", or remove `websocket`',
        },
      ]);
      expect(told([{ ...route, websocket: false }], { services })).toEqual([]);
    },
  );

  it("is told beside everything else, and guesses are made", () => {
    const { problems } = validateConfig({
      services: { one: { url }, two: { url, expose: ["getA"] }, three: { url } },
      routes: [
        { path: "/a", to: "oen" },
        { path: "b", to: "two" },
      ],
    });
    expect(problems.map(({ path, message, cure }) => [path, message, cure])).toEqual([
      ["routes[1].path", 'must begin with "/"', expect.any(String)],
      [
        "services.two.expose",
        "is about operations, and the service has no document",
        "remove it, or add `document`",
      ],
      ["routes[0].to", "is not a configured service", 'did you mean "one"?'],
    ]);
  });

  it.each<[readonly unknown[], readonly string[]]>([
    [
      [{ service: "one", weight: 0 }, { service: "two" }],
      ["routes[0].to[0].weight leads no request to the target"],
    ],
    [
      [{ service: "one", header: { a: "1" } }],
      ["routes[0].to has no target for requests that meet no conditions"],
    ],
    [
      [
        { service: "one" },
        { service: "two", header: { A: "1" } },
        { service: "one", header: { a: "1" } },
      ],
      ["routes[0].to[2] has the conditions of to[1], which is chosen first"],
    ],
    [
      [{ service: "one" }, { service: "two", host: "b.test" }],
      ["routes[0].to[1] has conditions that no request of the route can meet"],
    ],
    [
      [{ service: "one" }, { service: "two", host: "*.test" }],
      ["routes[0].to[0] is never chosen: the conditions of to[1] hold for every request"],
    ],
    [
      [
        { service: "one", weight: 9 },
        { service: "two", weight: 1, header: { a: "1" } },
      ],
      [],
    ],
  ])("to %j is told what can never be chosen", (to, messages) => {
    expect(told([{ path: "/a", host: "a.test", to }])).toEqual(messages);
  });
});

describe("a host", () => {
  it.each([
    ["a.test", undefined],
    ["*.a.test", undefined],
    ["[::1]", undefined],
    ["127.0.0.1", undefined],
    ["", "is empty"],
    ["*", 'has a "*" that is not its whole first label'],
    ["*.", "is empty"],
    ["*.[::1]", "has names below an address"],
    ["a b", "is not a host"],
    ["[::1]:80", "has a port"],
    ["a.test:", "has a port"],
  ])("%j as a condition: %s", (text, reason) => {
    expect(aHostPattern(text)).toBe(reason);
  });

  it.each([
    ["A.Test:8080", "a.test"],
    ["a.test.", "a.test"],
    ["[::1]:80", "[::1]"],
    ["[::1]", "[::1]"],
    ["", ""],
  ])("%j of a request is %j", (authority, host) => {
    expect(hostOf(authority)).toBe(host);
  });

  it("is below a name only with a label of its own", () => {
    const hosts = ["a.test", "x.a.test", "y.x.a.test", "xa.test", ".a.test"];
    expect(hosts.filter((host) => isHostOf("*.a.test", host))).toEqual(["x.a.test", "y.x.a.test"]);
  });
});
