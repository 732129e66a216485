/** `defineGateway`: gives `heddle.config.ts` its types and does nothing else. */
import type { GatewayConfig, ServiceConfig } from "./gateway-config.ts";
import type { OperationsOf } from "./known-services.ts";

/** A {@link GatewayConfig} in which the operations of services that have been generated are known by name. */
export interface TypedConfig<Services extends string> extends Omit<GatewayConfig, "services"> {
  /** The backends, by name. A name is an identifier: `/^[a-z][A-Za-z0-9]*$/`. */
  readonly services: {
    readonly [Service in Services]: ServiceConfig<OperationsOf<Service>>;
  };
}

/** Returns the configuration as it is. It is validated when documents are read and when the gateway is created. */
export function defineGateway<Services extends string>(
  config: TypedConfig<Services>,
): GatewayConfig {
  return config as unknown as GatewayConfig;
}
