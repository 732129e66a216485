/** `serve`: what `generated/server.ts` runs: creates the gateway, listens, and stops when it is told to. */
import { processEnvironment } from "./config/env.ts";
import type { GatewayConfig } from "./config/gateway-config.ts";
import type { Gateway, GatewayOptions, Generated } from "./gateway.ts";
import { runGateway } from "./serve/run-gateway.ts";
import type { ServeProcess } from "./serve/serve-process.ts";

export type { ServeProcess } from "./serve/serve-process.ts";

export interface ServeOptions extends GatewayOptions {
  /** Default: this one. */
  readonly process?: ServeProcess;
}

/**
 * Serves until SIGTERM or SIGINT, then finishes what is under way and exits with 0; a second signal ends it at once.
 * `PORT`, `HOST` and `LOG_LEVEL` win over the configuration, and so does the file that `HEDDLE_CONFIG` names: it is read
 * when the server starts, on SIGHUP, and when it changes. Exits with 4 when the configuration is invalid, having told
 * every problem on stderr, and with 1 when it cannot listen, having told why.
 */
export async function serve(
  config: GatewayConfig,
  generated: Generated,
  { process: own = process, ...options }: ServeOptions = {},
): Promise<Gateway | undefined> {
  const env = options.env ?? processEnvironment();
  return await runGateway(config, generated, { own, env, options });
}
