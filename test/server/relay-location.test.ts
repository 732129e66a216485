import { describe, expect, it } from "vitest";
import { compileRelocation } from "../../src/server/relay-location.ts";

const relocated = (url: string, prefix: string, location: string): unknown => {
  const fields = { location, "content-location": location, link: location };
  compileRelocation(url, prefix)(fields);
  expect(fields["content-location"]).toBe(fields.location);
  expect(fields.link).toBe(location);
  return fields.location;
};

describe("a place that a service names", () => {
  const inside = "http://inside:8080/api/v1/";

  it.each([
    ["http://inside:8080/api/v1/orders/2?a=%2F#b", "/shop/orders/2?a=%2F#b"],
    ["https://inside:8080/api/v1/orders/2", "/shop/orders/2"],
    ["HTTP://INSIDE:8080/api/v1/orders/2", "/shop/orders/2"],
    ["//inside:8080/api/v1/orders/2", "/shop/orders/2"],
    ["http://user:secret@inside:8080/api/v1/orders/2", "/shop/orders/2"],
    ["/api/v1/orders/2", "/shop/orders/2"],
    ["http://inside:8080/api/v1", "/shop"],
    ["/api/v1/", "/shop/"],
    ["/api/v1/../v2/x", "/api/v2/x"],
    ["http://inside:8080/login?to=/x", "/login?to=/x"],
    ["http://inside:8080", "/"],
    ["/api/v10/x", "/api/v10/x"],
  ])("as %s is %s to the gateway's callers", (location, want) => {
    expect(relocated(inside, "/shop", location)).toBe(want);
  });

  it.each([
    "https://elsewhere.example/api/v1/orders/2",
    "http://inside/api/v1/orders/2",
    "//elsewhere.example/x",
    "/\\elsewhere.example/x",
    "orders/2",
    "../2?x",
    "?page=2",
    "#top",
    "",
    "mailto:a@b.example",
    "http://[broken/",
    "http://",
  ])("as %j stays as it is", (location) => {
    expect(relocated(inside, "/shop", location)).toBe(location);
  });

  it("is the same where nothing is put before it", () => {
    expect(relocated("http://inside", "", "/orders/2")).toBe("/orders/2");
    expect(relocated("http://inside", "", "https://inside/orders/2")).toBe("/orders/2");
    expect(relocated("http://inside/api", "", "http://inside/api")).toBe("/");
  });

  it("never becomes another host", () => {
    expect(relocated("http://inside/api", "", "/api//evil.example/x")).toBe("/.//evil.example/x");
    expect(relocated("http://inside", "", "http://inside//evil.example")).toBe("/.//evil.example");
  });

  it("is left alone where it is not one", () => {
    const fields = { location: ["/a", "/b"], etag: '"1"' };
    compileRelocation(inside, "/shop")(fields);
    expect(fields).toEqual({ location: ["/a", "/b"], etag: '"1"' });
  });
});
