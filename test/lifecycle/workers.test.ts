import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { atEnd, itMeanwhile } from "../server/support.ts";
import { eventually } from "../support/eventually.ts";
import {
  type Backend,
  buildFixture,
  runServer,
  type ServerProcess,
  send,
  startBackend,
  startLoad,
} from "./support.ts";

let built: Awaited<ReturnType<typeof buildFixture>>;
beforeAll(async () => {
  built = await buildFixture();
});
afterAll(() => built.remove());

interface Served {
  readonly server: ServerProcess;
  readonly url: string;
  readonly backend: Backend;
}

async function serve(workers: number, env: Record<string, string> = {}): Promise<Served> {
  const backend = await startBackend();
  const server = runServer(built.file, { BACKEND_URL: backend.url, ...env }, [
    `--workers=${workers}`,
  ]);
  await server.line("workers started");
  const { url } = (await server.line("listening")) as unknown as { url: string };
  return { server, url, backend };
}

/** Asks on new connections until so many processes have answered. */
async function pidsOf(url: string, count: number): Promise<ReadonlySet<number>> {
  const pids = new Set<number>();
  await eventually(async () => {
    const { text } = await send(`${url}/web/page`).answer;
    pids.add((JSON.parse(text) as { pid: number }).pid);
    expect(pids.size).toBe(count);
  });
  return pids;
}

async function textOf(url: string, headers: Record<string, string> = {}): Promise<string> {
  return (await fetch(url, { headers: { connection: "close", ...headers } })).text();
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** A file whose being there breaks every worker that starts. */
function breaking(): { readonly file: string; happen(): void } {
  const folder = mkdtempSync(join(tmpdir(), "heddle-broken-"));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "broken");
  return { file, happen: () => writeFileSync(file, "") };
}

/** A file that is laid over the configuration. */
function live(): { readonly file: string; write(text: string): void } {
  const folder = mkdtempSync(join(tmpdir(), "heddle-live-"));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "live.json");
  return { file, write: (text) => writeFileSync(file, text) };
}

describe("four workers", () => {
  it("told to stop answer 50 requests under way and all that keep-alive clients go on sending, then end with 0", async () => {
    const { server, url, backend } = await serve(4);
    const load = startLoad(`${url}/fast`, 8);
    const held = Array.from({ length: 25 }, () => send(`${url}/held`));
    const uploads = Array.from({ length: 25 }, () => send(`${url}/upload`, "x".repeat(1_000)));
    await eventually(() => expect(backend.waiting()).toBe(50));
    await eventually(() => expect(load.answered()).toBeGreaterThan(100));
    server.child.kill("SIGTERM");
    await eventually(() => expect(load.refused()).toBe(8));
    backend.release();
    for (const upload of uploads) upload.finish("x".repeat(9_000));
    const answers = await Promise.all([...held, ...uploads].map(({ answer }) => answer));
    expect(answers.map(({ status, text }) => `${status} ${text}`)).toEqual([
      ...Array(25).fill('200 {"from":"backend"}'),
      ...Array(25).fill('200 {"bytes":10000}'),
    ]);
    await load.stop();
    expect([load.lost, load.odd]).toEqual([[], []]);
    expect(await server.ended).toEqual({ code: 0, stderr: "" });
  });

  it("are replaced one by one on SIGHUP without a request lost, reset or refused", async () => {
    const { server, url, backend } = await serve(4);
    const before = await pidsOf(url, 4);
    const load = startLoad(`${url}/fast`, 8);
    const held = Array.from({ length: 50 }, () => send(`${url}/held`));
    await eventually(() => expect(backend.waiting()).toBe(50));
    server.child.kill("SIGHUP");
    await server.line("replaced all workers");
    backend.release();
    const answers = await Promise.all(held.map(({ answer }) => answer));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    await eventually(() => expect([...before].filter(isAlive)).toEqual([]));
    const after = await pidsOf(url, 4);
    expect([...after].filter((pid) => before.has(pid))).toEqual([]);
    await load.stop();
    expect([load.lost, load.odd, load.refused()]).toEqual([[], [], 0]);
    server.child.kill("SIGTERM");
    expect((await server.ended).code).toBe(0);
  });

  it("answer for one another: metrics and the state on the admin page are those of all", async () => {
    const { url } = await serve(4);
    await pidsOf(url, 4);
    for (let count = 0; count < 20; count++) await send(`${url}/fast`).answer;
    await eventually(async () => {
      const metrics = await textOf(`${url}/metrics`);
      expect(metrics).toContain("\nheddle_processes 4\n");
      expect(metrics).toMatch(
        /http_server_request_duration_seconds_count\{method="GET",route="\/fast",status="200"\} 20\n/,
      );
    });
    const headers = { authorization: "Bearer 0123456789abcdef" };
    const state = JSON.parse(await textOf(`${url}/admin/state`, headers)) as { workers: object[] };
    expect(state.workers).toHaveLength(4);
    expect(state.workers[0]).toMatchObject({ phase: "ready", services: { backend: {} } });
  });

  it("that stand still are left out of metrics, after a while", async () => {
    const { url } = await serve(2);
    const [stopped = 0, other = 0] = await pidsOf(url, 2);
    process.kill(stopped, "SIGSTOP");
    onTestFinished(() => void (isAlive(stopped) && process.kill(stopped, "SIGCONT")));
    // Connections in turn: one of two goes to the worker that answers.
    const answers = [textOf(`${url}/metrics`), textOf(`${url}/metrics`)];
    expect(await Promise.race(answers)).toContain("\nheddle_processes 1\n");
    process.kill(stopped, "SIGCONT");
    await Promise.all(answers);
    expect(isAlive(other)).toBe(true);
  });
});

