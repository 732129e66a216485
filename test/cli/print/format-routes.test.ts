/** What the table of routes says of routes that several services answer. */
import { expect, it } from "vitest";
import type { GenRoute } from "../../../cli/gen/run.ts";
import { formatRoutes } from "../../../cli/print/format-routes.ts";
import { createTerminal } from "../../../cli/print/terminal.ts";
import { summariseRouteSettings } from "../../../src/config/route-summary.ts";
import { compileRouteConfigs } from "../../../src/config/routes.ts";
import type { GatewayConfig } from "../../../src/config.ts";

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
