import { describe, expect, it } from "vitest";
import { startEdge, type Told } from "./configured-support.ts";
import { rawRequest, startServer } from "./support.ts";

const asked = (told: readonly Told[]): string[] =>
  told.map(({ service, method, target }) => `${service} ${method} ${target}`);

describe("a prefix route relays", () => {
  it.each([
    "/github",
    "/github/",
    "/github/a",
    "/github/a/b/c?x=1&x=2&y",
    "/github//a//",
    "/github/%2e%2Ex/%2F%3f%25",
    "/github/a%2fb;c=d,e@f:g!$&'()*+",
    "/git%68ub/%7Euser?q=%20+%2B&&=",
    "/github/?",
  ])("%s byte for byte", async (target) => {
    const { port, told } = await startEdge([{ path: "/github/**", to: "legacy" }]);
    const answer = await rawRequest(port, `GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(asked(told)).toEqual([`legacy GET ${target}`]);
  });

  it.each(["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "MKCOL", "HEAD"])(
    "%s as it is",
    async (method) => {
      const { url, told } = await startEdge([{ path: "/**", to: "legacy" }]);
      const response = await fetch(`${url}/dav/x`, { method });
      expect(response.status).toBe(200);
      expect(await response.text()).toBe(method === "HEAD" ? "" : `${method} /dav/x`);
      expect(asked(told)).toEqual([`legacy ${method} /dav/x`]);
    },
  );

  it("bodies whole, of known and of unknown length", async () => {
    const { url, told } = await startEdge([{ path: "/**", to: "legacy" }]);
    const body = "é".repeat(50_000);
    await fetch(`${url}/a`, { method: "POST", body });
    const stream = new Response(body).body;
    await fetch(`${url}/b`, { method: "PUT", body: stream, duplex: "half" } as RequestInit);
    expect(told.map((one) => one.body === body)).toEqual([true, true]);
  });

  it("nothing beside it: 404 for names that only begin alike, and 405 with Allow for other methods", async () => {
    const { url, told } = await startEdge([
      { path: "/github/**", to: "legacy" },
      { path: "/read/**", method: ["GET", "put"], to: "legacy" },
    ]);
    expect((await fetch(`${url}/githubx`)).status).toBe(404);
    expect((await fetch(`${url}/`)).status).toBe(404);
    const refused = await fetch(`${url}/read/x`, { method: "DELETE" });
    expect([refused.status, refused.headers.get("allow")]).toEqual([
      405,
      "GET, HEAD, OPTIONS, PUT",
    ]);
    const options = await fetch(`${url}/read/x`, { method: "OPTIONS" });
    expect([options.status, options.headers.get("allow")]).toEqual([
      204,
      "GET, HEAD, OPTIONS, PUT",
    ]);
    expect(told).toEqual([]);
  });

  it("no CONNECT and no TRACE", async () => {
    const { port, told } = await startEdge([{ path: "/**", to: "legacy" }]);
    const answer = await rawRequest(
      port,
      "TRACE /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    );
    expect(answer).toMatch(/^HTTP\/1\.1 501 /);
    expect(told).toEqual([]);
  });

  it("no path that begins with two slashes, which is an authority to whoever resolves it", async () => {
    const { port, told } = await startEdge([{ path: "/**", to: "legacy" }]);
    const answer = await rawRequest(port, "GET //evil.example/a HTTP/1.1\r\nHost: a\r\n\r\n");
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(told).toEqual([]);
  });

  it("HEAD as GET where the route takes GET", async () => {
    const { url, told } = await startEdge([{ path: "/a/{id}", method: "GET", to: "legacy" }]);
    const response = await fetch(`${url}/a/1`, { method: "HEAD" });
    expect([response.status, await response.text()]).toEqual([200, ""]);
    expect(asked(told)).toEqual(["legacy GET /a/1"]);
  });

  it("what no more specific route takes, whatever the order", async () => {
    const { url } = await startEdge(
      [
        { path: "/**", to: "legacy" },
        { path: "/shop/**", to: "shop" },
        { path: "/shop/orders/{id}", method: "GET", to: "orders" },
      ],
      { services: ["legacy", "shop", "orders"] },
    );
    const whoAnswers = async (path: string, method = "GET"): Promise<string | null> =>
      (await fetch(url + path, { method })).headers.get("x-service");
    expect(await whoAnswers("/shop/orders/1")).toBe("orders");
    expect(await whoAnswers("/shop/orders/1", "HEAD")).toBe("orders");
    expect(await whoAnswers("/shop/orders/1", "POST")).toBe("shop");
    expect(await whoAnswers("/shop/orders/")).toBe("shop");
    expect(await whoAnswers("/shop")).toBe("shop");
    expect(await whoAnswers("/shops")).toBe("legacy");
    expect(await whoAnswers("/")).toBe("legacy");
  });
});

describe("a route's own limits", () => {
  it("hold instead of the server's", async () => {
    const { url } = await startEdge([
      { path: "/small/**", to: "legacy", bodyLimit: "10b" },
      { path: "/large/**", to: "legacy", bodyLimit: "2mb" },
    ]);
    const post = async (path: string, size: number): Promise<number> =>
      (await fetch(url + path, { method: "POST", body: "x".repeat(size) })).status;
    expect(await post("/small/a", 10)).toBe(200);
    expect(await post("/small/a", 11)).toBe(413);
    expect(await post("/large/a", 1_500_000)).toBe(200);
  });

  it("of origins are its frontend's, and a preflight is never relayed for another route", async () => {
    const { url, told } = await startEdge(
      [
        { path: "/shop/**", to: "legacy", frontend: "web" },
        { path: "/shop/private", method: "PUT", to: "legacy" },
      ],
      { more: { frontends: { web: { cors: ["https://shop.example"] } } } },
    );
    const preflight = async (path: string): Promise<[number, string | null]> => {
      const headers = {
        origin: "https://shop.example",
        "access-control-request-method": "PUT",
      };
      const response = await fetch(url + path, { method: "OPTIONS", headers });
      return [response.status, response.headers.get("access-control-allow-origin")];
    };
    expect(await preflight("/shop/a")).toEqual([204, "https://shop.example"]);
    expect(await preflight("/shop/private")).toEqual([204, null]);
    expect(told).toEqual([]);
  });
});

describe("conditions", () => {
  it("choose by host, without port and whatever the case, an absolute target's first", async () => {
    const { port } = await startEdge(
      [
        { path: "/**", to: "legacy" },
        { path: "/**", host: "*.shop.example", to: "shop" },
        { path: "/**", host: "api.shop.example", to: "api" },
      ],
      { services: ["legacy", "shop", "api"] },
    );
    const whoAnswers = async (host: string, target = "/x"): Promise<string | undefined> => {
      const answer = await rawRequest(port, `GET ${target} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
      return /x-service: (\w+)/.exec(answer)?.[1];
    };
    expect(await whoAnswers("other.example")).toBe("legacy");
    expect(await whoAnswers("shop.example")).toBe("legacy");
    expect(await whoAnswers("WWW.Shop.Example:8443")).toBe("shop");
    expect(await whoAnswers("api.shop.example.")).toBe("api");
    expect(await whoAnswers("x.api.shop.example")).toBe("shop");
    expect(await whoAnswers("other.example", "http://API.shop.example:80/x")).toBe("api");
    expect(await whoAnswers("api.shop.example", "http://other.example/x")).toBe("legacy");
  });

  it("choose by header field and query, and say by which fields the answer varies", async () => {
    const { url } = await startEdge(
      [
        { path: "/a", to: "one" },
        { path: "/a", header: { "X-Version": "2" }, to: "two" },
        { path: "/a", header: { "x-version": true, "x-beta": true }, to: "beta" },
        { path: "/a", query: { v: "3" }, to: "three" },
      ],
      { services: ["one", "two", "beta", "three"] },
    );
    const ask = async (query: string, headers: Record<string, string> = {}) => {
      const response = await fetch(`${url}/a${query}`, { headers });
      return [response.headers.get("x-service"), response.headers.get("vary")];
    };
    expect(await ask("")).toEqual(["one", "x-version"]);
    expect(await ask("", { "x-version": "2" })).toEqual(["two", "x-version, x-beta"]);
    expect(await ask("", { "x-version": "1", "x-beta": "" })).toEqual([
      "beta",
      "x-version, x-beta",
    ]);
    expect(await ask("?v=2&v=3")).toEqual(["three", "x-version"]);
  });

  it("that do not hold leave the request to a wider path", async () => {
    const { url } = await startEdge(
      [
        { path: "/a/b", header: { "x-new": "1" }, to: "one" },
        { path: "/a/{x}", query: { beta: true }, to: "two" },
        { path: "/**", to: "legacy" },
      ],
      { services: ["one", "two", "legacy"] },
    );
    const ask = async (target: string, headers: Record<string, string> = {}) =>
      (await fetch(url + target, { headers })).headers.get("x-service");
    expect(await ask("/a/b", { "x-new": "1" })).toBe("one");
    expect(await ask("/a/b?beta")).toBe("two");
    expect(await ask("/a/b")).toBe("legacy");
  });

  it("without any route left are 404", async () => {
    const { url } = await startEdge([{ path: "/a", header: { "x-new": "1" }, to: "legacy" }]);
    expect((await fetch(`${url}/a`)).status).toBe(404);
    expect((await fetch(`${url}/a`, { headers: { "x-new": "1" } })).status).toBe(200);
  });
});

