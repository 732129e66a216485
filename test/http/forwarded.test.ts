import { expect, it } from "vitest";
import { type ClientFacts, setForwarded } from "../../src/http/forwarded.ts";

function forwardedFields(facts: ClientFacts): Record<string, unknown> {
  const fields = {};
  setForwarded(fields, facts);
  return fields;
}

it("an IPv4 address, a host with a port and the scheme are told in both forms", () => {
  expect(
    forwardedFields({ address: "192.0.2.1", host: "shop.example:8443", scheme: "https" }),
  ).toEqual({
    forwarded: 'for=192.0.2.1;host="shop.example:8443";proto=https',
    "x-forwarded-for": "192.0.2.1",
    "x-forwarded-host": "shop.example:8443",
    "x-forwarded-proto": "https",
  });
});

it("an IPv6 address stands in brackets and quotes", () => {
  expect(forwardedFields({ address: "2001:db8::1", host: "shop.example", scheme: "http" })).toEqual(
    {
      forwarded: 'for="[2001:db8::1]";host=shop.example;proto=http',
      "x-forwarded-for": "2001:db8::1",
      "x-forwarded-host": "shop.example",
      "x-forwarded-proto": "http",
    },
  );
});

it("an IPv4 address in IPv6 clothes is told as IPv4", () => {
  expect(forwardedFields({ address: "::ffff:192.0.2.1", host: "", scheme: "http" })).toEqual({
    forwarded: "for=192.0.2.1;proto=http",
    "x-forwarded-for": "192.0.2.1",
    "x-forwarded-proto": "http",
  });
});

it("an unknown address is unknown, and claimed nowhere else", () => {
  expect(forwardedFields({ address: undefined, host: undefined, scheme: "http" })).toEqual({
    forwarded: "for=unknown;proto=http",
    "x-forwarded-proto": "http",
  });
});
