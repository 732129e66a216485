/** One listening socket whose request handler can be changed while it runs. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { CommandError } from "../command-error.ts";

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void;

export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Something that answers requests and can be taken away. */
export interface Swappable {
  readonly handler: RequestHandler;
  /** What takes the server's upgrades. Default: they are answered as if they had not asked. */
  upgrades?(server: Server): UpgradeHandler;
  /** Called once the last of its requests has ended. */
  dispose(): Promise<void>;
}

export interface SwapServer {
  readonly port: number;
  /** `http://127.0.0.1:8080`. */
  readonly url: string;
  /** New requests go to `next`; those that are under way end where they began. */
  swap(next: Swappable): void;
  /** Ends the requests under way, if need be, and disposes of everything. */
  close(): Promise<void>;
}

/** What a request goes to, and how many are under way there. */
interface Generation {
  readonly target: Swappable;
  open: number;
  retired: boolean;
  disposed?: Promise<void>;
}

/**
 * Listens with a first handler.
 * @throws CommandError when the address cannot be listened on.
 */
export async function createSwapServer(
  first: Swappable,
  { host, port }: { host: string; port: number },
): Promise<SwapServer> {
  let current: Generation = { target: first, open: 0, retired: false };
  const disposals = new Set<Promise<void>>();
  const settle = (generation: Generation): void => {
    if (!generation.retired || generation.open > 0 || generation.disposed !== undefined) return;
    generation.disposed = generation.target.dispose();
    const disposal = generation.disposed.finally(() => disposals.delete(disposal));
    disposals.add(disposal);
  };
  const retire = (generation: Generation): void => {
    generation.retired = true;
    settle(generation);
  };
  const answer: RequestHandler = (request, response) => {
    const generation = current;
    generation.open += 1;
    response.once("close", () => {
      generation.open -= 1;
      settle(generation);
    });
    generation.target.handler(request, response);
  };
  const tunnels = new Set<Duplex>();
  const server = createServer(answer);
  // Without a listener Node answers 100 itself, before the gateway has seen the request.
  server.on("checkContinue", answer);
  const upgrade: UpgradeHandler = (request, socket, head) => {
    const generation = current;
    // A tunnel keeps what it went to, as a request does.
    generation.open += 1;
    tunnels.add(socket);
    socket.once("close", () => {
      tunnels.delete(socket);
      generation.open -= 1;
      settle(generation);
    });
    if (generation.target.upgrades === undefined) socket.destroy();
    else generation.target.upgrades(server)(request, socket, head);
  };
  if (first.upgrades !== undefined) server.on("upgrade", upgrade);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(toListenError(error, host, port)));
    server.listen(port, host, resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    port: bound,
    url: `http://${nameOf(host)}:${bound}`,
    swap(next) {
      const previous = current;
      current = { target: next, open: 0, retired: false };
      retire(previous);
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      // Node.js no longer counts these among its own.
      for (const socket of tunnels) socket.destroy();
      await closed;
      retire(current);
      await Promise.all(disposals);
    },
  };
}

/** What to type into a browser for an address that is listened on. */
function nameOf(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}

function toListenError(error: Error, host: string, port: number): CommandError {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE") {
    return new CommandError("address-in-use", `port ${port} of ${host} is taken`, {
      cure: `stop what listens there, or choose another port: PORT=${port < 65_535 ? port + 1 : port - 1} or --port`,
    });
  }
  return new CommandError(
    "address-in-use",
    `cannot listen on ${host}:${port}: ${error.message}`,
    { cure: "choose another address with --host and --port" },
    error,
  );
}
