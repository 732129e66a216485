/** A gateway that is reloaded again and again: what it holds on to, and what its callers notice. */
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { makeFolder } from "../support/project.ts";
import { buildFixture, runServer, send, startBackend, startLoad } from "./support.ts";

let built: Awaited<ReturnType<typeof buildFixture>>;
beforeAll(async () => {
  built = await buildFixture();
});
afterAll(() => built.remove());

const WARM_UP = 50;
const RELOADS = 200;
/** Of one reload. What a plane of this gateway makes is several times as much. */
const LEAK_BYTES = 5_000;

interface Holdings {
  readonly bytes: number;
  /** How many there are of each kind. */
  readonly resources: Readonly<Record<string, number>>;
}

async function holdings(url: string): Promise<Holdings> {
  const { text } = await send(`${url}/web/holdings`).answer;
  const { bytes, resources } = JSON.parse(text) as { bytes: number; resources: string[] };
  const counts: Record<string, number> = {};
  for (const name of resources) counts[name] = (counts[name] ?? 0) + 1;
  return { bytes, resources: counts };
}

/** Timers come and go. */
function connectionsOf({ resources }: Holdings): object {
  return Object.fromEntries(Object.entries(resources).filter(([name]) => name.endsWith("Wrap")));
}

it("200 reloads under traffic leave neither memory nor connections behind, and lose no request", async () => {
  const [blue, green] = [await startBackend("blue"), await startBackend("green")];
  const third = await startBackend("third");
  const file = join(makeFolder(), "live.json");
  let reloads = 0;
  // In turn it leads elsewhere, and has another service begin anew.
  const write = (at: number): void => {
    const { url } = at % 2 === 0 ? green : blue;
    const other = { url: third.url, timeout: `${60 + (at % 2)}s` };
    writeFileSync(`${file}.next`, JSON.stringify({ services: { backend: { url }, other } }));
    renameSync(`${file}.next`, file);
  };
  write(1);
  const server = runServer(built.file, { BACKEND_URL: blue.url, HEDDLE_CONFIG: file });
  const { url } = (await server.line("listening")) as unknown as { url: string };
  async function reload(times: number): Promise<void> {
    const loads = [startLoad(`${url}/fast`, 2), startLoad(`${url}/other/fast`, 1)];
    for (let time = 0; time < times; time++) {
      write(reloads);
      server.child.kill("SIGHUP");
      const next = reloads % 2 === 0 ? green : blue;
      const seen = next.count("/fast");
      reloads += 1;
      // Told by who is asked now: the log is written ten times a second.
      await eventually(() => expect(next.count("/fast")).toBeGreaterThan(seen + 2));
    }
    for (const load of loads) {
      await load.stop();
      expect([load.lost, load.odd, load.refused()]).toEqual([[], [], 0]);
      expect(load.answered()).toBeGreaterThan(times);
    }
  }
  await reload(WARM_UP);
  const before = await holdings(url);
  await reload(RELOADS);
  // Where the change of the file was seen first, the signal found nothing to change.
  const changes = (): number =>
    server.lines.filter(
      ({ msg, services }) =>
        msg === "reloaded" && (services as { changed: readonly string[] }).changed.length === 2,
    ).length;
  await eventually(() => expect(changes()).toBe(WARM_UP + RELOADS));
  await eventually(async () => {
    const after = await holdings(url);
    expect(connectionsOf(after)).toEqual(connectionsOf(before));
    expect(after.bytes - before.bytes).toBeLessThan(RELOADS * LEAK_BYTES);
  });
  server.child.kill("SIGTERM");
  expect(await server.ended).toEqual({ code: 0, stderr: "" });
});
