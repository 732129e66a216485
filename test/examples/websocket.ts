/** Routes of the configuration that take WebSocket. */
import type { GatewayConfig } from "../../src/config/gateway-config.ts";

// #region routes
export const routes: NonNullable<GatewayConfig["routes"]> = [
  { path: "/live/{room}", to: "chat", frontend: "web", websocket: true },
  {
    path: "/feed/**",
    to: "chat",
    websocket: { origins: ["https://app.example"], idle: "5m", max: 2_000 },
  },
];
// #endregion
