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
          timeoutMs: 10_000,
          concurrency: 256,
          maxAnswerBytes: 10_485_760,
          forward: [],
          headers: {},
        },
      },
      frontends: {},
      server: {
        port: 8080,
        host: "0.0.0.0",
        deadlineMs: 10_000,
        bodyLimitBytes: 1_048_576,
        graceMs: 10_000,
        logLevel: "info",
        trustRequestId: false,
      },
    });
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
      frontends: { web: { cors: ["https://shop.example"] }, mobile: { cors: [] } },
      server: {
        port: 1,
        graceMs: 0,
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
        message: "is neither http nor https",
        value: '"reviews:80"',
        cure: 'write it whole, without credentials ("https://orders.internal/v1"), or env("ORDERS_URL")',
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
      },
      {
        path: "services.orders.headers.x-key",
        message: "needs the environment's variable KEY, which is not set",
        cure: "set KEY, or give env() a fallback",
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
