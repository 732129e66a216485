/** What the tests of the outbound side share: contexts, services that record, sockets that misbehave. */
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import { compileServiceRules } from "../../src/config/service-rules.ts";
import type { RequestContext } from "../../src/core/context.ts";
import { createDeadline } from "../../src/core/deadline.ts";
import type { BoundOperation } from "../../src/upstream/bound-client.ts";
import type { CallEvent } from "../../src/upstream/events.ts";
import type { OperationPlan } from "../../src/upstream/plan.ts";
import {
  createServices,
  type Services,
  type ServicesOptions,
} from "../../src/upstream/services.ts";
import type { ServiceSettings } from "../../src/upstream/settings.ts";

/** A request of a client, with a deadline that is freed when the test ends. */
export function createContext({
  deadlineMs = 5_000,
  ...more
}: Partial<RequestContext> & { deadlineMs?: number } = {}): RequestContext {
  const deadline = createDeadline(deadlineMs);
  onTestFinished(() => deadline.dispose());
  const quiet = (): void => undefined;
  return {
    id: "test",
    deadline,
    headers: {},
    degradations: [],
    calls: new Map(),
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    part: "",
    ...more,
  };
}

/** A request as it came over the wire. */
export interface Recorded {
  readonly method: string;
  readonly target: string;
  /** Lower-case names, without those of the connection (`host`, `connection`). */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Recorder {
  readonly url: string;
  readonly requests: Recorded[];
}

type Respond = (request: Recorded, response: ServerResponse, message: IncomingMessage) => void;

const HOP: ReadonlySet<string> = new Set(["host", "connection"]);

/** A service that records what it is asked. Bodies are recorded as Latin-1, so that every byte can be told. */
export async function startRecorder(respond: Respond = noContent): Promise<Recorder> {
  const requests: Recorded[] = [];
  const server = createHttpServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on("data", (chunk: Buffer) => chunks.push(chunk));
    message.on("end", () => {
      const names = message.rawHeaders.filter((_, index) => index % 2 === 0);
      const fields = names.map((name, index) => [
        name.toLowerCase(),
        message.rawHeaders[2 * index + 1],
      ]);
      const request: Recorded = {
        method: message.method ?? "",
        target: message.url ?? "",
        headers: Object.fromEntries(fields.filter(([name = ""]) => !HOP.has(name))),
        body: Buffer.concat(chunks).toString("latin1"),
      };
      requests.push(request);
      respond(request, response, message);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

function noContent(_request: Recorded, response: ServerResponse): void {
  response.writeHead(204).end();
}

/** Answers everything with this JSON. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Respond {
  return (_request, response) => {
    response
      .writeHead(status, { "content-type": "application/json", ...headers })
      .end(JSON.stringify(body));
  };
}

export interface RawServer {
  readonly url: string;
  /** Those that were asked something: after an attempt is given up, undici opens an idle one in its place. */
  readonly sockets: Set<Socket>;
}

/** A service of bare sockets: `talk` is called once a connection, when the head of the first request is there. */
export async function startSocket(talk: (socket: Socket) => void): Promise<RawServer> {
  const all = new Set<Socket>();
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    all.add(socket);
    socket.on("close", () => {
      all.delete(socket);
      sockets.delete(socket);
    });
    socket.on("error", () => undefined);
    socket.once("data", () => {
      sockets.add(socket);
      talk(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of all) socket.destroy();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, sockets };
}

/** Where nobody listens. */
export async function closedUrl(): Promise<string> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

export const settingsOf = (url: string, more: Partial<ServiceSettings> = {}): ServiceSettings => ({
  url,
  timeoutMs: 2_000,
  concurrency: 64,
  maxAnswerBytes: 1_000_000,
  forward: [],
  headers: {},
  // Without the field whose value is another for every call.
  ...compileServiceRules({ deadlineHeader: false }),
  ...more,
});

/** A plan with the tedious parts filled in. */
export function planOf(more: Partial<OperationPlan> = {}): OperationPlan {
  return { name: "op", method: "GET", template: "/op", path: ["/op"], answers: {}, ...more };
}

/** A plan whose 200 is JSON. */
export function jsonPlan(more: Partial<OperationPlan> = {}): OperationPlan {
  return planOf({
    accept: "application/json",
    answers: { "200": { "application/json": "json" } },
    ...more,
  });
}

export interface Connected {
  readonly services: Services;
  readonly events: CallEvent[];
  /** An operation of the service `svc`, bound to a context. */
  operation(context: RequestContext, name?: string): BoundOperation;
}

/** The outbound side with one service, `svc`, closed when the test ends. */
export function connect(
  url: string,
  plans: OperationPlan | readonly OperationPlan[],
  more: Partial<ServiceSettings> = {},
  options: ServicesOptions = {},
): Connected {
  const events: CallEvent[] = [];
  const list = Array.isArray(plans)
    ? (plans as readonly OperationPlan[])
    : [plans as OperationPlan];
  const operations = Object.fromEntries(list.map((plan) => [plan.name, plan]));
  const services = createServices(
    [{ name: "svc", operations }],
    { svc: settingsOf(url, more) },
    { call: (event) => void events.push(event) },
    options,
  );
  onTestFinished(() => services.close());
  return {
    services,
    events,
    operation: (context, name = list[0]?.name ?? "") =>
      services.bind(context).svc?.[name] as BoundOperation,
  };
}

/** The error of a promise that must reject. */
export async function failureOf(
  promise: Promise<unknown>,
): Promise<Record<string, unknown> & Error> {
  return promise.then(
    (value) => {
      throw new Error(`resolved to ${JSON.stringify(value)}`);
    },
    (error: unknown) => error as Record<string, unknown> & Error,
  );
}
