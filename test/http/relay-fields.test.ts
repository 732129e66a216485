import { describe, expect, it } from "vitest";
import { dashed, relayAnswerFields, relayRequestFields } from "../../src/http/relay-fields.ts";

describe("of a request", () => {
  it("only what is a caller's to say goes on", () => {
    const given = {
      host: "gateway",
      connection: "keep-alive, X-Private",
      "x-private": "1",
      "keep-alive": "timeout=5",
      "proxy-authorization": "Basic x",
      te: "trailers",
      "transfer-encoding": "chunked",
      upgrade: "h2c",
      expect: "100-continue",
      "content-length": "3",
      "content-type": "text/plain",
      "x-tenant": "forged",
      accept: "*/*",
      "if-none-match": '"1"',
      via: "1.0 front",
    };
    expect(relayRequestFields(given, new Set(["x-tenant"]))).toEqual({
      "content-type": "text/plain",
      accept: "*/*",
      "if-none-match": '"1"',
      via: "1.0 front, 1.1 heddle",
    });
  });

  it.each([
    "authorization",
    "cookie",
    "cookie2",
    "client-cert",
    "client-cert-chain",
    "forwarded",
    "forwarded-for",
    "x-forwarded",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-forwarded-prefix",
    "x-forwarded-client-cert",
    "x-request-id",
    "true-client-ip",
    "cf-connecting-ip",
    "cf-connecting-ipv6",
    "client-ip",
    "x-client-ip",
    "x-cluster-client-ip",
    "x-real-ip",
    "x-remote-ip",
    "x-remote-addr",
    "x-originating-ip",
    "x-azure-clientip",
    "x-envoy-external-address",
    "fastly-client-ip",
    "fly-client-ip",
    "x-appengine-user-ip",
    "x-appengine-user-email",
    "x-host",
    "x-original-host",
    "x-original-url",
    "x-rewrite-url",
    "x-http-method",
    "x-http-method-override",
    "x-method-override",
    "proxy",
    "x-tenant",
    "transfer-encoding",
    "content-length",
  ])("%s stays behind, with underscores as well", (name) => {
    const names = [name, name.replaceAll("-", "_"), name.replace("-", "_")];
    for (const one of names) {
      expect(relayRequestFields({ [one]: "x" }, new Set(["x-tenant"]))).toEqual({
        via: "1.1 heddle",
      });
    }
  });

  it.each(["x_sort", "x-trace_id", "accept-language", "x-client-version", "x-hosting", "via_x"])(
    "%s goes on",
    (name) => {
      expect(relayRequestFields({ [name]: "x" }, new Set())).toEqual({
        [name]: "x",
        via: "1.1 heddle",
      });
    },
  );

  it("a name is told as services see it", () => {
    expect([dashed("x_real-ip"), dashed("x-real-ip")]).toEqual(["x-real-ip", "x-real-ip"]);
  });
});

describe("of an answer", () => {
  it("only what is a service's to say goes on", () => {
    const given = {
      connection: ["close", "x-hop"],
      "x-hop": "1",
      "transfer-encoding": "chunked",
      "content-length": "3",
      "content-type": "text/plain",
      "access-control-allow-origin": "*",
      "content-security-policy": "default-src 'none'",
      "cache-control": "max-age=1",
      etag: '"1"',
      link: ["<a>", "<b>"],
    };
    expect(relayAnswerFields(given)).toEqual({
      "content-length": "3",
      "content-type": "text/plain",
      "content-security-policy": "default-src 'none'",
      "cache-control": "max-age=1",
      etag: '"1"',
      link: ["<a>", "<b>"],
      via: "1.1 heddle",
    });
  });

  it.each([
    "accept-ch",
    "access-control-allow-credentials",
    "alt-svc",
    "clear-site-data",
    "expect-ct",
    "gateway-degraded",
    "nel",
    "origin-agent-cluster",
    "proxy-authenticate",
    "proxy-authentication-info",
    "public-key-pins",
    "public-key-pins-report-only",
    "report-to",
    "server",
    "service-worker-allowed",
    "set-cookie",
    "set-cookie2",
    "strict-transport-security",
    "x-aspnet-version",
    "x-content-type-options",
    "x-powered-by",
    "x-request-id",
  ])("%s stays behind: it would be the gateway's word", (name) => {
    expect(relayAnswerFields({ [name]: "x" })).toEqual({ via: "1.1 heddle" });
  });

  it("Via says that it came through here", () => {
    expect(relayAnswerFields({ via: ["1.0 a", "1.1 b"] })).toEqual({
      via: "1.0 a, 1.1 b, 1.1 heddle",
    });
  });
});
