/** Where a drill happens: two servers on the loopback, one for all mocks and one for all gateways, told apart by paths. */
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Agent } from "undici";
import type { Answered } from "./read-outcome.ts";
import type { RouteInput } from "./route-input.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** A gateway and the services that it calls. */
export interface Actors {
  readonly gateway: RequestListener;
  /** @param req with the path that the service sees. */
  readonly service: (name: string, ...exchange: Parameters<RequestListener>) => void;
}

export interface StageRequest extends RouteInput {
  readonly method: string;
  readonly host?: string | undefined;
  /** Whoever has no whole answer by then has none. */
  readonly limitMs: number;
}

export interface Stage {
  /** Address of a service of one run. */
  urlOf(run: number, service: string): string;
  /** Sends one request to the gateway of a run, and takes the run away when it is answered. */
  send(run: number, actors: Actors, request: StageRequest): Promise<Answered>;
  close(): Promise<void>;
}

/**
 * Where nobody listens: tcpmux (RFC 1078). Never a port that is given out freely: a connection to such a one may be given
 * that very port for its own end, and be answered by itself.
 */
export const REFUSING = "http://127.0.0.1:1";

const PATH = /^\/(\d+)(\/.*)$/s;
const SERVICE = /^\/([^/]+)(\/.*)?$/s;

export async function openStage(time: VirtualTime): Promise<Stage> {
  const runs = new Map<number, Actors>();
  const serve = (play: (actors: Actors, ...exchange: Parameters<RequestListener>) => void) =>
    open(
      createServer((req, res) => {
        time.stir();
        res.once("close", time.stir);
        const [, run = "", rest = "/"] = PATH.exec(req.url ?? "") ?? [];
        const actors = runs.get(Number(run));
        req.url = rest;
        if (actors === undefined) req.socket.destroy();
        else play(actors, req, res);
      }),
    );
  const gateways = await serve(({ gateway }, req, res) => gateway(req, res));
  const services = await serve(({ service }, req, res) => {
    const [, name = "", rest = "/"] = SERVICE.exec(req.url ?? "") ?? [];
    req.url = rest;
    service(name, req, res);
  });
  // Waits as long as the drill does, whatever that is.
  const agent = new Agent({ headersTimeout: 0, bodyTimeout: 0, connections: null });

  return {
    urlOf: (run, service) => `${services.url}/${run}/${service}`,
    async send(run, actors, { method, target, headers, body, host, limitMs }) {
      runs.set(run, actors);
      const fromMs = time.now();
      const limit = new AbortController();
      const late = new AbortController();
      void time.wait(limitMs, late.signal).then(() => limit.abort());
      let status = 0;
      let fields: Answered["headers"] = {};
      let text = "";
      try {
        const answer = await agent.request({
          origin: gateways.url,
          path: `/${run}${target}`,
          method: method as "GET",
          headers: { ...headers, ...(host === undefined ? {} : { host }) },
          body: body ?? null,
          signal: limit.signal,
        });
        time.stir();
        fields = answer.headers;
        text = await answer.body.text();
        status = answer.statusCode;
      } catch {
        // Cut off, or without an end.
      } finally {
        late.abort();
        runs.delete(run);
        time.stir();
      }
      return { status, headers: fields, body: text, ms: time.now() - fromMs };
    },
    async close() {
      await agent.destroy();
      await Promise.all([gateways.close(), services.close()]);
    },
  };
}

interface Open {
  readonly url: string;
  close(): Promise<void>;
}

async function open(server: Server): Promise<Open> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
