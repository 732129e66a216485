import fc from "fast-check";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { isOperationName } from "../../../../cli/gen/name/identifier.ts";
import { deriveName, nameOperations } from "../../../../cli/gen/name/name-operations.ts";

function nameOf(
  operationId: string | undefined,
  method = "GET",
  path = "/orders",
): string | undefined {
  return nameOperations([
    operationId === undefined ? { method, path } : { operationId, method, path },
  ])[0]?.name;
}

describe("the name of an operation", () => {
  it.each([
    ["getOrder", "getOrder"],
    ["GetOrder", "GetOrder"],
    ["$get_order1", "$get_order1"],
    ["actions/list-runs", "actionsListRuns"],
    ["meta.root", "metaRoot"],
    ["List all orders", "listAllOrders"],
    ["repos/list_for_authenticated-user", "reposListForAuthenticatedUser"],
    ["GET-orders", "getOrders"],
    ["API-Keys/list", "apiKeysList"],
    ["2fa/enable", "_2faEnable"],
    ["créer-commande", "creerCommande"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: hostile on purpose
    ["a'b\"c`d*/${e}\u2028f", "aBCDEF"],
    ["../../etc/passwd", "etcPasswd"],
    ["__proto__", "proto"],
  ])("from the operationId %j is %s", (operationId, name) => {
    expect(nameOf(operationId)).toBe(name);
  });

  it.each([
    "delete",
    "await",
    "client",
    "then",
    "constructor",
    "prototype",
    "hasOwnProperty",
    "toString",
    "undefined",
    "operations",
    "",
    "订单",
    "/-/",
  ])("is made of method and path where the operationId is %j", (operationId) => {
    expect(nameOf(operationId, "DELETE", "/orders/{orderId}")).toBe("deleteOrdersByOrderId");
  });

  it.each([
    ["GET", "/orders/{orderId}/lines", "getOrdersByOrderIdLines"],
    ["GET", "/", "getRoot"],
    ["POST", "/2010-04-01/Accounts/{Sid}.json", "post20100401AccountsBySidJson"],
    ["GET", "/a.{fmt}", "getAByFmt"],
    ["QUERY", "/orders?open=true", "queryOrdersOpenTrue"],
    ["M-SEARCH", "/a", "mSearchA"],
    ["GET", "/{订单}", "getRoot"],
  ])("of %s %s without operationId is %s", (method, path, name) => {
    expect(deriveName(method, path)).toBe(name);
    expect(nameOperations([{ method, path }])).toEqual([{ name, origin: "derived" }]);
  });

  it("that is taken gets the next number, in the order of path and method", () => {
    const operations = ["a-b", "a/b", "aB2", "a.b"].map((operationId) => ({
      operationId,
      method: "GET",
      path: "/",
    }));
    expect(nameOperations(operations)).toEqual([
      { name: "aB", origin: "words" },
      { name: "aB3", origin: "words", wanted: "aB" },
      { name: "aB2", origin: "operationId" },
      { name: "aB4", origin: "words", wanted: "aB" },
    ]);
  });

  it("that the document gives comes before one that is made, wherever it stands", () => {
    const operations = [
      { method: "GET", path: "/orders" },
      { operationId: "get-orders", method: "GET", path: "/x" },
      { operationId: "getOrders", method: "GET", path: "/y" },
    ];
    const names = nameOperations(operations).map(({ name }) => name);
    expect(names).toEqual(["getOrders2", "getOrders3", "getOrders"]);
  });

  const anything = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string(),
    fc.constantFrom("client", "__proto__", "aB", "a-b", "valueOf", "class", "aB2"),
  );
  const nameable = fc.record(
    {
      operationId: anything,
      method: fc.constantFrom("GET", "POST", "M-SEARCH"),
      path: anything.map((path) => `/${path}`),
    },
    { requiredKeys: ["method", "path"] },
  );

  it("is always an identifier that is free, and the same for the same operations", () => {
    fc.assert(
      fc.property(fc.array(nameable, { maxLength: 12 }), (operations) => {
        const names = nameOperations(operations).map(({ name }) => name);
        expect(new Set(names).size).toBe(operations.length);
        expect(names.filter((name) => !isOperationName(name))).toEqual([]);
        expect(nameOperations(operations).map(({ name }) => name)).toEqual(names);
      }),
    );
  });

  it("of an operation stays when another one is added behind it", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            operationId: fc.constantFrom("a", "b-c", "bC", "d/e"),
            method: fc.constant("GET"),
            path: fc.constant("/"),
          }),
          { minLength: 1 },
        ),
        (operations) => {
          const all = nameOperations(
            operations.map(({ operationId }) => ({
              operationId: `${operationId}-x`,
              method: "GET",
              path: "/",
            })),
          );
          const fewer = nameOperations(
            operations.slice(0, -1).map(({ operationId }) => ({
              operationId: `${operationId}-x`,
              method: "GET",
              path: "/",
            })),
          );
          expect(all.slice(0, -1)).toEqual(fewer);
        },
      ),
    );
  });

  it("compiles as an exported constant, and never comes from a prototype", () => {
    const names = [
      "async",
      "of",
      "type",
      "name",
      "$",
      "_",
      "let",
      "static",
      "yield",
      "enum",
      "eval",
      "arguments",
      "package",
    ];
    for (const name of names.filter(isOperationName)) {
      const { diagnostics } = ts.transpileModule(`export const ${name} = 1;`, {
        reportDiagnostics: true,
        compilerOptions: { module: ts.ModuleKind.ESNext },
      });
      expect([name, diagnostics]).toEqual([name, []]);
    }
    expect(names.filter((name) => !isOperationName(name))).toEqual([
      "async",
      "let",
      "static",
      "yield",
      "enum",
      "eval",
      "arguments",
      "package",
    ]);
  });
});
