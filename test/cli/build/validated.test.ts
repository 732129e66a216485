/** A gateway that holds answers against documents, as it is shipped: one file, without sources and packages. */
import { copyFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { beforeAll, expect, it, onTestFinished } from "vitest";
import { ensureBuilt } from "../../support/ensure-built.ts";
import { changeFile, makeFolder, makeSample } from "../../support/project.ts";
import { runCli, startNode } from "../../support/run-cli.ts";

beforeAll(ensureBuilt, 180_000);

/** The books service, in which one book has no title. */
const ANSWERS: Readonly<Record<string, object>> = {
  "/books/emma": { id: "emma", title: "Emma", authorId: "austen" },
  "/books/blank": { id: "blank", authorId: "austen" },
  "/authors/austen": { id: "austen", name: "Jane Austen" },
};

async function startBooks(): Promise<string> {
  const server = createServer((request, response) => {
    const answer = ANSWERS[request.url ?? ""];
    response.writeHead(answer === undefined ? 500 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it("type-checks, and refuses answers that break the document", async () => {
  const cwd = makeSample();
  await runCli(["gen"], { cwd });
  changeFile(cwd, "heddle.config.ts", 'timeout: "2s"', 'timeout: "2s", validate: "enforce"');
  expect(await runCli(["check"], { cwd })).toMatchObject({ code: 3 });
  expect((await runCli(["gen"], { cwd })).stdout).toContain("3 files written");
  expect(await runCli(["check"], { cwd })).toMatchObject({ code: 0, stderr: "" });
  expect((await runCli(["build"], { cwd })).code).toBe(0);

  const empty = makeFolder();
  copyFileSync(join(cwd, "dist/server.js"), join(empty, "server.js"));
  const env = { PORT: "0", HOST: "127.0.0.1", BOOKS_URL: await startBooks() };
  const server = startNode(["server.js"], { cwd: empty, env });
  const [, url = ""] = await server.until(/"url":"([^"]+)".*"listening"/);
  const right = await fetch(`${url}/web/books/emma`);
  expect(await right.json()).toMatchObject({ book: { title: "Emma" } });
  const wrong = await fetch(`${url}/web/books/blank`);
  expect(await wrong.json()).toMatchObject({
    type: expect.stringContaining("service-contract"),
    status: 502,
    detail: "the service answered 200, but /title is missing",
  });
  await server.stop();
});
