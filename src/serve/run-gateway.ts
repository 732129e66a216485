/** Runs one gateway in this process: creates it, listens, and does what signals ask. */
import type { Environment } from "../config/env.ts";
import type { GatewayConfig } from "../config/gateway-config.ts";
import { ConfigError, formatConfigProblems } from "../config/problems.ts";
import { createGateway, type Gateway, type GatewayOptions, type Generated } from "../gateway.ts";
import { describeListenError } from "./listen-error.ts";
import { createLiveFile, type LiveFile } from "./live-file.ts";
import { createLiveReload } from "./live-reload.ts";
import { EXIT_FAILED, EXIT_INVALID, type ServeProcess } from "./serve-process.ts";
import type { WorkerLink } from "./worker-link.ts";

/** What a gateway runs with, as it stands at this moment. */
export interface Started {
  readonly config: GatewayConfig;
  readonly live: LiveFile | undefined;
  readonly text: string | undefined;
}

/** Reads the live file, if there is one. @throws ConfigError */
export function readLive(built: GatewayConfig, { HEDDLE_CONFIG = "" }: Environment): Started {
  if (HEDDLE_CONFIG === "") return { config: built, live: undefined, text: undefined };
  const live = createLiveFile(HEDDLE_CONFIG, built);
  return { live, ...live.read() };
}

/** Runs `make`; tells every problem of the configuration and ends with 4 where it has any. */
export function orInvalid<Made>(
  own: ServeProcess,
  env: Environment,
  make: () => Made,
): Made | undefined {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const { HEDDLE_CONFIG = "" } = env;
    const name = HEDDLE_CONFIG === "" ? undefined : `the configuration with ${HEDDLE_CONFIG}`;
    own.stderr.write(`${formatConfigProblems(error.problems, name)}\n`);
    own.exit(EXIT_INVALID);
    return undefined;
  }
}

export interface RunOptions {
  readonly own: ServeProcess;
  readonly env: Environment;
  readonly options: GatewayOptions;
  /** Of a worker, to its primary. */
  readonly link: WorkerLink | undefined;
}

export async function runGateway(
  built: GatewayConfig,
  generated: Generated,
  { own, env, options, link }: RunOptions,
): Promise<Gateway | undefined> {
  let wanted = false;
  let reload = (): void => {
    wanted = true;
  };
  // First of all: until somebody listens to it, it ends the process.
  own.on("SIGHUP", () => reload());
  const made = orInvalid(own, env, () => {
    const started = readLive(built, env);
    const mayRemove = started.live !== undefined;
    return {
      ...started,
      gateway: createGateway(started.config, generated, {
        ...options,
        env,
        mayRemove,
        peers: link?.peers,
      }),
    };
  });
  if (made === undefined) return undefined;
  const { gateway, live, text } = made;
  let stopWatching = (): void => {};
  const stop = stopper(own, () => {
    stopWatching();
    reload = () => {};
    return gateway.close();
  });
  link?.onStop(stop);
  // A promise that one composer forgot must not take the requests of all others with it.
  own.on("unhandledRejection", (reason) => {
    gateway.log.error({ err: reason }, "a promise was rejected and nobody handled it");
  });
  try {
    await gateway.listen();
  } catch (error) {
    own.stderr.write(`${describeListenError(error)}\n`);
    await gateway.close();
    own.exit(EXIT_FAILED);
    return undefined;
  }
  if (stop.begun()) return gateway;
  const reloading = createLiveReload({ gateway, built, live, text });
  stopWatching = reloading.close;
  reload = reloading.now;
  if (wanted) reload();
  return gateway;
}

interface Stopper {
  (): void;
  begun(): boolean;
}

/** What the first signal does; a second ends the process at once. What is returned does what the first signal does. */
function stopper(own: ServeProcess, close: () => Promise<void>): Stopper {
  let signals = 0;
  let begun = false;
  function stop(): void {
    if (begun) return;
    begun = true;
    close().then(
      () => own.exit(0),
      (error: unknown) => {
        own.stderr.write(`could not stop in order: ${String(error)}\n`);
        own.exit(EXIT_FAILED);
      },
    );
  }
  function signalled(): void {
    if (++signals > 1) own.exit(EXIT_FAILED);
    else stop();
  }
  own.on("SIGTERM", signalled);
  own.on("SIGINT", signalled);
  return Object.assign(stop, { begun: () => begun });
}
