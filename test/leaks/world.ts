/** A gateway with every kind of route, in front of a service that answers with whoever it was called for. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { composed, createCompose, createGateway, defineService, type Log, proxied } from "heddle";
import { plan } from "../server/support.ts";
import type { Ask, Manner, RouteName, Scenario } from "./scenario.ts";

/** What the service has seen of its caller. */
export type Seen = Readonly<Record<string, string>>;

/** What comes back for one request. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly cacheStatus: string;
}

export interface World {
  ask(ask: Ask): Promise<Reply>;
  fail(fails: boolean): void;
  close(): Promise<void>;
}

export const CREDENTIALS = ["authorization", "cookie", "x-tenant"] as const;

const OPERATIONS = ["who", "whoMasked", "whoPublic"] as const;
const operations = Object.fromEntries(
  OPERATIONS.map((name) => [name, plan(name, "GET", `/${name}/{id}`)]),
);

type Who = (input: object, options?: object) => Promise<{ seen: Seen }>;
const compose = createCompose<{ readonly service: Record<(typeof OPERATIONS)[number], Who> }>();

const PATHS: Readonly<Record<RouteName, string>> = {
  composed: "/composed",
  "composed-cached": "/composed-cached",
  "composed-cached-reading": "/composed-cached-reading",
  "composed-public-reading": "/composed-public-reading",
  "composed-masked": "/composed-masked",
  "composed-call-cached": "/composed-call-cached",
  relayed: "/relayed/who",
  "relayed-masked": "/relayed/whoMasked",
  "relayed-public": "/relayed/whoPublic",
};

const composers = [
  compose.get("/composed/{id}", ({ path, services }) => services.service.who({ path })),
  compose.get(
    "/composed-cached/{id}",
    { cache: { ttl: "1m", stale: "1m" } },
    ({ path, services }) => ({
      seen: async () => (await services.service.who({ path })).seen,
    }),
  ),
  compose.get(
    "/composed-cached-reading/{id}",
    { cache: "1m" },
    async ({ path, header, services }) => {
      const { seen } = await services.service.who({ path });
      return { seen, read: header["x-read"] ?? null };
    },
  ),
  compose.get(
    "/composed-public-reading/{id}",
    { cache: { ttl: "1m", public: "says nothing of its caller but what it reads" } },
    async ({ path, request, services }) => {
      await services.service.who({ path });
      return { read: request.headers["x-read"] ?? null };
    },
  ),
  compose.get("/composed-masked/{id}", ({ path, services }) =>
    services.service.who({ path }, { stale: "1m" }),
  ),
  compose.get("/composed-call-cached/{id}", ({ path, services }) =>
    services.service.who({ path }, { cache: { ttl: "1m", stale: "1m" } }),
  ),
];

const quiet: Log & { child(): Log } = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => quiet,
};

export async function createWorld({ forward, manners }: Scenario): Promise<World> {
  let isFailing = false;
  const service = createServer((req, res) => {
    const id = Number(req.url?.split("/").at(-1));
    const { turns, ...fields } = manners[id] ?? {
      turns: 0,
      cacheControl: undefined,
      vary: undefined,
    };
    // Decided when it is asked, not when it answers.
    const answer = isFailing ? fail : tell;
    later(turns, () => answer(req, res, fields));
  });
  await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));
  const { port } = service.address() as AddressInfo;
  const gateway = createGateway(
    {
      services: {
        service: {
          document: "service.json",
          url: `http://127.0.0.1:${port}`,
          forward,
          retry: false,
          breaker: false,
          operations: {
            whoMasked: { stale: "1m" },
            whoPublic: { cache: { ttl: "1m", public: "the same for all" } },
          },
        },
      },
      server: { drainDelay: "0s" },
    },
    {
      services: [defineService("service", operations)],
      routes: [
        ...composers.map((composer) => composed("web", "composer.ts", composer)),
        ...Object.values(operations).map((operation) => proxied("service", operation, "/relayed")),
      ],
    },
    { env: {}, log: quiet },
  );
  const { url } = await gateway.listen({ port: 0, host: "127.0.0.1" });

  return {
    async ask({ route, id, caller }) {
      const fields = Object.entries(caller).filter(([, value]) => value !== undefined);
      const answer = await fetch(`${url}${PATHS[route]}/${id}`, {
        headers: Object.fromEntries(fields) as Record<string, string>,
      });
      const text = await answer.text();
      return {
        status: answer.status,
        body: text === "" ? undefined : JSON.parse(text),
        cacheStatus: answer.headers.get("cache-status") ?? "",
      };
    },
    fail(fails) {
      isFailing = fails;
    },
    async close() {
      await gateway.close();
      service.closeAllConnections();
      await new Promise((resolve) => service.close(resolve));
    },
  };
}

type Fields = Pick<Manner, "cacheControl" | "vary">;

function tell(req: IncomingMessage, res: ServerResponse, { cacheControl, vary }: Fields): void {
  const seen = CREDENTIALS.flatMap((name) => {
    const value = req.headers[name];
    return value === undefined ? [] : [[name, value]];
  });
  res.setHeader("content-type", "application/json");
  if (cacheControl !== undefined) res.setHeader("cache-control", cacheControl);
  if (vary !== undefined) res.setHeader("vary", vary);
  res.end(JSON.stringify({ seen: Object.fromEntries(seen) }));
}

function fail(_: IncomingMessage, res: ServerResponse): void {
  res.writeHead(500, { "content-type": "application/json" }).end("{}");
}

function later(turns: number, then: () => void): void {
  if (turns === 0) then();
  else setImmediate(() => later(turns - 1, then));
}
