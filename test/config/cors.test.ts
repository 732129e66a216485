import { describe, expect, it } from "vitest";
import { anOrigin } from "../../src/config/cors.ts";
import { validateConfig } from "../../src/config/validate.ts";

const problemsOf = (cors: unknown, more: object = {}) =>
  validateConfig({ services: {}, frontends: { web: { cors } }, ...more }).problems;

describe("an origin of the configuration", () => {
  it.each([
    "*",
    "null",
    "https://shop.example",
    "http://localhost:3000",
    "https://*.shop.example",
    "http://*.shop.example:8080",
  ])("%s is one", (text) => {
    expect(anOrigin(text)).toBeUndefined();
  });

  it.each([
    ["https://shop.example/", "is not an origin as browsers send it (https://shop.example)"],
    ["https://Shop.example", "is not an origin as browsers send it (https://shop.example)"],
    ["shop.example", "is not an origin"],
    ["https://*.example", "would let in the origins of others"],
    ["https://*", "has * in another place than the first of a host's labels"],
    ["https://a*.shop.example", "has * in another place than the first of a host's labels"],
    ["https://*.*.shop.example", "has * in another place than the first of a host's labels"],
    ["*://shop.example", "has * in another place than the first of a host's labels"],
    ["https://*.shop.example/x", "is not an origin as browsers send it (https://*.shop.example)"],
  ])("%s is none: it %s", (text, reason) => {
    expect(anOrigin(text)).toBe(reason);
  });
});

describe("cors of a frontend", () => {
  it("is a list or an object, and is told with place, value and cure", () => {
    const wrong = 'write scheme, host and port only: "https://shop.example"';
    expect(problemsOf(["x"])).toMatchObject([{ path: "frontends.web.cors[0]", cure: wrong }]);
    expect(problemsOf([1])).toMatchObject([{ path: "frontends.web.cors[0]", cure: wrong }]);
    expect(problemsOf({ origins: ["x"], maxAge: "long", header: [] })).toMatchObject([
      { path: "frontends.web.cors.origins[0]", value: '"x"', cure: wrong },
      { path: "frontends.web.cors.maxAge", value: '"long"' },
      { path: "frontends.web.cors.header", cure: 'did you mean "headers"?' },
    ]);
  });

  it.each(["*", "null"])("is never with credentials for %s", (origin) => {
    expect(problemsOf({ origins: ["https://a.example", origin], credentials: true })).toEqual([
      {
        path: "frontends.web.cors.credentials",
        message: `cannot be with the origin "${origin}", which is anybody's`,
        value: "true",
        cure: "name the origins that may call with cookies, or leave it out",
      },
    ]);
  });

  it("holds for services whose frontend there is", () => {
    const orders = { document: "specs/orders.json", url: "http://127.0.0.1:1", frontend: "wbe" };
    expect(problemsOf([], { services: { orders } })).toMatchObject([
      { path: "services.orders.frontend", message: "is not a frontend: there are web" },
    ]);
  });
});
