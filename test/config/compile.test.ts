import { describe, expect, it } from "vitest";
import { compileConfig } from "../../src/config/compile.ts";
import { defineGateway } from "../../src/config/define-gateway.ts";
import { env } from "../../src/config/env.ts";

const orders = { document: "specs/orders.json", url: env("ORDERS_URL") };
const ORDERS_URL = "https://orders.internal/v1/";

describe("settings", () => {
  it("have every default filled in and every unit made a number", () => {
    const { settings } = compileConfig(defineGateway({ services: { orders } }), {
      environment: { ORDERS_URL },
    });
    expect(settings).toEqual({
      services: {
        orders: {
          url: "https://orders.internal/v1",
          addresses: [{ url: "https://orders.internal/v1", weight: 1 }],
          ejection: { failures: 5, baseMs: 10_000, longestMs: 300_000, share: 0.5 },
          health: undefined,
          dnsMs: undefined,
          protocol: "http1",
          ca: undefined,
          timeoutMs: 10_000,
          concurrency: 256,
          maxAnswerBytes: 10_485_760,
          forward: [],
          cookies: new Set(),
          headers: {},
          retry: { budget: 0.2, backoffMs: 25 },
          breaker: {
            threshold: 0.5,
            minimumCalls: 20,
            windowMs: 10_000,
            cooldownMs: 5_000,
            perOperation: false,
          },
          queue: 1_024,
          hedgeMs: undefined,
          coalesce: true,
          cache: true,
          validate: { mode: "off", sample: 0.1 },
          deadlineHeader: "x-deadline-ms",
          operations: {},
          batch: {},
        },
      },
      frontends: {},
      routes: [],
      server: {
        port: 8080,
        host: "0.0.0.0",
        deadlineMs: 10_000,
        bodyLimitBytes: 1_048_576,
        graceMs: 10_000,
        drainDelayMs: 500,
        logLevel: "info",
        trustRequestId: false,
        clientDeadline: undefined,
        streams: { idleMs: 60_000, maxMs: undefined },
        trustedProxies: undefined,
        compression: { isOn: false, minBytes: 1_024, codings: ["br", "gzip"] },
        securityHeaders: {
          all: ["X-Content-Type-Options", "nosniff"],
          composed: [],
          pages: [
            "Content-Security-Policy",
            "default-src 'none'; frame-ancestors 'none'",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "X-Content-Type-Options",
            "nosniff",
          ],
        },
        maxTunnels: 10_000,
        admin: undefined,
        docs: false,
        limits: {
          connections: 10_000,
          headTimeoutMs: 10_000,
          bodyTimeoutMs: 20_000,
          readTimeoutMs: 60_000,
          idleTimeoutMs: 65_000,
          minBytesPerSecond: 512,
          headBytes: 16_384,
          headerFields: 100,
          listItems: 10_000,
          streams: 100,
        },
        maxInFlight: undefined,
        tls: undefined,
        http2: "tls",
      },
      cache: { maxBytes: 67_108_864, redisUrl: undefined, prefix: "heddle:" },
    });
  });

  it("hold the rules of calls, compiled", () => {
    const { settings } = compileConfig(
      {
        services: {
          orders: {
            ...orders,
            retry: { backoff: "50ms" },
            breaker: false,
            queue: 0,
            hedge: "80ms",
            coalesce: false,
            cache: false,
            validate: { mode: "warn", sample: 1 },
            deadlineHeader: false,
            operations: {
              getOrder: {
                timeout: "1s",
                cache: {
                  ttl: "30s",
                  stale: "5m",
                  negative: "2s",
                  tags: ["orders"],
                  public: "same",
                },
                stale: "10m",
                fallback: null,
                retry: false,
              },
              listOrders: { cache: false },
            },
            batch: { getOrder: { with: "listOrders", ids: "query.ids", key: "id" } },
          },
        },
        server: {
          streams: { idle: "5m", max: "1h" },
          clientDeadline: "X-Budget",
          admin: { token: env("TOKEN") },
        },
        cache: { redis: env("CACHE"), maxSize: "1mb" },
      },
      { environment: { ORDERS_URL, TOKEN: "0123456789abcdef", CACHE: "redis://cache:6379" } },
    );
    expect(settings?.services.orders).toMatchObject({
      retry: { budget: 0.2, backoffMs: 50 },
      breaker: undefined,
      queue: 0,
      hedgeMs: 80,
      coalesce: false,
      cache: false,
      validate: { mode: "warn", sample: 1 },
      deadlineHeader: undefined,
      operations: {
        getOrder: {
          timeoutMs: 1_000,
          cache: {
            ttlMs: 30_000,
            staleMs: 300_000,
            negativeMs: 2_000,
            tags: ["orders"],
            isPublic: true,
          },
          staleMs: 600_000,
          fallback: { value: null },
          hedgeMs: undefined,
          retry: false,
        },
        listOrders: { cache: false, fallback: undefined },
      },
      batch: { getOrder: { with: "listOrders", ids: ["query", "ids"], key: "id", max: 50 } },
    });
    expect(settings?.server).toMatchObject({
      clientDeadline: "x-budget",
      streams: { idleMs: 300_000, maxMs: 3_600_000 },
      admin: { path: "/admin", token: "0123456789abcdef" },
    });
    expect(settings?.cache).toEqual({
      maxBytes: 1_048_576,
      redisUrl: "redis://cache:6379",
      prefix: "heddle:",
    });
  });

  it("refuse an address of Redis that is none, without telling it", () => {
    const { settings, problems } = compileConfig(
      { services: {} },
      { environment: { REDIS_URL: "http://:secret@cache:6379" } },
    );
    expect(settings).toBeUndefined();
    expect(problems).toMatchObject([
      { path: "environment REDIS_URL", message: "is neither redis nor rediss" },
    ]);
    expect(JSON.stringify(problems)).not.toContain("secret");
  });

  it("take the Redis server of the environment before the configured one", () => {
    const { settings, problems } = compileConfig(
      { services: {}, cache: { redis: env("MISSING") } },
      { environment: { REDIS_URL: "rediss://of-the-platform:6379" } },
    );
    expect(problems).toEqual([]);
    expect(settings?.cache.redisUrl).toBe("rediss://of-the-platform:6379");
  });

  it("hold what was written, with field names in lower case", () => {
    const { settings } = compileConfig(
      {
        services: {
          orders: {
            ...orders,
            timeout: "1.5s",
            concurrency: 2,
            forward: ["Authorization"],
            headers: { "X-Tenant": env("TENANT"), "X-Fixed": "1" },
            maxAnswerSize: "64kb",
          },
        },
        frontends: { web: { cors: ["https://shop.example"] }, mobile: {} },
        server: { port: 1, grace: "0s", bodyLimit: "1.5kb", deadline: "2m", trustRequestId: true },
      },
      { environment: { ORDERS_URL, TENANT: "shop" } },
    );
    expect(settings).toMatchObject({
      services: {
        orders: {
          timeoutMs: 1_500,
          concurrency: 2,
          forward: ["authorization"],
          headers: { "x-tenant": "shop", "x-fixed": "1" },
          maxAnswerBytes: 65_536,
        },
      },
      frontends: {
        web: {
          cors: {
            origins: ["https://shop.example"],
            headers: undefined,
            expose: [],
            credentials: false,
            maxAgeSeconds: 600,
            privateNetwork: false,
          },
          hosts: [],
        },
        mobile: { cors: undefined, hosts: [] },
      },
      routes: [],
      server: {
        port: 1,
        graceMs: 0,
        drainDelayMs: 500,
        bodyLimitBytes: 1_536,
        deadlineMs: 120_000,
        trustRequestId: true,
      },
    });
  });

  it("cannot be changed", () => {
    const { settings } = compileConfig({ services: { orders } }, { environment: { ORDERS_URL } });
    expect(Object.isFrozen(settings?.services)).toBe(true);
    expect(Object.isFrozen(settings?.services.orders)).toBe(true);
    expect(Object.isFrozen(settings?.services.orders?.headers)).toBe(true);
    expect(Object.isFrozen(settings?.server)).toBe(true);
  });

  it("know a service called constructor only when there is one", () => {
    const { settings } = compileConfig({ services: {} }, { environment: {} });
    expect(settings?.services.constructor).toBeUndefined();
    const named = compileConfig(
      { services: { constructor: orders } },
      { environment: { ORDERS_URL } },
    );
    expect(named.settings?.services.constructor).toMatchObject({ concurrency: 256 });
  });

  it("take PORT, HOST and LOG_LEVEL of the environment before the file's", () => {
    const { settings } = compileConfig(
      { services: {}, server: { port: 1, host: "::1", logLevel: "error" } },
      { environment: { PORT: "3000", HOST: "127.0.0.1", LOG_LEVEL: "debug" } },
    );
    expect(settings?.server).toMatchObject({ port: 3000, host: "127.0.0.1", logLevel: "debug" });
  });

  it("take an empty variable for one that is not set", () => {
    const { settings } = compileConfig(
      { services: { orders: { ...orders, url: env("ORDERS_URL", "http://fallback") } } },
      { environment: { PORT: "", ORDERS_URL: "" } },
    );
    expect(settings?.server.port).toBe(8080);
    expect(settings?.services.orders?.url).toBe("http://fallback");
  });

  it("take given addresses before configured ones, and need no variable for them", () => {
    const { settings } = compileConfig(
      { services: { orders } },
      { environment: {}, urls: { orders: "http://127.0.0.1:1" } },
    );
    expect(settings?.services.orders?.url).toBe("http://127.0.0.1:1");
  });
});

