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

it("a live file that changes under constant load loses no request, and those under way end where they began", async () => {
  const backends = [await startBackend("blue"), await startBackend("green")] as const;
  const [blue, green] = backends;
  const folder = makeFolder();
  const file = join(folder, "live.json");
  const point = (url: string): void => {
    writeFileSync(`${file}.next`, JSON.stringify({ services: { backend: { url } } }));
    renameSync(`${file}.next`, file);
  };
  point(blue.url);
  const server = runServer(built.file, { BACKEND_URL: "http://127.0.0.1:9", HEDDLE_CONFIG: file });
  const { url } = (await server.line("listening")) as unknown as { url: string };
  const load = startLoad(`${url}/fast`, 8);
  const held = Array.from({ length: 25 }, () => send(`${url}/held`));
  const uploads = Array.from({ length: 25 }, () => send(`${url}/upload`, "x".repeat(1_000)));
  await eventually(() => expect(blue.waiting()).toBe(50));

  for (let change = 0; change < 6; change++) {
    const next = backends[(change + 1) % 2] ?? blue;
    point(next.url);
    expect(await server.line("reloaded", change)).toMatchObject({
      services: { added: [], removed: [], changed: ["backend"] },
    });
    const seen = next.count("/fast");
    await eventually(() => expect(next.count("/fast")).toBeGreaterThan(seen + 20));
  }
  // A wrong one in between, and a reload without a change.
  writeFileSync(file, '{ "services": { "backend": { "url": 7 } } }');
  await server.line("not reloaded: the configuration is invalid");
  point(green.url);
  await server.line("reloaded", 6);
  server.child.kill("SIGHUP");
  await server.line("reloaded", 7);

  blue.release();
  for (const upload of uploads) upload.finish("x".repeat(9_000));
  const answers = await Promise.all([...held, ...uploads].map(({ answer }) => answer));
  expect(answers.map(({ status, text }) => `${status} ${text}`)).toEqual([
    ...Array(25).fill('200 {"from":"blue"}'),
    ...Array(25).fill('200 {"bytes":10000}'),
  ]);
  await load.stop();
  expect([load.lost, load.odd, load.refused()]).toEqual([[], [], 0]);
  server.child.kill("SIGTERM");
  expect(await server.ended).toEqual({ code: 0, stderr: "" });
});
