import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { ensureBuilt } from "../../support/ensure-built.ts";
import { changeFile, makeSample, writeFiles } from "../../support/project.ts";
import { type Running, runCli, startCli } from "../../support/run-cli.ts";

beforeAll(ensureBuilt, 180_000);

interface Dev {
  readonly running: Running;
  readonly url: string;
  readonly get: (path: string) => Promise<{ status: number; body: unknown }>;
}

async function startDev(cwd: string, ...args: string[]): Promise<Dev> {
  const running = startCli(["dev", "--mock", "--port", "0", ...args], { cwd });
  const [, url = ""] = await running.until(/gateway at (http:\/\/\S+)/);
  return {
    running,
    url,
    async get(path) {
      const response = await fetch(url + path);
      return { status: response.status, body: await response.json() };
    },
  };
}

const COMPOSER = "composers/web/book-page.ts";

describe("heddle dev --mock", () => {
  it("generates, starts mocks, prints the routes and a line that shows a joined answer", async () => {
    const cwd = makeSample();
    const running = startCli(["dev", "--mock", "--port", "0"], { cwd });
    await running.until(/METHOD +PATH +FRONTEND +ANSWERED BY\nGET +\/web\/books\/\{bookId\}/);
    await running.until(/mock of books at http:\/\/127\.0\.0\.1:\d+\n/);
    const [, page = ""] = await running.until(/its document at (http:\S+\/docs)\n/);
    expect((await fetch(page)).headers.get("content-type")).toBe("text/html; charset=utf-8");
    const [, address = ""] = await running.until(
      /Try it:\n {2}curl (http:\S+\/web\/books\/dune)\n/,
    );
    const response = await fetch(address);
    expect(await response.json()).toEqual({
      book: { id: "dune", title: "Dune", authorId: "herbert", year: 1965 },
      author: { id: "herbert", name: "Frank Herbert" },
      reviews: [
        { stars: 5, text: "The spice must flow." },
        { stars: 4, text: "Long, and worth it." },
      ],
    });
    await running.until(/GET \/web\/books\/dune 200 \d+ ms/);
    const { code } = await running.stop("SIGINT");
    expect(code).toBe(130);
    expect(readdirSync(join(cwd, ".heddle/dev"))).toEqual([]);
  });

  it("takes over changes of composer, document and configuration on the same port", async () => {
    const cwd = makeSample();
    const { running, get } = await startDev(cwd);

    changeFile(cwd, COMPOSER, "    book,\n", "    book,\n    fresh: true,\n");
    await running.until(/reloaded composers\/web\/book-page\.ts in \d+ ms/);
    expect((await get("/web/books/dune")).body).toMatchObject({ fresh: true });

    changeFile(cwd, "specs/books.yaml", "name: Frank Herbert", "name: F. Herbert");
    await running.until(/reloaded specs\/books\.yaml/);
    expect((await get("/web/books/dune")).body).toMatchObject({ author: { name: "F. Herbert" } });

    changeFile(cwd, "heddle.config.ts", 'timeout: "2s"', 'expose: ["listBooks"]');
    await running.until(/reloaded heddle\.config\.ts/);
    expect((await get("/books/books")).status).toBe(200);

    writeFiles(cwd, {
      "lib/greet.ts": 'export const greeting: string = "hello";\n',
      "composers/web/hello.ts": `import { compose } from "#gateway";
import { greeting } from "../../lib/greet.ts";
export const hello = compose.get("/web/hello", () => ({ greeting }));
`,
    });
    await running.until(/reloaded composers\/web\/hello\.ts in \d+ ms\n {2}\+ GET \/web\/hello\n/);
    expect((await get("/web/hello")).body).toEqual({ greeting: "hello" });
    // A file outside of the known folders counts from the moment that a composer imports it.
    changeFile(cwd, "lib/greet.ts", "hello", "hi");
    await running.until(/reloaded lib\/greet\.ts/);
    expect((await get("/web/hello")).body).toEqual({ greeting: "hi" });
  });

  it("a broken composer leaves the gateway as it was and is told with its place", async () => {
    const cwd = makeSample();
    const { running, get } = await startDev(cwd);
    const good = readFileSync(join(cwd, COMPOSER), "utf8");

    writeFileSync(join(cwd, COMPOSER), `${good}const oops = {{;\n`);
    await running.until(/composers\/web\/book-page\.ts:14:\d+ error composer-invalid/);
    await running.until(/the gateway goes on as it was/);
    expect((await get("/web/books/dune")).status).toBe(200);

    writeFileSync(
      join(cwd, COMPOSER),
      good.replace('"#gateway"', '"#gateway";\nimport { nothing } from "../../lib/none.ts"'),
    );
    await running.until(
      /error composers\/web\/book-page\.ts:2:\d+: could not resolve '\.\.\/\.\.\/lib\/none\.ts'/,
    );
    expect((await get("/web/books/dune")).status).toBe(200);

    writeFileSync(join(cwd, COMPOSER), `${good}\nthrow new Error("at the top");\n`);
    await running.until(/error composers\/web\/book-page\.ts:15:\d+: at the top/);
    expect((await get("/web/books/dune")).status).toBe(200);

    writeFileSync(join(cwd, COMPOSER), good);
    await running.until(/reloaded/);
    expect((await get("/web/books/dune")).status).toBe(200);
  });

  it("what a failed load has missed is waited for", async () => {
    const cwd = makeSample();
    const { running, get } = await startDev(cwd);
    changeFile(
      cwd,
      COMPOSER,
      '"#gateway";\n',
      '"#gateway";\nimport { title } from "../../lib/deep/title.ts";\n',
    );
    changeFile(cwd, COMPOSER, "    book,\n", "    book: title(book),\n");
    await running.until(/could not resolve '\.\.\/\.\.\/lib\/deep\/title\.ts'[\s\S]*as it was/);
    writeFiles(cwd, {
      "lib/deep/title.ts":
        "export const title = (book: { title: string }): string => book.title;\n",
    });
    await running.until(/reloaded lib\/deep\/title\.ts/);
    expect((await get("/web/books/dune")).body).toMatchObject({ book: "Dune" });

    changeFile(cwd, "heddle.config.ts", "specs/books.yaml", "specs/v2/books.yaml");
    await running.until(/there is no such file[\s\S]*as it was/);
    const document = readFileSync(join(cwd, "specs/books.yaml"), "utf8");
    writeFiles(cwd, { "specs/v2/books.yaml": document.replace("title: Dune", "title: Dunes") });
    await running.until(/reloaded specs\/v2\/books\.yaml/);
    expect((await get("/web/books/dune")).body).toMatchObject({ book: "Dunes" });
  });

  it("a request under way ends in the gateway in which it began", async () => {
    const cwd = makeSample();
    const slow = await slowService();
    writeFileSync(join(cwd, ".env"), `BOOKS_URL=${slow.url}\n`);
    const running = startCli(["dev", "--port", "0"], { cwd });
    const [, url = ""] = await running.until(/gateway at (http:\/\/\S+)/);
    const pending = fetch(`${url}/web/books/dune`);
    await slow.asked;
    changeFile(cwd, COMPOSER, "/web/books/", "/web/livres/");
    await running.until(/reloaded/);
    expect((await fetch(`${url}/web/books/dune`)).status).toBe(404);
    slow.release();
    expect((await pending).status).toBe(200);
  });

  it("--json prints one document when the gateway answers; everything else goes to stderr", async () => {
    const cwd = makeSample();
    const running = startCli(
      ["dev", "--mock", "--port", "0", "--json", "--example", "bookId=emma"],
      { cwd },
    );
    const [, url = ""] = await running.until(/"url": "([^"]+)"/);
    expect((await fetch(`${url}/web/books/emma`)).status).toBe(200);
    await running.until(/GET \/web\/books\/emma 200/);
    const { stdout } = await running.stop("SIGTERM");
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      url,
      example: `curl ${url}/web/books/emma`,
      mocks: { books: expect.stringMatching(/^http:/) },
      routes: [{ template: "/web/books/{bookId}" }],
    });
  });

  it("PORT is honoured, and a taken port is told with a cure", async () => {
    const cwd = makeSample();
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const { code, stderr } = await runCli(["dev", "--mock"], { cwd, env: { PORT: String(port) } });
    expect(code).toBe(1);
    expect(stderr).toBe(
      `error port ${port} of 127.0.0.1 is taken\n  stop what listens there, or choose another port: PORT=${port + 1} or --port\n`,
    );
  });

  it("without mocks a missing address is told, and ends with 4", async () => {
    const cwd = makeSample();
    const { code, stdout } = await runCli(["dev", "--port", "0", "--json"], { cwd });
    expect(code).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      error: { code: "configuration-invalid", place: "heddle.config.ts:5:49" },
      problems: [{ path: "services.books.url", variable: "BOOKS_URL" }],
    });
    const { stderr } = await runCli(["dev", "--port", "0"], { cwd });
    expect(
      stderr,
    ).toBe(`heddle.config.ts:5:49 services.books.url needs the environment's variable BOOKS_URL, which is not set
    set BOOKS_URL, or give env() a fallback, or start with mocks: heddle dev --mock
error the configuration has a problem
`);
  });

  it("mocks need neither addresses nor secrets", async () => {
    const cwd = makeSample();
    changeFile(cwd, "heddle.config.ts", 'timeout: "2s"', 'headers: { "x-key": env("BOOKS_KEY") }');
    const { get } = await startDev(cwd);
    expect((await get("/web/books/dune")).status).toBe(200);
  });

  it("a mistake in the configuration is told with its place, and waited out", async () => {
    const cwd = makeSample();
    const { running, get } = await startDev(cwd);
    changeFile(cwd, "heddle.config.ts", "timeout:", "timeot:");
    await running.until(
      /^heddle\.config\.ts:5:67 services\.books\.timeot is not a known key: "2s"\n {4}did you mean "timeout"\?$/m,
    );
    expect((await get("/web/books/dune")).status).toBe(200);
    changeFile(cwd, "heddle.config.ts", "timeot:", "timeout:");
    await running.until(/reloaded heddle\.config\.ts/);
  });

  it("type mistakes are told while the gateway goes on, and so is that they are gone", async () => {
    const cwd = makeSample();
    const { running, get } = await startDev(cwd);
    changeFile(cwd, COMPOSER, "    book,\n", "    book: book.titel,\n");
    await running.until(/reloaded composers/);
    expect((await get("/web/books/dune")).status).toBe(200);
    await running.until(/^composers\/web\/book-page\.ts:7:16 TS2551: .*titel.*\n1 type mistake:/m);
    changeFile(cwd, COMPOSER, "book.titel", "book.title");
    await running.until(/types are right again/);
    expect((await get("/web/books/dune")).body).toMatchObject({ book: "Dune" });
  });

  it("tells what a service said with its error", async () => {
    const cwd = makeSample();
    changeFile(
      cwd,
      "specs/books.yaml",
      "      operationId: listBooks\n",
      "      operationId: listBooks\n      parameters: [{ name: limit, in: query, schema: { type: integer, minimum: 1 } }]\n",
    );
    writeFiles(cwd, {
      "composers/web/all.ts": `import { compose } from "#gateway";
export const all = compose.get("/web/all", ({ services }) => services.books.listBooks({ query: { limit: 0 } }));
`,
    });
    const { running, get } = await startDev(cwd);
    const { status, body } = await get("/web/all");
    expect(status).toBe(502);
    expect(JSON.stringify(body)).not.toContain("/query/limit");
    await running.until(
      /warn the service answered 422 .*operation=listBooks\n {2}the service said: Unprocessable Entity: .*\n {4}\/query\/limit must be >= 1\n/,
    );
  });

  it("a change of .env is taken over", async () => {
    const cwd = makeSample();
    const [first, second] = [await slowService(), await slowService()];
    first.release();
    second.release();
    writeFileSync(join(cwd, ".env"), `BOOKS_URL=${first.url}\n`);
    const running = startCli(["dev", "--port", "0"], { cwd });
    const [, url = ""] = await running.until(/gateway at (http:\/\/\S+)/);
    writeFileSync(join(cwd, ".env"), `BOOKS_URL=${second.url}\n`);
    await running.until(/reloaded \.env/);
    expect((await fetch(`${url}/web/books/dune`)).status).toBe(200);
    await second.asked;
  });

  it("a service that is added gets a mock, and its address is told", async () => {
    const cwd = makeSample();
    const { running } = await startDev(cwd);
    changeFile(
      cwd,
      "heddle.config.ts",
      "  services: {\n",
      '  services: {\n    more: { document: "specs/books.yaml", url: env("MORE_URL") },\n',
    );
    const [, more = ""] = await running.until(
      /reloaded heddle\.config\.ts .*\n {2}mock of more at (http:\S+)\n/,
    );
    expect((await fetch(`${more}/books/dune`)).status).toBe(200);
  });

  it("a package that is not installed is named, with what to do", async () => {
    const cwd = makeSample();
    changeFile(cwd, COMPOSER, "import", 'import "not-there/deep";\nimport');
    const { code, stderr } = await runCli(["dev", "--mock", "--port", "0"], { cwd });
    expect(code).toBe(1);
    expect(stderr).toBe(
      'error the package "not-there" is not installed\n  run npm install not-there in the project\'s folder\n',
    );
  });

  it("--mock-only names a service that there is", async () => {
    const cwd = makeSample();
    const { code, stderr } = await runCli(["dev", "--mock-only", "boks"], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('did you mean "books"?');
    expect(existsSync(join(cwd, ".heddle/dev"))).toBe(false);
  });
});

/** Answers only when it is released. */
async function slowService(): Promise<{ url: string; asked: Promise<void>; release(): void }> {
  let tell = (): void => {};
  let release = (): void => {};
  const asked = new Promise<void>((resolve) => (tell = resolve));
  const released = new Promise<void>((resolve) => (release = resolve));
  const server = createServer((_request, response) => {
    tell();
    void released.then(() => {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ id: "dune", title: "Dune", authorId: "herbert" }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, release };
}
