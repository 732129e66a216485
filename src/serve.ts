/** `serve`: what `generated/server.ts` runs: creates the gateway, listens, and stops when it is told to. */
import { type Environment, processEnvironment } from "./config/env.ts";
import type { GatewayConfig } from "./config/gateway-config.ts";
import { settle } from "./gateway/settle.ts";
import type { Gateway, GatewayOptions, Generated } from "./gateway.ts";
import { createLog } from "./observe/log.ts";
import { wantedWorkers, withArguments } from "./serve/arguments.ts";
import { orInvalid, readLive, runGateway } from "./serve/run-gateway.ts";
import { runWorkers } from "./serve/run-workers.ts";
import type { ServeProcess } from "./serve/serve-process.ts";
import { linkToPrimary } from "./serve/worker-link.ts";

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
  const args = own === process ? process.argv.slice(2) : [];
  const env = withArguments(options.env ?? processEnvironment(), args);
  const link = linkToPrimary();
  if (link === undefined) {
    const started = orInvalid(own, env, () => readLive(config, env));
    if (started === undefined) return undefined;
    const wanted = wantedWorkers(env, started.config);
    if (wanted !== undefined) {
      await forkWorkers(wanted, { own, env, config: started.config, generated, options });
      return undefined;
    }
  }
  return await runGateway(config, generated, { own, env, options, link });
}

interface ForkOptions {
  readonly own: ServeProcess;
  readonly env: Environment;
  readonly config: GatewayConfig;
  readonly generated: Generated;
  readonly options: GatewayOptions;
}

/** What is wrong with the configuration is told once, and before anything is forked. */
async function forkWorkers(count: number, { own, env, config, generated, options }: ForkOptions) {
  const { urls = {} } = options;
  const mayRemove = (env.HEDDLE_CONFIG ?? "") !== "";
  const settled = orInvalid(own, env, () => settle(config, generated, { env, urls, mayRemove }));
  if (settled === undefined) return;
  const written = createLog(settled.settings.server.logLevel);
  const log = options.log ?? written.log;
  await runWorkers({ own, count, log, closeLog: () => written.close() });
}
