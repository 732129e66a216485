import { describe, expect, it } from "vitest";
import { standInSecrets } from "../../../cli/dev/stand-in-secrets.ts";
import { env } from "../../../src/config/env.ts";

const service = { document: "x.json", url: env("ORDERS_URL") };
const config = {
  services: {
    orders: { ...service, headers: { "x-key": env("ORDERS_KEY"), "x-shop": "north" } },
    reviews: { ...service, url: env("REVIEWS_URL"), headers: { "x-key": env("REVIEWS_KEY") } },
  },
};

describe("the secrets of mocked services", () => {
  it("stand in for variables that are not set", () => {
    expect(standInSecrets(config, ["orders", "reviews"], { REVIEWS_KEY: "k" })).toEqual({
      ORDERS_KEY: "mock",
    });
  });

  it("are asked for where a service is the real one, be it by another name", () => {
    expect(standInSecrets(config, ["orders"], {})).toEqual({ ORDERS_KEY: "mock" });
    const shared = { headers: { "x-key": env("KEY") } };
    const both = {
      services: { orders: { ...service, ...shared }, other: { ...service, ...shared } },
    };
    expect(standInSecrets(both, ["orders"], {})).toEqual({});
  });
});