describe("two workers", () => {
  it("stay two when SIGHUP comes again while those before end what is under way", async () => {
    const { server, url, backend } = await serve(2);
    const held = Array.from({ length: 8 }, () => send(`${url}/held`));
    await eventually(() => expect(backend.waiting()).toBe(8));
    for (let nth = 0; nth < 2; nth++) {
      server.child.kill("SIGHUP");
      expect(await server.line("replaced all workers", nth)).toMatchObject({ workers: 2 });
    }
    backend.release();
    const answers = await Promise.all(held.map(({ answer }) => answer));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(server.lines.filter(({ msg }) => msg === "listening")).toHaveLength(6);
  });

  it("stay two when the one that is being replaced dies", async () => {
    const { server, url } = await serve(2);
    const before = await pidsOf(url, 2);
    server.child.kill("SIGHUP");
    await server.line("replacing all workers");
    // The first to be started is the first to be replaced.
    process.kill(Math.min(...before), "SIGKILL");
    await server.line("replaced all workers");
    await eventually(() => expect([...before].filter(isAlive)).toEqual([]));
    server.child.kill("SIGHUP");
    expect(await server.line("replaced all workers", 1)).toMatchObject({ workers: 2 });
  });
});

describe("a worker", () => {
  it("that dies is replaced", async () => {
    const { server, url } = await serve(2);
    const [victim = 0, other = 0] = await pidsOf(url, 2);
    process.kill(victim, "SIGKILL");
    expect(await server.line("a worker has died")).toMatchObject({
      level: "error",
      worker: victim,
      signal: "SIGKILL",
    });
    await server.line("listening", 2);
    const now = await pidsOf(url, 2);
    expect([now.has(victim), now.has(other)]).toEqual([false, true]);
  });

  it("that cannot start, as the first of all, ends the server with its exit code", async () => {
    const { file, happen } = breaking();
    happen();
    const server = runServer(built.file, {
      BACKEND_URL: "http://127.0.0.1:9",
      WORKERS: "2",
      BROKEN: file,
    });
    expect((await server.ended).code).toBe(3);
    expect(server.lines.filter(({ msg }) => msg === "a worker has died")).toHaveLength(1);
  });

  it("that cannot start in the place of another leaves that in its place", async () => {
    const { file, happen } = breaking();
    const { server, url } = await serve(2, { BROKEN: file });
    const before = await pidsOf(url, 2);
    happen();
    server.child.kill("SIGHUP");
    await server.line("not replaced: a new worker did not start");
    expect(await pidsOf(url, 2)).toEqual(before);
  });

  it("whose primary process is killed ends what is under way, and then itself", async () => {
    const { server, url, backend } = await serve(2);
    const pids = await pidsOf(url, 2);
    const held = Array.from({ length: 10 }, () => send(`${url}/held`));
    await eventually(() => expect(backend.waiting()).toBe(10));
    const killed = once(server.child, "exit");
    server.child.kill("SIGKILL");
    await killed;
    backend.release();
    const answers = await Promise.all(held.map(({ answer }) => answer));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    await eventually(() => expect([...pids].filter(isAlive)).toEqual([]));
  });
});

describe("one of two workers that dies", () => {
  itMeanwhile("at once again and again ends the server with 1, the others in order", async () => {
    const { file, happen } = breaking();
    const { server, url, backend } = await serve(2, { BROKEN: file });
    const [victim = 0, other = 0] = await pidsOf(url, 2);
    happen();
    process.kill(victim, "SIGKILL");
    await server.line("workers die at once again and again: giving up");
    backend.release();
    expect((await server.ended).code).toBe(1);
    expect(isAlive(other)).toBe(false);
  });

  itMeanwhile(
    "while the live file is wrong is replaced when that is mended, and the other goes on",
    async () => {
      const { file, write } = live();
      write("{}");
      const { server, url } = await serve(2, { HEDDLE_CONFIG: file });
      const [victim = 0, other = 0] = await pidsOf(url, 2);
      write('{ "server": { "grace": "soon" } }');
      await server.line("not reloaded: the configuration is invalid", 1);
      process.kill(victim, "SIGKILL");
      await server.line("not replaced: the configuration is invalid");
      expect([...(await pidsOf(url, 1))]).toEqual([other]);
      write("{}");
      expect((await pidsOf(url, 2)).has(other)).toBe(true);
    },
  );
});

describe("a number of workers", () => {
  it("that is none ends with 4, told once", async () => {
    const server = runServer(built.file, { BACKEND_URL: "http://127.0.0.1:9", WORKERS: "many" });
    expect(await server.ended).toEqual({
      code: 4,
      stderr:
        'the configuration has a problem:\n\n  environment WORKERS is not a number of workers\n    value: "many"\n    cure:  write a whole number from 1 to 1024, or "auto"\n',
    });
  });
});
