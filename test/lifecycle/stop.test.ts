import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { buildFixture, runServer, type Sending, send, startBackend, startLoad } from "./support.ts";

let built: Awaited<ReturnType<typeof buildFixture>>;
beforeAll(async () => {
  built = await buildFixture();
});
afterAll(() => built.remove());

describe("a server that is told to stop", () => {
  it("answers 50 requests under way and every one that keep-alive clients go on sending, then ends with 0", async () => {
    const backend = await startBackend();
    const server = runServer(built.file, { BACKEND_URL: backend.url });
    const { url } = (await server.line("listening")) as unknown as { url: string };
    const load = startLoad(`${url}/fast`, 8);
    const many = (count: number, make: () => Sending): Sending[] =>
      Array.from({ length: count }, make);
    const held = many(20, () => send(`${url}/held`));
    const streams = many(10, () => send(`${url}/stream`));
    const uploads = many(20, () => send(`${url}/upload`, "x".repeat(1_000)));
    await eventually(() => expect(backend.waiting()).toBe(50));
    await eventually(() => expect(load.answered()).toBeGreaterThan(100));

    server.child.kill("SIGTERM");
    await server.line("stopping");
    // Each goes on until the port is closed, and is refused then.
    await eventually(() => expect(load.refused()).toBe(8));
    backend.release();
    for (const upload of uploads) upload.finish("x".repeat(9_000));

    const answers = await Promise.all(
      [...held, ...streams, ...uploads].map(({ answer }) => answer),
    );
    expect(answers.map(({ status, text }) => `${status} ${text}`)).toEqual([
      ...Array(20).fill('200 {"from":"backend"}'),
      ...Array(10).fill('200 {"half":1,"whole":2}'),
      ...Array(20).fill('200 {"bytes":10000}'),
    ]);
    // Whose head was not sent yet is told; of a stream's it is too late.
    expect(answers.map(({ connection }) => connection)).toEqual([
      ...Array(20).fill("close"),
      ...Array(10).fill("keep-alive"),
      ...Array(20).fill("close"),
    ]);
    await load.stop();
    expect([load.lost, load.odd]).toEqual([[], []]);
    expect(await server.ended).toEqual({ code: 0, stderr: "" });
  });
});
