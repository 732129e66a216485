import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compileConfig } from "../../src/config/compile.ts";
import { env } from "../../src/config/env.ts";
import { CERTIFICATE_FILE } from "../support/test-certificate.ts";

const compile = (
  service: object,
  environment: Record<string, string> = {},
  urls: Record<string, string> = {},
) =>
  compileConfig(
    { services: { orders: { document: "specs/orders.json", ...service } } },
    { environment, urls },
  );

const settingsOf = (...given: Parameters<typeof compile>) => {
  const { settings, problems } = compile(...given);
  expect(problems).toEqual([]);
  return settings?.services.orders;
};

describe("the addresses of a service", () => {
  it.each([
    ["one", "http://a/v1/", {}, [["http://a/v1", 1]]],
    [
      "a list",
      ["http://a", { url: "https://b:8443/", weight: 3 }, env("C")],
      { C: "http://c" },
      [
        ["http://a", 1],
        ["https://b:8443", 3],
        ["http://c", 1],
      ],
    ],
    [
      "a variable with several, separated by commas",
      env("ORDERS_URL"),
      { ORDERS_URL: "http://a/v1, http://b/v1/" },
      [
        ["http://a/v1", 1],
        ["http://b/v1", 1],
      ],
    ],
    [
      "variables with several in a list, each with the weight beside it",
      [env("A"), { url: env("B"), weight: 2 }],
      { A: "http://a,http://b", B: "http://c,http://d" },
      [
        ["http://a", 1],
        ["http://b", 1],
        ["http://c", 2],
        ["http://d", 2],
      ],
    ],
    [
      "a fallback with several",
      env("ORDERS_URL", "http://a,http://b"),
      {},
      [
        ["http://a", 1],
        ["http://b", 1],
      ],
    ],
    ["commas in the file, which are part of an address", "http://a/x,y", {}, [["http://a/x,y", 1]]],
  ])("are %s", (_what, url, environment, expected) => {
    const settings = settingsOf({ url }, environment as Record<string, string>);
    expect(settings?.addresses).toEqual(expected.map(([at, weight]) => ({ url: at, weight })));
    expect(settings?.url).toBe(expected[0]?.[0]);
  });

  it("are told what is wrong with each, at its place", () => {
    const { problems } = compile(
      {
        url: [
          "orders",
          { url: "ftp://orders", weight: 0 },
          { url: "http://a", wieght: 2 },
          80,
          env("NONE"),
          env("MORE"),
        ],
      },
      { MORE: "http://b,c" },
    );
    expect(problems.map(({ path, message, value, cure }) => [path, message, value, cure])).toEqual([
      [
        "services.orders.url[0]",
        "is not a URL",
        '"orders"',
        'write it whole, without credentials ("https://orders.internal/v1"), or env("ORDERS_URL")',
      ],
      [
        "services.orders.url[1].url",
        "is neither http nor https",
        '"ftp://orders"',
        'write it whole, without credentials ("https://orders.internal/v1"), or env("ORDERS_URL")',
      ],
      [
        "services.orders.url[1].weight",
        "is not a weight",
        "0",
        "write a whole number of 1 or more: 2 is twice the share of 1",
      ],
      ["services.orders.url[2].wieght", "is not a known key", "2", 'did you mean "weight"?'],
      [
        "services.orders.url[3]",
        "is not the address of a service",
        "80",
        'write it whole, without credentials ("https://orders.internal/v1"), or env("ORDERS_URL")',
      ],
      [
        "services.orders.url[6]",
        "is not a URL (from the environment's variable MORE)",
        '"c"',
        "set MORE to a whole address without credentials, such as http://127.0.0.1:4001",
      ],
      [
        "services.orders.url[4]",
        "needs the environment's variable NONE, which is not set",
        undefined,
        "set NONE, or give env() a fallback",
      ],
    ]);
  });

  it("have one base path, and are there once", () => {
    const { problems } = compile({ url: ["http://a/v1", "http://b/v2", "http://a/v1/"] });
    expect(problems).toEqual([
      {
        path: "services.orders.url",
        message: "has addresses with several base paths",
        value: '"http://b/v2"',
        cure: 'let every address of the service end in "/v1"; another path is another service',
      },
      {
        path: "services.orders.url",
        message: "has an address twice",
        value: '"http://a/v1/"',
        cure: "leave it out; { url, weight } gives an address a larger share",
      },
    ]);
    expect(compile({ url: [] }).problems).toMatchObject([
      { path: "services.orders.url", message: "is empty" },
    ]);
  });

  it("tell no credentials", () => {
    const { problems } = compile({ url: env("U") }, { U: "http://a,http://me:hush@b" });
    expect(problems).toMatchObject([{ path: "services.orders.url[1]" }]);
    expect(JSON.stringify(problems)).not.toContain("hush");
  });
});

