/** A service that is not there: one HTTP server that answers as its document says. */
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { ServiceModel } from "../gen/model.ts";
import { answerRequest, createResponder } from "./answer-request.ts";
import type { Fault } from "./prefer.ts";
import { problemOf } from "./problem.ts";

export interface MockOptions {
  /** Samples, ids and faults follow from it. Default 1. */
  readonly seed?: number;
  /** Every answer waits this many milliseconds. Default 0. */
  readonly latencyMs?: number;
  /** And up to this many more, by chance. Default 0. */
  readonly jitterMs?: number;
  /** How many of the requests go wrong, 0 to 1, and how; `error` is an answer 503. Default: none; `["error"]`. */
  readonly faults?: { readonly rate: number; readonly kinds?: readonly (Fault | "error")[] };
  /** Whether what is created, changed and removed is remembered. Default true. */
  readonly stateful?: boolean;
  /** Larger bodies are refused with 413. Default 20 MiB. */
  readonly maxBodyBytes?: number;
  /** Milliseconds between the pieces of a `Prefer: fault=slow` answer. Default 100. */
  readonly dripMs?: number;
  /** Called once a request, before its answer is written. */
  readonly onRequest?: (request: MockRequest) => void;
  /** Resolves after this long, or at once when the signal is aborted. Default: timers. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** One request, and what became of it. */
export interface MockRequest {
  readonly service: string;
  readonly method: string;
  /** Path and query, as they came. */
  readonly target: string;
  /** Absent: no operation has this path and method. */
  readonly operation?: string;
  readonly status: number;
  readonly fault?: Fault;
  /** What was wrong with the request. */
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

export interface Mock {
  readonly service: string;
  /** For a server of one's own. */
  callback(): RequestListener;
  /** @param at.host default 127.0.0.1; port 0 takes any free one. */
  listen(at?: {
    readonly port?: number;
    readonly host?: string;
  }): Promise<{ readonly url: string; readonly port: number }>;
  /** Ends open requests, too. */
  close(): Promise<void>;
}

const quietSleep = async (ms: number, signal: AbortSignal): Promise<void> => {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
};

/** Compiles nothing until the first request: a mock of a thousand operations is up at once. */
export function createMock(model: ServiceModel, options: MockOptions = {}): Mock {
  const responder = createResponder(model, { wait: quietSleep, ...options });
  let server: Server | undefined;

  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    answerRequest(responder, request, response, gone.signal).catch((error: unknown) => {
      // A caller that left takes its socket with it; everything else is a fault of the mock, and says so.
      if (response.headersSent || response.destroyed) {
        response.destroy();
        return;
      }
      const detail = `the mock failed: ${error instanceof Error ? error.message : String(error)}`;
      const { status, headers, body } = problemOf({ status: 500, details: { detail } });
      response.writeHead(status, headers).end(body);
    });
  };

  return {
    service: model.name,
    callback: () => listener,
    listen: async ({ port = 0, host = "127.0.0.1" } = {}) => {
      const made = createServer(listener);
      server = made;
      await new Promise<void>((resolve, reject) => {
        made.once("error", reject);
        made.listen(port, host, () => resolve());
      });
      const { port: bound } = made.address() as AddressInfo;
      return { url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`, port: bound };
    },
    close: async () => {
      const closing = server;
      server = undefined;
      if (closing === undefined) return;
      await new Promise<void>((resolve) => {
        closing.close(() => resolve());
        closing.closeAllConnections();
      });
    },
  };
}
