import { describe, expect, it } from "vitest";
import { env } from "../../src/config/env.ts";
import { formatConfigProblems } from "../../src/config/problems.ts";
import { validateConfig } from "../../src/config/validate.ts";

const orders = { document: "specs/orders.json", url: "https://orders.internal" };

/** What is told of a service `orders` with these settings besides the needful. */
function told(more: object): readonly unknown[] {
  return validateConfig({ services: { orders: { ...orders, ...more } } }).problems;
}

describe("a configuration", () => {
  it("is accepted as it is, references to the environment included", () => {
    const config = {
      services: {
        orders: {
          ...orders,
          url: env("ORDERS_URL"),
          timeout: "800ms",
          concurrency: 64,
          expose: ["getOrder"],
          prefix: "/shop/orders",
          forward: ["Authorization"],
          headers: { "x-tenant": env("TENANT", "shop"), accept: "a/b" },
          maxAnswerSize: "64kb",
        },
      },
      frontends: { web: { cors: ["https://shop.example", "http://localhost:3000"] }, mobile: {} },
      server: {
        port: 0,
        host: "::1",
        deadline: "2s",
        bodyLimit: "1.5mb",
        grace: "0s",
        logLevel: "silent",
        trustRequestId: true,
        docs: true,
      },
    };
    expect(validateConfig(config)).toEqual({ config, problems: [] });
  });

  it("is told of everything that is wrong with it at once, each with place, value and cure", () => {
    const { problems } = validateConfig({
      services: {
        orders: { ...orders, timout: "800ms", timeout: "5 seconds", concurrency: 0 },
        "Order-Lines": orders,
        reviews: { url: "ftp://reviews" },
      },
      frontends: { web: { cors: ["https://shop.example/"] } },
      server: { port: "8080", logLevel: "inf" },
      plugins: [],
    });
    expect(
      formatConfigProblems(problems, "heddle.config.ts"),
    ).toBe(`heddle.config.ts has 10 problems:

  services.orders.timeout is not a duration
    value: "5 seconds"
    cure:  write a number and a unit as a text: "300ms", "10s", "5m"

  services.orders.concurrency is not a number of calls
    value: 0
    cure:  write a whole number of 1 or more

  services.orders.timout is not a known key
    value: "800ms"
    cure:  did you mean "timeout"?

  services["Order-Lines"] is not a name of a service
    cure:  begin with a lower-case letter and use letters and digits only: it becomes a folder and an identifier

  services.reviews.url is neither http nor https
    value: "ftp://reviews"
    cure:  write it whole, without credentials ("https://orders.internal/v1"), or env("ORDERS_URL")

  frontends.web.cors[0] is not an origin as browsers send it (https://shop.example)
    value: "https://shop.example/"
    cure:  write scheme, host and port only: "https://shop.example"

  server.port is not a port
    value: "8080"
    cure:  write a whole number between 0 and 65535

  server.logLevel is not a log level
    value: "inf"
    cure:  did you mean "info"?

  plugins is not a known key
    value: []
    cure:  remove it; known are services, frontends, routes, server, cache

  services.reviews.document is missing, and no route leads to the service
    cure:  name its document ("specs/reviews.yaml"), or write a route: { path: "/reviews/**", to: "reviews" }`);
  });

  it("a wrong frontend does not hide the routes that lead to a service", () => {
    const { problems } = validateConfig({
      services: { legacy: { url: "http://127.0.0.1:4001" } },
      frontends: { web: { cors: ["https://shop.example/"] } },
      routes: [{ path: "/legacy/**", to: "legacy" }],
    });
    expect(problems.map(({ path }) => path)).toEqual(["frontends.web.cors[0]"]);
  });

  it.each([undefined, null, "text", 7, []])(
    "that is %j is told what a configuration is",
    (input) => {
      const { problems } = validateConfig(input);
      expect(problems).toHaveLength(1);
      expect(problems[0]).toMatchObject({
        path: "the configuration",
        cure: "export default defineGateway({ services: { ... } })",
      });
    },
  );

  it("without services is told so", () => {
    expect(validateConfig({}).problems).toEqual([
      {
        path: "services",
        message: "is missing",
        cure: 'write an object: { orders: { document: "specs/orders.yaml", url: env("ORDERS_URL") } }',
      },
    ]);
  });

  it.each([
    ["retry", { budgt: 0.1 }, "retry.budgt", 'did you mean "budget"?'],
    ["retry", { most: 3 }, "retry.most", "remove it; known are budget, backoff"],
    ["breaker", { treshold: 0.5 }, "breaker.treshold", 'did you mean "threshold"?'],
    [
      "breaker",
      { enabled: true },
      "breaker.enabled",
      "remove it; known are threshold, minimum, window, cooldown, per",
    ],
    ["validate", { mode: "warn", sampel: 1 }, "validate.sampel", 'did you mean "sample"?'],
    [
      "operations",
      { getOrder: { cache: { ttll: "30s" } } },
      "operations.getOrder.cache.ttll",
      'did you mean "ttl"?',
    ],
    [
      "operations",
      { getOrder: { cache: { publik: true } } },
      "operations.getOrder.cache.publik",
      'did you mean "public"?',
    ],
    [
      "operations",
      { getOrder: { cache: { seconds: 30 } } },
      "operations.getOrder.cache.seconds",
      "remove it; known are ttl, stale, negative, tags, public",
    ],
  ])(
    "tells the keys of an object that stands beside other forms: %s %j",
    (key, value, path, cure) => {
      expect(told({ [key]: value })).toMatchObject([
        { path: `services.orders.${path}`, message: "is not a known key", cure },
      ]);
    },
  );

  it("tells what is wrong inside an object that stands beside other forms", () => {
    const mode = 'write "off", "warn" or "enforce"';
    expect(told({ validate: { mod: "warn" } })).toMatchObject([
      { path: "services.orders.validate.mode", message: "is missing", cure: mode },
      { path: "services.orders.validate.mod", cure: 'did you mean "mode"?' },
    ]);
    expect(told({ validate: "wam" })).toMatchObject([
      {
        path: "services.orders.validate",
        cure: `${mode}, or an object: { mode: "warn", sample: 0.1 }`,
      },
    ]);
    expect(told({ operations: { getOrder: { cache: { ttl: 30, stale: "soon" } } } })).toMatchObject(
      [
        {
          path: "services.orders.operations.getOrder.cache.ttl",
          message: "is not a duration",
          value: "30",
        },
        {
          path: "services.orders.operations.getOrder.cache.stale",
          message: "is not a duration",
          value: '"soon"',
        },
      ],
    );
    expect(told({ retry: true })).toMatchObject([
      { path: "services.orders.retry", cure: "write an object, or false for none" },
    ]);
  });

  it("keeps secrets out of what it tells of a reference that is none", () => {
    const admin = { token: { $env: "ADMIN_TOKEN", fallbak: "hush" } };
    const { problems } = validateConfig({ services: {}, server: { admin } });
    expect(problems).toMatchObject([{ cure: 'did you mean "fallback"?' }]);
    const without = validateConfig({ services: {}, server: { admin: { token: { env: "hush" } } } });
    expect(without.problems).toHaveLength(1);
    expect(JSON.stringify([problems, without.problems])).not.toContain("hush");
  });

  it("keeps credentials out of what it tells", () => {
    const [problem] = told({ url: "https://me:secret@orders.internal" });
    expect(problem).toMatchObject({
      path: "services.orders.url",
      message: "carries credentials",
      value: '"https://***@orders.internal"',
    });
    const text = JSON.stringify(told({ headers: { "x-key": "hush\nhush" } }));
    expect(text).toContain("x-key");
    expect(text).not.toContain("hush");
  });

  it.each([
    ["timeout", "0ms", "is no time at all"],
    ["timeout", "10", "is not a duration"],
    ["timeout", 500, "is not a duration"],
    ["timeout", "30d", "is longer than a timer can wait"],
    ["maxAnswerSize", "10MB", "is not a size"],
    ["maxAnswerSize", "0b", "is nothing at all"],
    ["concurrency", 1.5, "is not a number of calls"],
    ["concurrency", "64", "is not a number of calls"],
    ["document", " ", "is empty"],
    ["url", "orders.internal", "is not a URL"],
    ["url", "https://orders.internal?x=1", "has a query or a fragment"],
    ["url", "https://orders.internal/ v1", "is not a URL"],
    ["url", 80, "is not the address of a service"],
    ["prefix", "orders", "does not begin with a slash"],
    ["prefix", "/orders/", "ends with a slash"],
    ["prefix", "/orders/{id}", "has characters that a prefix cannot have"],
    ["prefix", "/a//b", "has an empty or a dot segment"],
    ["prefix", "/../b", "has an empty or a dot segment"],
    ["expose", "getOrder", "is not a list of operation names"],
    ["headers", [], "is not header fields"],
  ])("whose %s is %j is told that it %s", (key, value, message) => {
    expect(told({ [key]: value })).toEqual([
      expect.objectContaining({ path: `services.orders.${key}`, message }),
    ]);
  });

  it.each([
    ["Connection", "belongs to the connection and cannot go on"],
    ["content-length", "belongs to the connection and cannot go on"],
    ["x y", "is not a header field name"],
  ])("cannot forward the field %j", (name, message) => {
    expect(told({ forward: [name] })).toMatchObject([
      { path: "services.orders.forward[0]", message },
    ]);
  });

  it("names no cure that is far from what was written", () => {
    expect(told({ zebra: 1 })).toMatchObject([
      { cure: expect.stringMatching(/^remove it; known are document, url, timeout, /) },
    ]);
  });
});