describe("the rules of addresses", () => {
  it("have their defaults", () => {
    expect(settingsOf({ url: "http://a", health: { path: "/healthz" } })).toMatchObject({
      ejection: { failures: 5, baseMs: 10_000, longestMs: 300_000, share: 0.5 },
      health: { path: "/healthz", intervalMs: 10_000, timeoutMs: 1_000, healthy: 2, unhealthy: 3 },
      dnsMs: undefined,
      protocol: "http1",
      ca: undefined,
    });
  });

  it("are compiled", () => {
    expect(
      settingsOf({
        url: "https://a",
        ejection: { failures: 1, time: "1m", longest: "10s", share: 1 },
        health: { path: "/up?deep=1", interval: "1s", timeout: "200ms", healthy: 1, unhealthy: 1 },
        dns: "30s",
        protocol: "http2",
        tls: { ca: CERTIFICATE_FILE },
      }),
    ).toMatchObject({
      ejection: { failures: 1, baseMs: 60_000, longestMs: 60_000, share: 1 },
      health: { path: "/up?deep=1", intervalMs: 1_000, timeoutMs: 200, healthy: 1, unhealthy: 1 },
      dnsMs: 30_000,
      protocol: "http2",
      ca: readFileSync(CERTIFICATE_FILE, "utf8").trim(),
    });
    expect(settingsOf({ url: "http://a", ejection: false })?.ejection).toBeUndefined();
  });

  it("take authorities from the environment, as PEM or as a file", () => {
    const pem = readFileSync(CERTIFICATE_FILE, "utf8");
    const service = { url: "https://a", tls: { ca: env("CA") } };
    expect(settingsOf(service, { CA: pem })?.ca).toBe(pem.trim());
    expect(settingsOf(service, { CA: CERTIFICATE_FILE })?.ca).toBe(pem.trim());
  });

  it.each([
    ["health.path", { health: { path: "healthz" } }, "does not begin with a slash"],
    ["health.path", { health: { path: "/a b" } }, "has characters that a path cannot have"],
    ["health.interval", { health: { path: "/", interval: "0s" } }, "is no time at all"],
    ["health.path", { health: {} }, "is missing"],
    ["ejection.share", { ejection: { share: 0 } }, "is not a share"],
    ["ejection.failures", { ejection: { failures: 0 } }, "is not a number of times"],
    ["ejection", { ejection: true }, "is not when a failing address is left out"],
    ["dns", { dns: 30 }, "is not a duration"],
    ["protocol", { protocol: "http3" }, "is not a protocol"],
    ["tls.ca", { tls: {} }, "is missing"],
    ["tls.ca", { tls: { ca: "certs/none.pem" } }, "names a file that cannot be read"],
    ["tls.ca", { tls: { ca: "package.json" } }, "holds no certificate"],
    [
      "tls.ca",
      { tls: { ca: "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----" } },
      "holds a certificate that cannot be read",
    ],
    [
      "tls.rejectUnauthorized",
      { tls: { ca: "x", rejectUnauthorized: false } },
      "is not a known key",
    ],
  ])("%s of %j is told that it %s", (path, service, message) => {
    expect(compile({ url: "https://a", ...service }).problems).toContainEqual(
      expect.objectContaining({ path: `services.orders.${path}`, message }),
    );
  });

  it("belong to the configured address: one that stands in for it is spoken to plainly", () => {
    const service = {
      url: env("ORDERS_URL"),
      protocol: "http2",
      dns: "30s",
      health: { path: "/healthz" },
      tls: { ca: env("CA") },
    };
    expect(settingsOf(service, {}, { orders: "http://127.0.0.1:4001" })).toMatchObject({
      addresses: [{ url: "http://127.0.0.1:4001", weight: 1 }],
      protocol: "http1",
      dnsMs: undefined,
      health: undefined,
      ca: undefined,
    });
  });
});