describe("what cannot be compiled", () => {
  it("is told with every missing variable and every wrong value, wherever it comes from", () => {
    const { settings, problems } = compileConfig(
      {
        services: {
          orders: { ...orders, headers: { "x-key": env("KEY") } },
          reviews: { document: "specs/reviews.json", url: env("REVIEWS_URL"), timeot: "1s" },
        },
      },
      { environment: { REVIEWS_URL: "reviews:80", PORT: "http", LOG_LEVEL: "loud" } },
    );
    expect(settings).toBeUndefined();
    expect(problems).toEqual([
      {
        path: "services.reviews.url",
        message: "is neither http nor https (from the environment's variable REVIEWS_URL)",
        value: '"reviews:80"',
        cure: "set REVIEWS_URL to a whole address without credentials, such as http://127.0.0.1:4001",
      },
      {
        path: "services.reviews.timeot",
        message: "is not a known key",
        value: '"1s"',
        cure: 'did you mean "timeout"?',
      },
      {
        path: "services.orders.url",
        message: "needs the environment's variable ORDERS_URL, which is not set",
        cure: "set ORDERS_URL, or give env() a fallback",
        variable: "ORDERS_URL",
      },
      {
        path: 'services.orders.headers["x-key"]',
        message: "needs the environment's variable KEY, which is not set",
        cure: "set KEY, or give env() a fallback",
        variable: "KEY",
      },
      {
        path: "environment PORT",
        message: "is not a port",
        value: '"http"',
        cure: "write a whole number between 0 and 65535",
      },
      {
        path: "environment LOG_LEVEL",
        message: "is not a log level",
        value: '"loud"',
        cure: "write trace, debug, info, warn, error, fatal or silent",
      },
    ]);
  });

  it("is told of the variable that it comes from, and of no secret", () => {
    const config = {
      services: {
        orders: { ...orders, headers: { "x-key": env("KEY"), "no name": env("NAME") } },
      },
      server: { admin: { token: env("ADMIN_TOKEN") } },
      cache: { redis: env("SHARED") },
    };
    const environment = {
      ORDERS_URL: "me:hush@orders",
      KEY: "hush\nhush",
      NAME: "right",
      ADMIN_TOKEN: "hush",
      SHARED: "http://hush",
    };
    const { problems } = compileConfig(config, { environment });
    const from = (name: string): string => `(from the environment's variable ${name})`;
    expect(problems).toEqual([
      {
        path: "services.orders.url",
        message: `is neither http nor https ${from("ORDERS_URL")}`,
        cure: "set ORDERS_URL to a whole address without credentials, such as http://127.0.0.1:4001",
      },
      {
        path: 'services.orders.headers["x-key"]',
        message: `has characters that a header field cannot have ${from("KEY")}`,
        cure: "set KEY to a text that a header field can have: visible characters, spaces and tabs",
      },
      {
        path: 'services.orders.headers["no name"]',
        message: "is not a header field name",
        cure: "use letters, digits and hyphens",
      },
      {
        path: "server.admin.token",
        message: `is shorter than 16 characters ${from("ADMIN_TOKEN")}`,
        cure: "set ADMIN_TOKEN to a secret of 16 visible characters or more",
      },
      {
        path: "cache.redis",
        message: `is neither redis nor rediss ${from("SHARED")}`,
        cure: "set SHARED to an address such as redis://127.0.0.1:6379",
      },
    ]);
  });

  it("is told of the file where it is a fallback that is wrong", () => {
    const services = { orders: { ...orders, url: env("ORDERS_URL", "orders:80") } };
    expect(compileConfig({ services }, { environment: {} }).problems).toMatchObject([
      { message: "is neither http nor https", cure: expect.stringContaining('env("ORDERS_URL")') },
    ]);
  });

  it.each(["65536", "-1", "80 ", "0x50", "8e3"])("is a port that PORT sets to %j", (PORT) => {
    expect(compileConfig({ services: {} }, { environment: { PORT } }).problems).toMatchObject([
      { path: "environment PORT" },
    ]);
  });

  it("is a document that comes from the environment, because it is read at build time", () => {
    const config = { services: { orders: { document: env("DOCUMENT"), url: "http://orders" } } };
    expect(
      compileConfig(config, { environment: { DOCUMENT: "specs/orders.json" } }).problems,
    ).toMatchObject([
      { path: "services.orders.document", message: "is not the place of a document" },
    ]);
  });
});
