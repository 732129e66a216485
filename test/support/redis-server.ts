/** A Redis server of a test file's own: a real one, on a free port, without files; ended by its process id. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { createClient } from "@redis/client";

/** Where `redis-server` is: on the PATH. Undefined: there is none. */
function findRedisServer(): string | undefined {
  const { status } = spawnSync("redis-server", ["--version"], { stdio: "ignore" });
  return status === 0 ? "redis-server" : undefined;
}

const command = findRedisServer();

/** Why tests against Redis are skipped; undefined: they are not. */
export const noRedis: string | undefined =
  command === undefined
    ? "there is no redis-server on the PATH: install it (apt-get install redis-server) to run these tests"
    : undefined;

// In words, because the names of skipped tests are not shown.
if (noRedis !== undefined) console.warn(`tests against Redis are skipped: ${noRedis}`);

/** For the names of tests: says why they are skipped. */
export const withRedis = (name: string, reason = noRedis): string =>
  reason === undefined ? name : `${name} (skipped: ${reason})`;

export interface RedisServer {
  readonly port: number;
  readonly url: string;
  /** A command for the server itself, past every proxy; bulk strings as text. */
  send(...args: string[]): Promise<unknown>;
  /** Ends the process as a crash does. */
  kill(): Promise<void>;
  /** The same server again, empty, on the same port. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** A server on which a test has only its prefix to itself: one of its own, or else the one of `REDIS_URL`. */
export interface SharedRedis {
  readonly url: string;
  send(...args: string[]): Promise<unknown>;
  close(): Promise<void>;
}

const given = process.env.REDIS_URL ?? "";

/** As {@link noRedis}, for tests that a server of `REDIS_URL` will do for. */
export const noSharedRedis: string | undefined = given === "" ? noRedis : undefined;

/** Starts a server, or uses the one of `REDIS_URL` when there is none to start. */
export function shareRedis(): Promise<SharedRedis> {
  if (command !== undefined) return startRedis();
  return Promise.resolve({
    url: given,
    send: (...args) => sendOnce(given, args),
    close: () => Promise.resolve(),
  });
}

async function sendOnce(url: string, args: readonly string[]): Promise<unknown> {
  const client = createClient({ url, RESP: 2, maintNotifications: "disabled" });
  client.on("error", () => {});
  await client.connect();
  try {
    return await client.sendCommand([...args]);
  } finally {
    client.destroy();
  }
}

/** Starts a server with these further options (`--maxmemory 1mb`). */
export async function startRedis(...options: string[]): Promise<RedisServer> {
  const started = await launchAnywhere(options);
  const { port } = started;
  const url = `redis://127.0.0.1:${port}`;
  let { child } = started;
  // A test process that ends early leaves no server behind.
  const orphaned = (): void => void child.kill("SIGKILL");
  process.once("exit", orphaned);

  async function kill(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }

  return {
    port,
    url,
    send: (...args) => sendOnce(url, args),
    kill,
    async restart() {
      await kill();
      child = await launch(port, options);
    },
    async close() {
      process.off("exit", orphaned);
      await kill();
    },
  };
}

/** Somebody else may take the port between looking for it and listening on it. */
async function launchAnywhere(
  options: readonly string[],
  triesLeft = 3,
): Promise<{ readonly port: number; readonly child: ChildProcess }> {
  const port = await freePort();
  try {
    return { port, child: await launch(port, options) };
  } catch (error) {
    if (triesLeft === 1) throw error;
    return launchAnywhere(options, triesLeft - 1);
  }
}

async function launch(port: number, options: readonly string[]): Promise<ChildProcess> {
  const fixed = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  const child = spawn(command ?? "redis-server", [...fixed, "--dir", tmpdir(), ...options], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  await new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes("Ready to accept connections")) resolve();
    });
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`redis-server ended with ${code}: ${output}`)));
  });
  // Its words are read on, so that it never waits for a reader; they hold nothing up.
  child.stdout.resume();
  child.stderr.resume();
  return child;
}

function freePort(): Promise<number> {
  const probe = createServer();
  return new Promise((resolve, reject) => {
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
