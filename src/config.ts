/** The door `heddle/config`: what `heddle.config.ts` imports. */
export { defineGateway, type TypedConfig } from "./config/define-gateway.ts";
export { type EnvReference, env } from "./config/env.ts";
export type {
  FrontendConfig,
  GatewayConfig,
  LogLevel,
  ServerConfig,
  ServiceConfig,
} from "./config/gateway-config.ts";
// With a star: only so can the generated `config.d.ts` add to the interface.
export type * from "./config/known-services.ts";
export type { Size } from "./config/size.ts";
export type { Duration } from "./core/duration.ts";
