import { describe, expect, it } from "vitest";
import { compileConfig } from "../../src/config/compile.ts";
import { validateConfig } from "../../src/config/validate.ts";
import { operationProblems } from "../../src/gateway/operation-problems.ts";
import { plan } from "../server/support.ts";

const configOf = (rules: object) => ({
  services: {
    orders: {
      document: "specs/orders.json",
      url: "http://127.0.0.1:1",
      operations: { getOrder: rules },
    },
  },
});

const PLACE = "services.orders.operations.getOrder";

describe("an operation's end in the configuration", () => {
  it("is taken as a date, and as true", () => {
    const rules = { deprecated: "2026-11-01", sunset: "2027-05-01T00:00:00Z", successor: "/v2" };
    expect(validateConfig(configOf(rules)).problems).toEqual([]);
    expect(validateConfig(configOf({ deprecated: true })).problems).toEqual([]);
  });

  it("cannot lie before its deprecation", () => {
    const rules = { deprecated: "2027-11-01", sunset: "2027-05-01" };
    expect(validateConfig(configOf(rules)).problems).toEqual([
      {
        path: `${PLACE}.sunset`,
        message: "lies before the deprecation (2027-11-01)",
        value: '"2027-05-01"',
        cure: 'write a date, "2026-11-01", or a time, "2026-11-01T12:00:00Z"',
      },
    ]);
  });

  it("is refused with value and cure where it is no date or no link", () => {
    const { problems } = validateConfig(
      configOf({ deprecated: false, sunset: "soon", successor: "v2", policy: "//x" }),
    );
    expect(problems.map(({ path, value }) => [path, value])).toEqual([
      [`${PLACE}.deprecated`, "false"],
      [`${PLACE}.sunset`, '"soon"'],
      [`${PLACE}.successor`, '"v2"'],
      [`${PLACE}.policy`, '"//x"'],
    ]);
  });

  it("names only parameters of the operation's path", () => {
    const { settings } = compileConfig(configOf({ successor: "/v2/{orderID}" }), {
      environment: {},
    });
    const operations = { getOrder: plan("getOrder", "GET", "/orders/{orderId}") };
    expect(operationProblems(settings?.services ?? {}, [{ name: "orders", operations }])).toEqual([
      {
        path: `${PLACE}.successor`,
        message: "names {orderID}, which is no parameter of the operation's path",
        value: '"/v2/{orderID}"',
        cure: 'did you mean "orderId"?',
      },
    ]);
  });
});
