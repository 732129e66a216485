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

/** What Node.js says of an address that cannot be listened on. */
interface ListenError extends NodeJS.ErrnoException {
  readonly address?: string;
  readonly port?: number;
}

const EXIT_FAILED = 1;
const EXIT_INVALID = 4;

/** What to say of an address that cannot be listened on; anything else is told as it is. */
const LISTEN_FAULTS: Readonly<Record<string, (host: string, port: number) => string>> = {
  EADDRINUSE: (host, port) =>
    `port ${port} of ${host} is taken: stop what listens there, or choose another, for example PORT=${port < 65_535 ? port + 1 : port - 1}`,
  EACCES: (_, port) =>
    `port ${port} needs privileges: choose one from 1024 on, for example PORT=8080`,
  EADDRNOTAVAIL: (host) =>
    `${host} is not an address of this machine: choose one of its own, or all of them with HOST=0.0.0.0`,
};

/**
 * Serves until SIGTERM or SIGINT, then finishes what is under way and exits with 0; a second signal ends it at once.
 * `PORT`, `HOST` and `LOG_LEVEL` win over the configuration. Exits with 4 when the configuration is invalid, having
 * told every problem on stderr, and with 1 when it cannot listen, having told why.
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
    own.stderr.write(`${describe(error as ListenError)}\n`);
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

function describe({ code = "", message, ...where }: ListenError): string {
  const { address = "the host", port = 0 } = where;
  const told = Object.hasOwn(LISTEN_FAULTS, code) ? LISTEN_FAULTS[code] : undefined;
  return told?.(address, port) ?? `cannot listen: ${message}`;
}
