/** What the server's tests share: a service that answers as told, a gateway in front of it, and raw connections. */
import { AsyncLocalStorage } from "node:async_hooks";
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import {
  createCompose,
  createGateway,
  defineService,
  type Gateway,
  type OperationPlan,
  type RouteDefinition,
} from "heddle";
import { afterEach, it } from "vitest";
import type { GatewayConfig } from "../../src/config/gateway-config.ts";
import type { ParentLog } from "../../src/server/inbound.ts";

type Endings = (() => unknown)[];

const endings: Endings = [];
const ownEndings = new AsyncLocalStorage<Endings>();
afterEach(() => runEndings(endings));

/** Runs when the test is over, last registered first. */
export function atEnd(end: () => unknown): void {
  (ownEndings.getStore() ?? endings).push(end);
}

/** A test that runs at the same time as its neighbours of this kind: it waits for the clock. What it gives to {@link atEnd} is its own. */
export function itMeanwhile(name: string, test: () => Promise<void>): void {
  it.concurrent(name, () => {
    const own: Endings = [];
    return ownEndings.run(own, () => test().finally(() => runEndings(own)));
  });
}

async function runEndings(list: Endings): Promise<void> {
  for (const end of list.splice(0).reverse()) await end();
}

/** Starts a server on a free port and gives its address. */
export async function startServer(
  listener: RequestListener,
): Promise<{ url: string; server: Server }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  atEnd(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

/** A plan for `method` and `template`, JSON in and out. */
export function plan(
  name: string,
  method: string,
  template: string,
  more: Partial<OperationPlan> = {},
): OperationPlan {
  const path = template
    .split(/(\{[^}]+\})/)
    .filter((text) => text !== "")
    .map((text) =>
      text.startsWith("{")
        ? {
            name: text.slice(1, -1),
            style: "simple" as const,
            explode: false,
            required: true as const,
          }
        : text,
    );
  return {
    name,
    method,
    template,
    path,
    accept: "application/json",
    answers: { "200": { "application/json": "json" } },
    ...more,
  };
}

export interface LoggedLine {
  readonly level: string;
  readonly message: string;
  readonly [field: string]: unknown;
}

