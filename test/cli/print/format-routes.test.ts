/** What the table of routes says of routes that several services answer. */
import { expect, it } from "vitest";
import type { GenRoute } from "../../../cli/gen/run.ts";
import { formatRoutes } from "../../../cli/print/format-routes.ts";
import { createTerminal } from "../../../cli/print/terminal.ts";
import { summariseRouteSettings } from "../../../src/config/route-summary.ts";
import { compileRouteConfigs } from "../../../src/config/routes.ts";
import type { GatewayConfig } from "../../../src/config.ts";
import type { AccessRequirement } from "../../../src/core/access.ts";

/** The last column, line by line. */
function answerers(routes: NonNullable<GatewayConfig["routes"]>): string[] {
  const rows = compileRouteConfigs(routes, {}).flatMap(summariseRouteSettings) as GenRoute[];
  return formatRoutes(rows, createTerminal(true))
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => /\((.*)\)$/.exec(line)?.[1] ?? line);
}

it("shows the share of each service, and who is chosen by a condition", () => {
  const told = answerers([
    {
      path: "/orders/**",
      to: [
        { service: "orders1", weight: 9 },
        { service: "orders2", weight: 1, header: { "x-canary": "1" } },
        { service: "orders3", host: "beta.example" },
      ],
    },
    {
      path: "/thirds",
      to: [
        { service: "a", weight: 2 },
        { service: "b", weight: 1 },
      ],
    },
    {
      path: "/seldom",
      to: [
        { service: "a", weight: 999 },
        { service: "b", weight: 1 },
      ],
    },
  ]);
  expect(told).toEqual([
    "orders2 for x-canary: 1, orders3 for host=beta.example, else orders1 90 %, orders2 10 %",
    "a 66.7 %, b 33.3 %",
    "a 99.9 %, b 0.1 %",
  ]);
});

it("shows what takes WebSocket", () => {
  expect(
    answerers([
      { path: "/chat", to: "chat", websocket: true },
      { path: "/plain", to: "chat" },
      { path: "/live/**", to: "chat", rewrite: { path: "/v2/**" }, websocket: true },
    ]),
  ).toEqual(["chat, WebSocket too", "chat", "chat as /v2/**, WebSocket too"]);
});

it("shows what routes ask of their callers, and when they end, where any does", () => {
  const ask = (service: string, ...anyOf: AccessRequirement["anyOf"]): AccessRequirement => {
    return { service, operations: ["x"], anyOf };
  };
  const route = (template: string, more: Partial<GenRoute> = {}): GenRoute => {
    return { kind: "composed", method: "GET", template, frontend: "web", file: "c.ts", ...more };
  };
  const table = formatRoutes(
    [
      route("/open"),
      route("/one", { access: [ask("orders", { bearer: [] })] }),
      route("/all", {
        access: [
          ask("catalog", { staff: ["a:read", "a:write"] }),
          ask("orders", { bearer: [] }, { device: [], key: ["x"] }),
        ],
      }),
      route("/optional", {
        access: [ask("orders", { bearer: [] }, {}), ask("reviews", {}, { a: [] }, { b: [] })],
        deprecated: "2026-05-01",
        sunset: "2026-11-01",
      }),
    ],
    createTerminal(true),
  );
  expect(
    table
      .trimEnd()
      .split("\n")
      .map((line) => line.trimEnd()),
  ).toEqual([
    "METHOD  PATH       FRONTEND  ANSWERED BY      ACCESS                                                         RETIREMENT",
    "GET     /open      web       composed (c.ts)",
    "GET     /one       web       composed (c.ts)  orders bearer",
    "GET     /all       web       composed (c.ts)  catalog staff(a:read a:write), orders bearer or device+key(x)",
    "GET     /optional  web       composed (c.ts)  [orders bearer], [reviews a or b]                              deprecated from 2026-05-01, ends 2026-11-01",
  ]);
});
