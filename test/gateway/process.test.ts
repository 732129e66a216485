import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, open, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, expect, it } from "vitest";

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "heddle-serve-"));
  file = join(folder, "server.mjs");
  // Koa's own dependencies use eval, which is not ours to be warned of.
  const bundle = await rolldown({
    logLevel: "silent",
    input: "test/gateway/fixtures/server.ts",
    platform: "node",
    tsconfig: "tsconfig.json",
  });
  await bundle.write({ file, format: "esm", codeSplitting: false });
  await bundle.close();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Run {
  readonly child: ChildProcess;
  readonly lines: Record<string, unknown>[];
  /** Resolves with the first line of the log whose message is this. */
  line(message: string): Promise<Record<string, unknown>>;
  /** Resolves with code and stderr. */
  ended: Promise<{ code: number | null; stderr: string }>;
}

function run(env: Record<string, string>): Run {
  const child = spawn(process.execPath, [file], { env, stdio: ["ignore", "pipe", "pipe"] });
  const lines: Record<string, unknown>[] = [];
  let stderr = "";
  let rest = "";
  let check = (): void => {};
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const texts = (rest + text).split("\n");
    rest = texts.pop() ?? "";
    lines.push(...texts.map((one) => JSON.parse(one) as Record<string, unknown>));
    check();
  });
  return {
    child,
    lines,
    line: (message) =>
      new Promise((resolve) => {
        check = () => {
          const found = lines.find(({ msg }) => msg === message);
          if (found !== undefined) resolve(found);
        };
        check();
      }),
    ended: new Promise((resolve) => child.on("close", (code) => resolve({ code, stderr }))),
  };
}

it("a built server logs JSON lines, answers, stops on SIGTERM with everything written, and ends with 0", async () => {
  const { child, lines, line, ended } = run({
    PORT: "0",
    HOST: "127.0.0.1",
    ORDERS_URL: "http://127.0.0.1:9",
  });
  const { url } = await line("listening");
  const answer = await fetch(`${String(url)}/web/hello`);
  expect(await answer.json()).toBe("hello");
  child.kill("SIGTERM");
  expect(await ended).toEqual({ code: 0, stderr: "" });
  expect(lines.map(({ msg }) => msg)).toEqual(["listening", "request", "stopping", "stopped"]);
  expect(lines[1]).toEqual({
    level: "info",
    time: expect.any(Number),
    id: answer.headers.get("x-request-id"),
    method: "GET",
    route: "/web/hello",
    path: "/web/hello",
    status: 200,
    durationMs: expect.any(Number),
    bytes: 7,
    frontend: "web",
    msg: "request",
  });
});

it("a built server is silent at LOG_LEVEL=silent, and ends with 0 on SIGINT", async () => {
  const { child, lines, ended } = run({
    PORT: "0",
    HOST: "127.0.0.1",
    ORDERS_URL: "http://127.0.0.1:9",
    LOG_LEVEL: "silent",
    SIGNAL_READY: "1",
  });
  await new Promise((resolve) => child.stderr?.once("data", resolve));
  child.kill("SIGINT");
  expect(await ended).toEqual({ code: 0, stderr: "ready\n" });
  expect(lines).toEqual([]);
});

it("a built server whose stdout nobody reads any more still answers and stops", async () => {
  const { child, line, ended } = run({
    PORT: "0",
    HOST: "127.0.0.1",
    ORDERS_URL: "http://127.0.0.1:9",
  });
  const { url } = await line("listening");
  child.stdout?.destroy();
  for (let count = 0; count < 3; count++)
    expect((await fetch(`${String(url)}/web/hello`)).status).toBe(200);
  child.kill("SIGTERM");
  expect(await ended).toEqual({ code: 0, stderr: "" });
});

it.skipIf(!existsSync("/dev/full"))(
  "a built server whose stdout is a full disk still answers and stops",
  async () => {
    const free = createServer().listen(0, "127.0.0.1");
    await once(free, "listening");
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    const env = {
      PORT: String(port),
      HOST: "127.0.0.1",
      ORDERS_URL: "http://127.0.0.1:9",
      SIGNAL_READY: "1",
    };
    const full = await open("/dev/full", "w");
    const child = spawn(process.execPath, [file], { env, stdio: ["ignore", full.fd, "pipe"] });
    const ended = once(child, "exit");
    await once(child.stderr as Readable, "data");
    for (let count = 0; count < 3; count++)
      expect((await fetch(`http://127.0.0.1:${port}/web/hello`)).status).toBe(200);
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
    await full.close();
  },
);

it("a built server without its variables ends with 4", async () => {
  const { ended } = run({ PORT: "0" });
  expect(await ended).toEqual({
    code: 4,
    stderr:
      "the configuration has a problem:\n\n  services.orders.url needs the environment's variable ORDERS_URL, which is not set\n    cure:  set ORDERS_URL, or give env() a fallback\n",
  });
});