describe("a rewrite", () => {
  it.each([
    ["/github/**", "/**", "/github", "/"],
    ["/github/**", "/**", "/github/", "/"],
    ["/github/**", "/**", "/github/a%2Fb//c?x=%20", "/a%2Fb//c?x=%20"],
    ["/github/**", "/v2/**", "/github", "/v2"],
    ["/github/**", "/v2/**", "/git%68ub/%7e", "/v2/%7e"],
    ["/old/{id}/{part}", "/new/{part}/x{id}.json", "/old/a%2Fb/%C3%A9", "/new/%C3%A9/xa%2Fb.json"],
    ["/u/{user}/**", "/{user}/all/**", "/u/me/a/b/", "/me/all/a/b/"],
    ["/gone/**", "/fixed", "/gone/a/b?q", "/fixed?q"],
  ])("of %s to %s asks for %s as %s", async (path, rewrite, target, expected) => {
    const { port, told } = await startEdge([{ path, to: "legacy", rewrite: { path: rewrite } }]);
    await rawRequest(port, `GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`);
    expect(asked(told)).toEqual([`legacy GET ${expected}`]);
  });

  it.each([
    ["/github/**", "/**", "/github//evil.example/a"],
    ["/f/{x}", "/n/{x}./y", "/f/a%2F"],
    ["/f/{x}", "/n/.{x}", "/f/%2Fa"],
    ["/f/{x}", "/n/.{x}/y", "/f/;a"],
  ])("of %s to %s never leads elsewhere: %s is refused", async (path, rewrite, target) => {
    const { port, told } = await startEdge([{ path, to: "legacy", rewrite: { path: rewrite } }]);
    const answer = await rawRequest(port, `GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(told).toEqual([]);
  });

  it("sets and removes header fields, which callers cannot choose", async () => {
    const headers = { "X-Version": "2", "x-debug": false } as const;
    const { url, told } = await startEdge([
      {
        path: "/**",
        to: "legacy",
        rewrite: { headers, answerHeaders: { "X-Service": false, "x-by": "edge" } },
      },
    ]);
    const sent = { "x-version": "1", x_version: "0", "x-debug": "on", "x-other": "stays" };
    const response = await fetch(`${url}/a`, { headers: sent });
    expect(told[0]?.headers).toMatchObject({ "x-version": "2", "x-other": "stays" });
    expect(told[0]?.headers).not.toHaveProperty("x-debug");
    expect(told[0]?.headers).not.toHaveProperty("x_version");
    expect(response.headers.get("x-by")).toBe("edge");
    expect(response.headers.has("x-service")).toBe(false);
  });

  it("is undone in the places that the service tells of", async () => {
    const { url } = await startEdge([
      { path: "/github/**", to: "legacy", rewrite: { path: "/api/**" } },
    ]);
    const place = async (location: string): Promise<string | null> => {
      const headers = { "x-ask-location": location };
      return (await fetch(`${url}/github/a`, { headers })).headers.get("location");
    };
    expect(await place("/api/repos/1")).toBe("/github/repos/1");
    expect(await place("/login")).toBe("/login");
    expect(await place("https://other.example/api/x")).toBe("https://other.example/api/x");
  });
});

describe("a redirect", () => {
  it.each([
    ["/old/{id}", "/new/{id}", undefined, "/old/a%2Fb?x=1", 308, "/new/a%2Fb?x=1"],
    ["/old/**", "/**", 301, "/old/a/b", 301, "/a/b"],
    ["/old/**", "https://shop.example/v2/**", 302, "/old", 302, "https://shop.example/v2"],
    ["/x", "https://shop.example", 307, "/x?q", 307, "https://shop.example/?q"],
  ] as const)(
    "from %s to %s with %s sends %s elsewhere",
    async (path, to, status, target, code, place) => {
      const redirect = status === undefined ? { to } : { to, status };
      const { url } = await startEdge([{ path, redirect }], { services: [] });
      const init = { redirect: "manual", method: "POST", body: "x" } as const;
      const response = await fetch(url + target, init);
      expect([response.status, response.headers.get("location")]).toEqual([code, place]);
      expect(await response.text()).toBe("");
    },
  );

  it("never leaves this origin where it names none", async () => {
    const { port } = await startEdge([{ path: "/old/**", redirect: { to: "/**" } }], {
      services: [],
    });
    const answer = await rawRequest(port, "GET /old//evil.example HTTP/1.1\r\nHost: a\r\n\r\n");
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });
});

it("a caller without the gateway's cookie is given one, once, by an answer that nobody keeps", async () => {
  const { url } = await startEdge(
    [{ path: "/**", to: [{ service: "one" }, { service: "two" }], sticky: "cookie" }],
    { services: ["one", "two"] },
  );
  const first = await fetch(`${url}/a`);
  const given = first.headers.get("set-cookie") ?? "";
  expect(given).toMatch(/^heddle-slot=\d{1,4}; Path=\/; HttpOnly; SameSite=Lax$/);
  expect([first.headers.get("cache-control"), first.headers.get("vary")]).toEqual([
    "no-store",
    "cookie",
  ]);
  const again = await fetch(`${url}/a`, { headers: { cookie: given.split(";")[0] ?? "" } });
  expect(again.headers.get("x-service")).toBe(first.headers.get("x-service"));
  expect(again.headers.has("set-cookie")).toBe(false);
  expect(again.headers.get("cache-control")).toBe("public, max-age=60");
});

it("a service's cookies go on where configuration names them, beside the gateway's own", async () => {
  const { url: service } = await startServer((_req, res) => {
    res.setHeader("Set-Cookie", ["sid=1; Domain=inside.example; HttpOnly", "track=2"]);
    res.end("x");
  });
  const to = [{ service: "one" }, { service: "two" }];
  const cookiesOf = async (cookies: true | string[] | undefined): Promise<string[]> => {
    const { url } = await startEdge([{ path: "/**", to, sticky: "cookie" }], {
      services: ["one", "two"],
      service: { url: service, ...(cookies === undefined ? {} : { cookies }) },
    });
    const lines = (await fetch(url)).headers.getSetCookie();
    return lines.filter((line) => !line.startsWith("heddle-slot="));
  };
  expect(await cookiesOf(undefined)).toEqual([]);
  expect(await cookiesOf(["sid"])).toEqual(["sid=1; HttpOnly"]);
  expect(await cookiesOf(true)).toEqual(["sid=1; HttpOnly", "track=2"]);
  const { url } = await startEdge([{ path: "/**", to, sticky: "cookie" }], {
    services: ["one", "two"],
    service: { url: service, cookies: true },
  });
  const all = (await fetch(url)).headers.getSetCookie();
  expect(all.map((line) => line.split("=")[0])).toEqual(["heddle-slot", "sid", "track"]);
});
