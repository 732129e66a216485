/** `serve`: what `generated/server.ts` runs: creates the gateway, listens, and stops when it is told to. */
import type { GatewayConfig } from "./config/gateway-config.ts";
import { ConfigError, formatConfigProblems } from "./config/problems.ts";
import { createGateway, type Gateway, type GatewayOptions, type Generated } from "./gateway.ts";

/** What a process is asked to do; handed in, so that tests need none of their own. */
export interface ServeProcess {
  on(event: "SIGTERM" | "SIGINT", listener: () => void): unknown;
  on(event: "unhandledRejection", listener: (reason: unknown) => void): unknown;
  readonly stderr: { write(text: string): unknown };
  exit(code: number): void;
}

export interface ServeOptions extends GatewayOptions {
  /** Default: this one. */
  readonly process?: ServeProcess;
}

const EXIT_FAILED = 1;
const EXIT_INVALID = 4;

const CURES: Readonly<Record<string, string>> = {
  EADDRINUSE: "stop what listens there, or set PORT to another port",
  EACCES: "ports below 1024 need privileges: set PORT to a higher one",
  EADDRNOTAVAIL: "the host is not an address of this machine: set HOST to one, for example 0.0.0.0",
};

/**
 * Serves until SIGTERM or SIGINT, then finishes what is under way and exits with 0; a second signal ends it at once.
 * `PORT`, `HOST` and `LOG_LEVEL` win over the configuration. Exits with 4 when the configuration is invalid, having
 * told every problem on stderr, and with 1 when it cannot listen.
 */
export async function serve(
  config: GatewayConfig,
  generated: Generated,
  options: ServeOptions = {},
): Promise<Gateway | undefined> {
  const own: ServeProcess = options.process ?? process;
  let gateway: Gateway;
  try {
    gateway = createGateway(config, generated, options);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    own.stderr.write(`${formatConfigProblems(error.problems)}\n`);
    own.exit(EXIT_INVALID);
    return undefined;
  }
  stopOnSignal(own, gateway);
  // A promise that one composer forgot must not take the requests of all others with it.
  own.on("unhandledRejection", (reason) => {
    gateway.log.error({ err: reason }, "a promise was rejected and nobody handled it");
  });
  try {
    await gateway.listen();
    return gateway;
  } catch (error) {
    own.stderr.write(`${describe(error as NodeJS.ErrnoException)}\n`);
    await gateway.close();
    own.exit(EXIT_FAILED);
    return undefined;
  }
}

function stopOnSignal(own: ServeProcess, gateway: Gateway): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) {
      own.exit(EXIT_FAILED);
      return;
    }
    stopping = true;
    gateway.close().then(
      () => own.exit(0),
      (error: unknown) => {
        own.stderr.write(`could not stop in order: ${String(error)}\n`);
        own.exit(EXIT_FAILED);
      },
    );
  };
  own.on("SIGTERM", stop);
  own.on("SIGINT", stop);
}

function describe({ code = "", message }: NodeJS.ErrnoException): string {
  const cure = CURES[code];
  return cure === undefined
    ? `cannot listen: ${message}`
    : `cannot listen: ${message}\n  cure:  ${cure}`;
}
