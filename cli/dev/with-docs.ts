/** Shows the gateway's own document while it is developed, unless the configuration says so or otherwise. */
import { DOCS_PATH } from "../../src/config/own-paths.ts";
import type { GatewayConfig } from "../../src/config.ts";
import type { Generated } from "../../src/gateway.ts";

/** A project that has routes of its own there keeps them. */
export function withDocs(config: GatewayConfig, routes: Generated["routes"]): GatewayConfig {
  const { server = {}, routes: configured = [] } = config;
  const paths = [
    ...routes.map((route) => {
      if (route.kind === "composed") return route.composer.template;
      return route.prefix + route.operation.template;
    }),
    ...configured.map(({ path }) => path),
  ];
  // What is wrong with a configuration is told when the gateway is created.
  const isTaken = paths.some(
    (path) => `${path}/`.startsWith(`${DOCS_PATH}/`) || !/^\/[^{*]/.test(path),
  );
  const isSaid = typeof server !== "object" || server.docs !== undefined;
  return isTaken || isSaid ? config : { ...config, server: { ...server, docs: true } };
}
