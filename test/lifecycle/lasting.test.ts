/** WebSockets and event streams of built servers: what a stop, a reload and new workers do to them. */
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { makeFolder } from "../support/project.ts";
import {
  type Lasting,
  type LastingService,
  openLasting,
  openStream,
  startLasting,
} from "./lasting-support.ts";
import { buildFixture, runServer, type ServerProcess } from "./support.ts";

let built: Awaited<ReturnType<typeof buildFixture>>;
beforeAll(async () => {
  built = await buildFixture();
});
afterAll(() => built.remove());

interface Served {
  readonly server: ServerProcess;
  readonly url: string;
  readonly service: LastingService;
  /** Leads the service elsewhere, by the live file. */
  move(to: LastingService): void;
}

async function serve(workers: number | undefined): Promise<Served> {
  const service = await startLasting();
  const file = join(makeFolder(), "live.json");
  const move = ({ url }: LastingService): void => {
    writeFileSync(`${file}.next`, JSON.stringify({ services: { backend: { url } } }));
    renameSync(`${file}.next`, file);
  };
  move(service);
  const env = { BACKEND_URL: "http://127.0.0.1:9", HEDDLE_CONFIG: file };
  const args = workers === undefined ? [] : [`--workers=${workers}`];
  const server = runServer(built.file, env, args);
  if (workers !== undefined) await server.line("workers started");
  const { url } = (await server.line("listening")) as unknown as { url: string };
  return { server, url, service, move };
}

const WHOLE = /^(?:data: (?:0|x{500})\n\n)+$/;
const codesOf = (all: readonly Lasting[]): Promise<number[]> =>
  Promise.all(all.map(({ closed }) => closed));
const goneAway = (count: number): number[] => Array<number>(count).fill(1001);

/** Each has had another echo. */
async function areInUse(all: readonly Lasting[]): Promise<void> {
  const before = all.map(({ echoes }) => echoes());
  await eventually(() => {
    for (const [at, { echoes }] of all.entries()) expect(echoes()).toBeGreaterThan(before[at] ?? 0);
  });
}

describe.each([[undefined], [4]])("with %j workers", (workers) => {
  it("SIGTERM says goodbye to both sides of 50 WebSockets, and ends event streams between events", async () => {
    const { server, url, service } = await serve(workers);
    const all = await openLasting(url, 50);
    const streams = await Promise.all(Array.from({ length: 5 }, () => openStream(url)));
    await areInUse(all);
    server.child.kill("SIGTERM");
    expect(await codesOf(all)).toEqual(goneAway(50));
    for (const { ended } of streams) expect(await ended).toMatch(WHOLE);
    await eventually(() => expect(service.codes).toEqual(goneAway(50)));
    expect(await server.ended).toEqual({ code: 0, stderr: "" });
  });

  it("a live file that leads elsewhere leaves 50 WebSockets and the streams where they are", async () => {
    const { server, url, service, move } = await serve(workers);
    const all = await openLasting(url, 50);
    const streams = await Promise.all(Array.from({ length: 5 }, () => openStream(url)));
    const next = await startLasting();
    move(next);
    for (let nth = 0; nth < (workers ?? 1); nth++) await server.line("reloaded", nth);
    await areInUse(all);
    expect([service.streams(), service.codes, next.opened()]).toEqual([5, [], 0]);
    const late = await openLasting(url, 5);
    expect([service.opened(), next.opened()]).toEqual([50, 5]);
    server.child.kill("SIGTERM");
    expect(await codesOf([...all, ...late])).toEqual(goneAway(55));
    for (const { ended } of streams) expect(await ended).toMatch(WHOLE);
    await eventually(() => expect([...service.codes, ...next.codes]).toEqual(goneAway(55)));
    expect(await server.ended).toEqual({ code: 0, stderr: "" });
  });
});

describe("four workers that are replaced", () => {
  it("say goodbye to both sides of 50 WebSockets, whose clients come back to the new ones", async () => {
    const { server, url, service } = await serve(4);
    const all = await openLasting(url, 50);
    const streams = await Promise.all(Array.from({ length: 5 }, () => openStream(url)));
    await areInUse(all);
    const codes: number[] = [];
    const back = Promise.all(
      all.map(async ({ closed }) => {
        codes.push(await closed);
        const [again] = await openLasting(url, 1);
        return again as Lasting;
      }),
    );
    server.child.kill("SIGHUP");
    await server.line("replaced all workers");
    const again = await back;
    expect(codes).toEqual(goneAway(50));
    for (const { ended } of streams) expect(await ended).toMatch(WHOLE);
    // Who came back to a worker that was replaced later was sent on once more.
    await eventually(() => {
      expect(service.codes.length).toBeGreaterThanOrEqual(50);
      expect(new Set(service.codes)).toEqual(new Set([1001]));
    });
    const staying = again.filter(({ socket }) => socket.readyState === socket.OPEN);
    server.child.kill("SIGTERM");
    expect(await codesOf(staying)).toEqual(goneAway(staying.length));
    expect((await server.ended).code).toBe(0);
  });
});
