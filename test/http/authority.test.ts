import { expect, it } from "vitest";
import { isAuthority } from "../../src/http/authority.ts";

it.each([
  "",
  "shop.example",
  "shop.example:",
  "shop.example:0",
  "shop.example:80",
  "shop.example:00080",
  "shop.example:65535",
  ":8080",
  "127.0.0.1:8080",
  "[::1]",
  "[2001:db8::1]:443",
  "[::ffff:192.0.2.1]",
  "xn--caf-dma.example",
  "caf%C3%A9.example",
  "a_b~c",
])("%s is a host, with or without a port", (text) => {
  expect(isAuthority(text)).toBe(true);
});

it.each([
  "shop.example:65536",
  "shop.example:99999",
  "shop.example:123456",
  "shop.example:-1",
  "shop.example:8o",
  "shop.example:80:80",
  "user@shop.example",
  "user:secret@shop.example",
  "shop.example/a",
  "shop.example?a",
  "shop example",
  "shop.example, other.example",
  "::1",
  "[::1",
  "[::1]x",
  "[1::2::3]",
  "[127.0.0.1]",
  "[v1.x]",
  "caf%C3%.example",
  "caf\u00e9.example",
  "\\",
])("%s is none", (text) => {
  expect(isAuthority(text)).toBe(false);
});
