import {
  appendFileSync,
  copyFileSync,
  existsSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { ensureBuilt } from "../../support/ensure-built.ts";
import { makeFolder, makeSample } from "../../support/project.ts";
import { type Running, runCli, startCli, startNode } from "../../support/run-cli.ts";

beforeAll(ensureBuilt, 180_000);

const PAGE = {
  book: { id: "dune", title: "Dune", authorId: "herbert", year: 1965 },
  author: { id: "herbert", name: "Frank Herbert" },
  reviews: [
    { stars: 5, text: "The spice must flow." },
    { stars: 4, text: "Long, and worth it." },
  ],
};

async function startBooks(cwd: string): Promise<string> {
  const [, url = ""] = await startCli(["mock"], { cwd }).until(/books +(http:\S+)/);
  return url;
}

/** The address that a server logs once it listens. */
async function addressOf(running: Running): Promise<string> {
  const [, url = ""] = await running.until(/"url":"([^"]+)".*"listening"/);
  return url;
}

describe("heddle build", () => {
  it("makes one file that runs from an empty folder, with a source map", async () => {
    const cwd = makeSample();
    await runCli(["gen"], { cwd });
    const { code, stdout } = await runCli(["build"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^built dist\/server\.js \(\d\.\d MB\)\n/);
    const sources = JSON.parse(readFileSync(join(cwd, "dist/server.js.map"), "utf8"))
      .sources as string[];
    expect(sources).toContain("../composers/web/book-page.ts");

    const empty = makeFolder();
    copyFileSync(join(cwd, "dist/server.js"), join(empty, "server.js"));
    const env = { PORT: "0", HOST: "127.0.0.1", BOOKS_URL: await startBooks(cwd) };
    const server = startNode(["server.js"], { cwd: empty, env });
    const response = await fetch(`${await addressOf(server)}/web/books/dune`);
    expect(await response.json()).toEqual(PAGE);
    expect(await server.stop("SIGTERM")).toMatchObject({ code: 0 });
  });

  it("ends with 3 when generated/ is not current", async () => {
    const cwd = makeSample();
    await runCli(["gen"], { cwd });
    appendFileSync(join(cwd, "generated/routes.ts"), "//\n");
    const { code, stdout } = await runCli(["build", "--json"], { cwd });
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { code: "generated-stale" } });
  });

  it("tells the place of code that cannot be bundled", async () => {
    const cwd = makeSample();
    const composer = join(cwd, "composers/web/book-page.ts");
    writeFileSync(
      composer,
      `import { gone } from "./gone.ts";\n${readFileSync(composer, "utf8")}void gone;\n`,
    );
    await runCli(["gen"], { cwd });
    const place = "composers/web/book-page.ts:1:22";
    const build = ["build", "--out", "out", "--json"];
    const typed = await runCli(build, { cwd });
    expect(typed.code).toBe(1);
    expect(JSON.parse(typed.stdout)).toMatchObject({ error: { code: "types-invalid", place } });

    // Without it there are no types to check, and it is the bundler that finds it.
    rmSync(join(cwd, "tsconfig.json"));
    await runCli(["gen"], { cwd });
    const bundled = await runCli(build, { cwd });
    expect(bundled.code).toBe(1);
    expect(JSON.parse(bundled.stdout)).toMatchObject({
      error: { code: "composer-invalid", place },
    });
  });

  it("ends with 1 when the types do not hold, and builds nothing", async () => {
    const cwd = makeSample();
    const composer = join(cwd, "composers/web/book-page.ts");
    appendFileSync(composer, 'export const wrong: number = "one";\n');
    await runCli(["gen"], { cwd });
    const { code, stderr } = await runCli(["build"], { cwd });
    expect(code).toBe(1);
    expect(stderr).toMatch(/composers\/web\/book-page\.ts:\d+:14 TS2322/);
    expect(existsSync(join(cwd, "dist/server.js"))).toBe(false);
  });
});

describe("heddle start", () => {
  it("runs the built server until it is interrupted", async () => {
    const cwd = makeSample();
    await runCli(["gen"], { cwd });
    await runCli(["build"], { cwd });
    const env = { BOOKS_URL: await startBooks(cwd) };
    const server = startCli(["start", "--port", "0", "--host", "127.0.0.1"], { cwd, env });
    const url = await addressOf(server);
    expect((await fetch(`${url}/web/books/dune`)).status).toBe(200);
    expect(await server.stop("SIGINT")).toMatchObject({ code: 130 });
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();

    const json = startCli(["start", "--port", "0", "--json"], { cwd, env });
    await json.until(/"pid": \d+/);
    expect(JSON.parse((await json.stop("SIGTERM")).stdout)).toMatchObject({
      ok: true,
      file: "dist/server.js",
    });

    const { code, stdout, stderr } = await runCli(["start", "--json"], { cwd });
    expect(code).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      error: { code: "configuration-invalid" },
    });
    // Where it is written comes from the source map.
    expect(stderr).toBe(`the configuration has a problem:

  heddle.config.ts:5:49 services.books.url needs the environment's variable BOOKS_URL, which is not set
    cure:  set BOOKS_URL, or give env() a fallback
`);
    expect(await runCli(["start"], { cwd })).toMatchObject({ code: 4, stdout: "", stderr });
  });

  it("tells in a line that the port is taken, and nothing else", async () => {
    const cwd = makeSample();
    await runCli(["gen"], { cwd });
    await runCli(["build"], { cwd });
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const env = { BOOKS_URL: "http://127.0.0.1:9", HOST: "127.0.0.1", PORT: String(port) };
    const stderr = `port ${port} of 127.0.0.1 is taken: stop what listens there, or choose another, for example PORT=${port + 1}\n`;
    const direct = await startNode(["dist/server.js"], { cwd, env }).exit;
    expect(direct).toMatchObject({ code: 1, stdout: "", stderr });
    expect(await runCli(["start"], { cwd, env })).toMatchObject({ code: 1, stdout: "", stderr });
    const json = await runCli(["start", "--json"], { cwd, env });
    expect(json).toMatchObject({ code: 1, stderr });
    expect(JSON.parse(json.stdout)).toMatchObject({ ok: false, error: { code: "start-failed" } });
  });

  it("says when there is nothing to run", async () => {
    const { code, stderr } = await runCli(["start"], { cwd: makeSample() });
    expect(code).toBe(1);
    expect(stderr).toBe("error there is no dist/server.js\n  build it first: heddle build\n");
  });
});
