/** The door `heddle/config`: what `heddle.config.ts` imports. */
export { defineGateway } from "./config/define-gateway.ts";
export { type EnvReference, env } from "./config/env.ts";
export type {
  FrontendConfig,
  GatewayConfig,
  LogLevel,
  ServerConfig,
  ServiceConfig,
} from "./config/gateway-config.ts";
export type { Size } from "./config/size.ts";
export type { Duration } from "./core/duration.ts";
