/** What the tests of stops and reloads share: a built server as a child process, its service, and clients that go on sending. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent as HttpAgent, type IncomingMessage, request, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { Agent as UndiciAgent } from "undici";
import { vi } from "vitest";
import { atEnd, startServer } from "../server/support.ts";
import { eventually } from "../support/eventually.ts";

// Processes start slowly on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** Builds the fixture into a folder, removed by `remove`. */
export async function buildFixture(): Promise<{ readonly file: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), "heddle-lifecycle-"));
  const file = join(folder, "server.mjs");
  const bundle = await rolldown({
    // Koa's own dependencies use eval, which is not ours to be warned of.
    logLevel: "silent",
    input: "test/lifecycle/fixtures/server.ts",
    platform: "node",
    tsconfig: "tsconfig.json",
  });
  await bundle.write({ file, format: "esm", codeSplitting: false });
  await bundle.close();
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export type Line = Readonly<Record<string, unknown>>;

export interface ServerProcess {
  readonly child: ChildProcess;
  readonly lines: readonly Line[];
  /** The first line whose message is this, or the one after as many; now or later. */
  line(message: string, nth?: number): Promise<Line>;
  /** When it has ended: its exit code, and all of stderr. */
  readonly ended: Promise<{ readonly code: number | null; readonly stderr: string }>;
  stderr(): string;
}

/** Runs a built server; killed when the test is over. */
export function runServer(
  file: string,
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): ServerProcess {
  const child = spawn(process.execPath, [file, ...args], {
    env: { PORT: "0", HOST: "127.0.0.1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  atEnd(() => void child.kill("SIGKILL"));
  const lines: Line[] = [];
  let stderr = "";
  let rest = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const texts = (rest + text).split("\n");
    rest = texts.pop() ?? "";
    lines.push(...texts.map((one) => JSON.parse(one) as Line));
  });
  const ended = new Promise<{ code: number | null; stderr: string }>((resolve) =>
    child.on("close", (code) => resolve({ code, stderr })),
  );
  return {
    child,
    lines,
    ended,
    stderr: () => stderr,
    line: (message, nth = 0) =>
      eventually(() => {
        const found = lines.filter(({ msg }) => msg === message)[nth];
        if (found !== undefined) return found;
        throw new Error(`no line "${message}" in:\n${lines.map(String).join("\n")}\n${stderr}`);
      }),
  };
}

/** A service that answers, holds back, streams and takes uploads. */
export interface Backend {
  readonly url: string;
  /** Requests that wait for {@link Backend.release}. */
  readonly waiting: () => number;
  /** Requests answered so far, by path. */
  readonly count: (path: string) => number;
  release(): void;
}

export async function startBackend(name = "backend"): Promise<Backend> {
  const held: (() => void)[] = [];
  const counts = new Map<string, number>();
  let isHolding = true;
  const whenReleased = (finish: () => void): void => {
    if (isHolding) held.push(finish);
    else finish();
  };
  const { url } = await startServer((req: IncomingMessage, res: ServerResponse) => {
    const path = req.url ?? "";
    counts.set(path, (counts.get(path) ?? 0) + 1);
    const json = { "content-type": "application/json" };
    if (path === "/held") {
      whenReleased(() => res.writeHead(200, json).end(JSON.stringify({ from: name })));
    } else if (path === "/stream") {
      res.writeHead(200, json).write('{"half":1,');
      whenReleased(() => res.end('"whole":2}'));
    } else if (path === "/upload") {
      let bytes = 0;
      req.once("data", () => whenReleased(() => undefined));
      req.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
      });
      req.on("end", () => res.writeHead(200, json).end(JSON.stringify({ bytes })));
    } else {
      res.writeHead(200, json).end(JSON.stringify({ from: name }));
    }
  });
  return {
    url,
    waiting: () => held.length,
    count: (path) => counts.get(path) ?? 0,
    release() {
      isHolding = false;
      for (const finish of held.splice(0)) finish();
    },
  };
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly connection: string | undefined;
}

export interface Sending {
  readonly answer: Promise<Answer>;
  /** Sends the rest of the body. */
  finish(rest: string): void;
}

/** One request on a connection of its own, kept alive. `begin`: the first part of a body whose rest is sent later. */
export function send(url: string, begin?: string, agent: HttpAgent | false = false): Sending {
  const sending = request(url, {
    agent,
    method: begin === undefined ? "GET" : "POST",
    headers: {
      connection: "keep-alive",
      ...(begin === undefined ? {} : { "content-type": "application/octet-stream" }),
    },
  });
  const answer = new Promise<Answer>((resolve, reject) => {
    sending.on("error", reject);
    sending.on("response", (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("error", reject);
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          text,
          connection: response.headers.connection,
        }),
      );
    });
  });
  // Looked at later.
  answer.catch(() => undefined);
  if (begin === undefined) sending.end();
  else sending.write(begin);
  return { answer, finish: (rest) => void sending.end(rest) };
}

/** What became of the requests of clients that go on sending. */
export interface Load {
  /** Answered whole, with 200. */
  readonly answered: () => number;
  /** Whatever else was answered. */
  readonly odd: string[];
  /** Sent and not answered: reset, closed, cut off. */
  readonly lost: string[];
  /** Clients that have been refused a new connection, and gave up. */
  readonly refused: () => number;
  /** Resolves when every client has had its last answer. */
  stop(): Promise<void>;
}

/**
 * Starts clients that keep their connections alive and send one request after the other: half of them through the agent
 * of Node.js, half through undici's. Neither sends anything twice.
 */
export function startLoad(url: string, clients: number): Load {
  let answered = 0;
  let refused = 0;
  let isOn = true;
  const odd: string[] = [];
  const lost: string[] = [];
  async function run(ask: () => Promise<number>, close: () => unknown): Promise<void> {
    while (isOn) {
      try {
        const status = await ask();
        if (status === 200) answered++;
        else odd.push(String(status));
      } catch (error) {
        const { code = "", message, cause } = error as NodeJS.ErrnoException;
        if (code === "ECONNREFUSED") {
          refused++;
          break;
        }
        lost.push(`${code} ${message} ${String(cause ?? "")}`);
      }
    }
    await close();
  }
  const running = Array.from({ length: clients }, (_, index) => {
    if (index % 2 === 0) {
      const agent = new HttpAgent({ keepAlive: true, maxSockets: 1 });
      return run(
        async () => (await send(url, undefined, agent).answer).status,
        () => agent.destroy(),
      );
    }
    const agent = new UndiciAgent({ connections: 1 });
    const { origin, pathname } = new URL(url);
    return run(
      async () => {
        const { statusCode, body } = await agent.request({ origin, path: pathname, method: "GET" });
        await body.text();
        return statusCode;
      },
      () => agent.destroy(),
    );
  });
  return {
    answered: () => answered,
    refused: () => refused,
    odd,
    lost,
    async stop() {
      isOn = false;
      await Promise.all(running);
    },
  };
}
