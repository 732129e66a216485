/** `defineGateway`: gives `heddle.config.ts` its types and does nothing else. */
import type { GatewayConfig } from "./gateway-config.ts";

/** Returns the configuration as it is. It is validated when documents are read and when the gateway is created. */
export function defineGateway(config: GatewayConfig): GatewayConfig {
  return config;
}
