/** `heddle start` as a service manager sees it: signals reach the server, and it has the time that it asks for. */
import { renameSync, writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { startServer } from "../../server/support.ts";
import { ensureBuilt } from "../../support/ensure-built.ts";
import { eventually } from "../../support/eventually.ts";
import { makeFolder, makeSample } from "../../support/project.ts";
import { runCli, startCli } from "../../support/run-cli.ts";

beforeAll(ensureBuilt, 180_000);

/** More than a command waits for what it has started. */
const LONG_MS = 16_000;

/** A service that holds every answer back until it is released. */
async function startHolding() {
  const held: ServerResponse[] = [];
  const { url } = await startServer((_req, res) => void held.push(res));
  return {
    url,
    held,
    release(text: string) {
      for (const res of held.splice(0)) res.end(text);
    },
  };
}

async function startSample(args: readonly string[] = []) {
  const cwd = makeSample();
  await runCli(["gen"], { cwd });
  await runCli(["build"], { cwd });
  const service = await startHolding();
  const file = join(makeFolder(), "live.json");
  const configure = (more: object = {}): void => {
    const server = { grace: "60s", deadline: "60s", drainDelay: "0s", ...more };
    const books = { timeout: "60s" };
    const routes = [{ path: "/raw/**", to: "books" }];
    writeFileSync(`${file}.next`, JSON.stringify({ server, services: { books }, routes }));
    renameSync(`${file}.next`, file);
  };
  configure();
  const env = { BOOKS_URL: service.url, HEDDLE_CONFIG: file };
  const start = ["start", "--port", "0", "--host", "127.0.0.1", ...args];
  const running = startCli(start, { cwd, env });
  const [, url = ""] = await running.until(/"url":"([^"]+)".*"listening"/);
  return { running, url, service, configure };
}

const isUp = async (url: string): Promise<boolean> => (await fetch(`${url}/healthz`)).ok;

/** Stops it under a request that takes so long. */
async function stopUnder(
  { running, url, service }: Awaited<ReturnType<typeof startSample>>,
  ms: number,
): Promise<{ readonly text: string; readonly code: number | null }> {
  const answer = fetch(`${url}/raw/late`)
    .then((response) => response.text())
    .catch(String);
  await eventually(() => expect(service.held).toHaveLength(1));
  const exit = running.stop("SIGTERM");
  const timer = new Promise((resolve) => setTimeout(resolve, ms));
  await Promise.race([timer, exit]);
  service.release("at last");
  return { text: await answer, code: (await exit).code };
}

describe.skipIf(process.platform === "win32")("heddle start", () => {
  it("reloads its server on SIGHUP, and ends with its exit code on SIGTERM", async () => {
    const sample = await startSample();
    const { running, url } = sample;
    running.child.kill("SIGHUP");
    await running.until(/"reloaded"/);
    expect(await isUp(url)).toBe(true);
    expect(await stopUnder(sample, 500)).toEqual({ text: "at last", code: 0 });
  });

  it("replaces workers on SIGHUP, and gives them all of their grace on SIGTERM", async () => {
    const sample = await startSample(["--workers", "2"]);
    const { running, url, configure } = sample;
    await running.until(/"workers started"/);
    expect(await isUp(url)).toBe(true);
    configure({ logLevel: "debug" });
    for (let worker = 0; worker < 2; worker++) await running.until(/"reloaded"/);
    running.child.kill("SIGHUP");
    await running.until(/"replaced all workers"/);
    expect(await isUp(url)).toBe(true);
    expect(await stopUnder(sample, LONG_MS)).toEqual({ text: "at last", code: 0 });
  });
});
