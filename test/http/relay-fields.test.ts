import { expect, it } from "vitest";
import { relayAnswerFields, relayRequestFields } from "../../src/http/relay-fields.ts";

it("of a request, only what is a caller's to say goes on", () => {
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
    cookie: "a=b",
    authorization: "Bearer x",
    forwarded: "for=1.1.1.1",
    "x-forwarded-for": "1.1.1.1",
    "x-forwarded-prefix": "/admin",
    "x-real-ip": "1.1.1.1",
    "x-request-id": "mine",
    "x-original-url": "/admin",
    "x-rewrite-url": "/admin",
    "x-http-method-override": "DELETE",
    proxy: "http://evil",
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

it("of an answer, only what is a service's to say goes on", () => {
  const given = {
    connection: ["close", "x-hop"],
    "x-hop": "1",
    "transfer-encoding": "chunked",
    "content-length": "3",
    "content-type": "text/plain",
    "set-cookie": ["a=b"],
    server: "nginx",
    "x-powered-by": "PHP",
    "access-control-allow-origin": "*",
    "x-request-id": "theirs",
    etag: '"1"',
    link: ["<a>", "<b>"],
  };
  expect(relayAnswerFields(given)).toEqual({
    "content-length": "3",
    "content-type": "text/plain",
    etag: '"1"',
    link: ["<a>", "<b>"],
    via: "1.1 heddle",
  });
});
