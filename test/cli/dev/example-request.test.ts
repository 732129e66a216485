import { describe, expect, it } from "vitest";
import { parameterMeaning } from "../../../cli/compose/parameter-meaning.ts";
import { exampleRequest } from "../../../cli/dev/example-request.ts";
import type { OperationModel, ParameterModel, ServiceModel } from "../../../cli/gen/model.ts";

function service(
  path: string,
  parameter: Partial<ParameterModel> & { name: string },
): ServiceModel {
  const at = { file: "a.json", line: 1, column: 1, pointer: "" };
  const full: ParameterModel = {
    in: "path",
    required: true,
    schema: {},
    style: "simple",
    explode: false,
    allowReserved: false,
    examples: [],
    ...parameter,
  };
  const operation: OperationModel = {
    name: "op",
    method: "GET",
    path,
    deprecated: false,
    tags: [],
    parameters: [full],
    answers: [],
    security: [],
    at,
  };
  return {
    name: "s",
    title: "",
    version: "",
    specification: "3.1",
    document: "a.json",
    servers: [],
    operations: [operation],
    schemas: {},
    securitySchemes: {},
  };
}

const route = (template: string, frontend = "web") => ({
  kind: "composed" as const,
  method: "GET",
  template,
  frontend,
});
const ask = (given: Partial<Parameters<typeof exampleRequest>[0]>) =>
  exampleRequest({
    url: "http://x",
    routes: [],
    models: [],
    frontends: ["web", "mobile"],
    values: {},
    ...given,
  });

describe("the example request", () => {
  it("takes the parameter's example from the document that has it", () => {
    const models = [service("/orders/{orderId}", { name: "orderId", examples: ["o-1"] })];
    expect(ask({ routes: [route("/web/orders/{orderId}")], models })).toBe(
      "curl http://x/web/orders/o-1",
    );
  });

  it("knows {id} of /customers/{id} as customerId", () => {
    const models = [service("/customers/{id}", { name: "id", schema: { default: 7 } })];
    expect(ask({ routes: [route("/web/customers/{customerId}")], models })).toBe(
      "curl http://x/web/customers/7",
    );
  });

  it("prefers a route that can be filled, of the first frontend", () => {
    const models = [service("/orders/{orderId}", { name: "orderId", examples: ["o-1"] })];
    const routes = [
      route("/mobile/{orderId}", "mobile"),
      route("/web/plain"),
      route("/web/unknown/{x}"),
      route("/web/{orderId}"),
    ];
    expect(ask({ routes, models })).toBe("curl http://x/web/o-1");
    expect(ask({ routes })).toBe("curl http://x/web/plain");
  });

  it("escapes values for the URL and the line for the shell, and given values win", () => {
    const models = [service("/a/{q}", { name: "q", examples: ["x y'&"] })];
    expect(ask({ routes: [route("/web/{q}")], models })).toBe("curl 'http://x/web/x%20y'\\''%26'");
    expect(ask({ routes: [route("/web/{q}")], models, values: { q: "z" } })).toBe(
      "curl http://x/web/z",
    );
  });

  it("there is none without a composed GET route", () => {
    expect(
      ask({
        routes: [
          { ...route("/web/a"), kind: "proxied" },
          { ...route("/web/b"), method: "POST" },
        ],
      }),
    ).toBeUndefined();
  });
});

it.each([
  ["/customers/{id}", "id", "customerId"],
  ["/categories/{slug}", "slug", "categorySlug"],
  ["/orders/{orderId}", "orderId", "orderId"],
  ["/{id}", "id", "id"],
  ["/statuses/{id}", "id", "statusId"],
  ["/boxes/{id}.json", "id", "boxId"],
  ["/a/{x-y}", "x-y", "xY"],
])("in %s, {%s} stands for %s", (path, name, meaning) => {
  expect(parameterMeaning(path, name)).toBe(meaning);
});