/** A log that keeps its lines. */
export function recordingLog(
  lines: LoggedLine[] = [],
  bound: object = {},
): ParentLog & { lines: LoggedLine[] } {
  const write = (level: string) => (fields: object, message: string) => {
    lines.push({ ...bound, ...fields, level, message });
  };
  return {
    lines,
    debug: write("debug"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
    child: (fields) => recordingLog(lines, { ...bound, ...fields }),
  };
}

/** What was logged as somebody's fault. */
export function faults(lines: readonly LoggedLine[]): readonly LoggedLine[] {
  return lines.filter(({ level }) => level === "warn" || level === "error");
}

/** The access log. */
export function requests(lines: readonly LoggedLine[]): readonly LoggedLine[] {
  return lines.filter(({ message }) => message === "request");
}

/** Something that happens once, to be waited for. */
export interface Signal {
  readonly happened: Promise<void>;
  happen(): void;
}

export function signal(): Signal {
  let happen = (): void => {};
  const happened = new Promise<void>((resolve) => {
    happen = resolve;
  });
  return { happened, happen: () => happen() };
}

export interface ShopServices {
  readonly orders: {
    getOrder(input: { path: { orderId: string } }, options?: object): Promise<unknown>;
    slow(input?: object, options?: object): Promise<unknown>;
  };
}

export const compose = createCompose<ShopServices>();

export const operations = {
  getOrder: plan("getOrder", "GET", "/orders/{orderId}"),
  putOrder: plan("putOrder", "PUT", "/orders/{orderId}"),
  slow: plan("slow", "GET", "/slow"),
};

export interface Setup {
  readonly routes: readonly RouteDefinition[];
  /** The service. Default: 200 with `{}`. */
  readonly service?: (req: IncomingMessage, res: ServerResponse) => void;
  readonly server?: GatewayConfig["server"];
  readonly frontends?: GatewayConfig["frontends"];
  /** Routes of the configuration. */
  readonly configured?: GatewayConfig["routes"];
  readonly orders?: Partial<GatewayConfig["services"][string]>;
  readonly env?: Record<string, string>;
}

export interface Running {
  readonly gateway: Gateway;
  /** What it was created with. */
  readonly config: GatewayConfig;
  readonly url: string;
  readonly port: number;
  readonly lines: LoggedLine[];
  /** The service's own server. */
  readonly service: Server;
}

/** A gateway with one service, `orders`, listening on a free port. */
export async function startGateway({
  routes,
  service = answerEmpty,
  server,
  frontends,
  configured,
  orders,
  env = {},
}: Setup): Promise<Running> {
  const { url: serviceUrl, server: serviceServer } = await startServer(service);
  const log = recordingLog();
  const config: GatewayConfig = {
    // Limits beyond the patience of any test, so that nothing passes because a limit came to its help.
    services: {
      orders: { document: "specs/orders.json", url: serviceUrl, timeout: "5m", ...orders },
    },
    server: { deadline: "5m", grace: "5m", drainDelay: "0s", ...server },
    ...(frontends === undefined ? {} : { frontends }),
    ...(configured === undefined ? {} : { routes: configured }),
  };
  const gateway = createGateway(
    config,
    { services: [defineService("orders", operations)], routes },
    { env, log },
  );
  const { port, url } = await gateway.listen({ port: 0, host: "127.0.0.1" });
  atEnd(() => gateway.close());
  return { gateway, config, url, port, lines: log.lines, service: serviceServer };
}

function answerEmpty(_req: IncomingMessage, res: ServerResponse): void {
  res.writeHead(200, { "content-type": "application/json" }).end("{}");
}

export interface RawConnection {
  readonly socket: Socket;
  /** Everything received so far, as Latin-1. */
  text(): string;
  write(text: string): void;
  /** Resolves when what was received matches; rejects when the connection ends before. */
  until(pattern: RegExp): Promise<string>;
  /** As `until`, but what was received before does not count. */
  next(pattern: RegExp): Promise<string>;
  /** Resolves with everything when the connection is closed. */
  closed(): Promise<string>;
}

/** A connection on which a test writes bytes as it likes. */
export async function rawConnection(port: number): Promise<RawConnection> {
  const socket = connect({ port, host: "127.0.0.1" });
  let received = "";
  let isClosed = false;
  let check = (): void => {};
  socket.setEncoding("latin1");
  socket.on("data", (text: string) => {
    received += text;
    check();
  });
  socket.on("error", () => {});
  socket.on("close", () => {
    isClosed = true;
    check();
  });
  await new Promise<void>((resolve) => socket.once("connect", resolve));
  atEnd(() => socket.destroy());
  const wait = (isDone: () => boolean, orElse: () => boolean): Promise<string> =>
    new Promise((resolve, reject) => {
      check = () => {
        if (isDone()) resolve(received);
        else if (orElse()) reject(new Error(`the connection closed after: ${received}`));
      };
      check();
    });
  return {
    socket,
    text: () => received,
    write: (text) => void socket.write(text, "latin1"),
    until: (pattern) =>
      wait(
        () => pattern.test(received),
        () => isClosed,
      ),
    next: (pattern) => {
      received = "";
      return wait(
        () => pattern.test(received),
        () => isClosed,
      );
    },
    closed: () =>
      wait(
        () => isClosed,
        () => false,
      ),
  };
}

/** Sends one request as written, with `Connection: close`, and gives all that comes back. */
export async function rawRequest(port: number, head: string, body = ""): Promise<string> {
  const connection = await rawConnection(port);
  connection.write(
    `${head
      .trim()
      .split("\n")
      .map((line) => line.trim())
      .join("\r\n")}\r\nConnection: close\r\n\r\n${body}`,
  );
  return connection.closed();
}
