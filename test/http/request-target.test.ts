import { describe, expect, it } from "vitest";
import { parseRequestTarget } from "../../src/http/request-target.ts";

describe("a request target", () => {
  it.each([
    ["/", "/", undefined],
    ["/a/b?x=1&y=%2F?z", "/a/b", "x=1&y=%2F?z"],
    ["/a?", "/a", ""],
    ["/a%2Fb/%C3%A9", "/a%2Fb/%C3%A9", undefined],
    ["*", "*", undefined],
    ["//evil.example/a", "//evil.example/a", undefined],
    ["http://any.example/a?x", "/a", "x"],
    ["HTTPS://any.example:8443", "/", undefined],
    ["http://any.example?x=/../", "/", "x=/../"],
    ["/a.b/..c/d../...", "/a.b/..c/d../...", undefined],
    ["/a/%252e%252e/b", "/a/%252e%252e/b", undefined],
    ["/a;x/..b;.;../%3b..", "/a;x/..b;.;../%3b..", undefined],
  ])("%s is the path %s and the query %s", (text, path, query) => {
    expect(parseRequestTarget(text)).toMatchObject({ path, query });
  });

  it.each([
    ["/a", undefined],
    ["*", undefined],
    ["http://any.example/a?x", "any.example"],
    ["HTTPS://any.example:8443", "any.example:8443"],
    ["http://[2001:db8::1]:80/", "[2001:db8::1]:80"],
    ["http://127.0.0.1?x", "127.0.0.1"],
  ])("%s names the host %s", (text, host) => {
    expect(parseRequestTarget(text)).toMatchObject({ host });
  });

  it.each([
    ["/a#b", "the request target has a fragment; leave it out"],
    ["http://h/a#b", "the request target has a fragment; leave it out"],
    ["a/b", "the request target must begin with a slash"],
    ["", "the request target must begin with a slash"],
    ["ftp://h/a", "the request target must begin with a slash"],
    ["http:///a", "the request target must begin with a slash"],
    ...[
      "http://user@h/a",
      "http://user:secret@h:80/",
      "http://h:65536/",
      "http://h:x/",
      "http://:80/",
      "http://[::1",
      "http://[1::2::3]/",
      "http://%zz/",
    ].map((text) => [
      text,
      "the request target has an invalid host; write a name or an address, and a port",
    ]),
    ["/a\\b", "the request target has characters that must be percent-encoded"],
    ["/\u00e9", "the request target has characters that must be percent-encoded"],
    ["/a%zz", "the path has an invalid percent-encoding"],
    ["/a%", "the path has an invalid percent-encoding"],
    ["/%ff", "the path has an invalid percent-encoding"],
    ["/a/..", "the path has a dot segment; write the path that is meant"],
    ["/./a", "the path has a dot segment; write the path that is meant"],
    ["/a/%2e%2E/b", "the path has a dot segment; write the path that is meant"],
    ["/a/.%2e/b", "the path has a dot segment; write the path that is meant"],
    ["/a/..%2fb", "the path has a dot segment; write the path that is meant"],
    ["/a/b%2F..", "the path has a dot segment; write the path that is meant"],
    ["/a/b%5c..", "the path has a dot segment; write the path that is meant"],
    ["/a/..%5cb", "the path has a dot segment; write the path that is meant"],
    ["/a/..;x/b", "the path has a dot segment; write the path that is meant"],
    ["/a/.;", "the path has a dot segment; write the path that is meant"],
    ["/a/%2E%2e;x=1", "the path has a dot segment; write the path that is meant"],
    ["/a/..%3bx", "the path has a dot segment; write the path that is meant"],
    ["/a%2f%2e%2e%2fb", "the path has a dot segment; write the path that is meant"],
    ["http://h/../a", "the path has a dot segment; write the path that is meant"],
  ])("%s is refused: %s", (text, reason) => {
    expect(parseRequestTarget(text)).toEqual({ reason, status: 400 });
  });

  it("that is too long is refused with 414", () => {
    expect(parseRequestTarget(`/${"a".repeat(8_191)}`)).toMatchObject({ query: undefined });
    expect(parseRequestTarget(`/${"a".repeat(8_192)}`)).toMatchObject({ status: 414 });
  });
});
