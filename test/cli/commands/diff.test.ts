import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { ensureBuilt } from "../../support/ensure-built.ts";
import { changeFile, makeSample } from "../../support/project.ts";
import { runCli } from "../../support/run-cli.ts";

beforeAll(ensureBuilt, 180_000);

/** The sample with its generated code, and a document in which books name their writer, not their author. */
async function makeProject(): Promise<string> {
  const cwd = makeSample();
  expect((await runCli(["gen"], { cwd })).code).toBe(0);
  const text = readFileSync(join(cwd, "specs/books.yaml"), "utf8");
  writeFileSync(join(cwd, "specs/same.yaml"), `# A comment, and nothing else.\n${text}`);
  writeFileSync(join(cwd, "specs/new.yaml"), withWriters(text));
  return cwd;
}

/** In the component alone: the path of authors keeps its parameter. */
function withWriters(text: string): string {
  const [before = "", after = ""] = text.split("\n    Book:");
  return `${before}\n    Book:${after.replaceAll("authorId", "writerId")}`;
}

function git(cwd: string, ...args: string[]): void {
  const who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"];
  execFileSync("git", [...who, ...args], { cwd, stdio: "ignore" });
}

function commit(cwd: string): void {
  git(cwd, "init", "--initial-branch=main");
  git(cwd, "add", "specs", "composers", "heddle.config.ts");
  git(cwd, "commit", "-m", "Begin");
}

describe("heddle diff", () => {
  it("ends with 5 when something breaks, and tells the composer's line, the route and the frontend", async () => {
    const cwd = await makeProject();
    const { code, stdout, stderr } = await runCli(["diff", "books", "specs/new.yaml"], { cwd });
    expect(code).toBe(5);
    expect(stdout).toMatch(
      /^books: specs\/books\.yaml \(.+\) -> specs\/new\.yaml \(.+\), \d+ changes\n/,
    );
    expect(stdout).toMatch(/^breaks books Book: the property authorId is gone$/m);
    expect(stdout).toMatch(/^ {2}GET \/web\/books\/\{bookId\} \(web\)$/m);
    expect(stdout).toMatch(/^ {4}composers\/web\/book-page\.ts:9:\d+ TS2339: Property 'authorId'/m);
    expect(stderr).toMatch(/^error a change breaks this gateway\n/);
  });

  it("with --json tells the same as data, beside the error", async () => {
    const cwd = await makeProject();
    const { code, stdout } = await runCli(["diff", "books", "specs/new.yaml", "--json"], { cwd });
    expect(code).toBe(5);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      error: { code: "document-breaking" },
      verdict: "breaks",
      compiled: true,
      changes: [
        {
          service: "books",
          kind: "property-removed",
          verdict: "breaks",
          old: "specs/books.yaml#/components/schemas/Book/properties/authorId",
          effects: [
            {
              verdict: "breaks",
              by: "compiler",
              route: "GET /web/books/{bookId}",
              frontend: "web",
              composer: expect.stringMatching(/^composers\/web\/book-page\.ts:\d+$/),
              faults: [{ code: "TS2339" }],
            },
          ],
        },
        {},
      ],
    });
  });

  it("with --markdown writes a comment to stdout, whatever the exit code", async () => {
    const cwd = await makeProject();
    const args = ["diff", "books", "specs/new.yaml", "--markdown"];
    const { code, stdout } = await runCli(args, { cwd });
    expect(code).toBe(5);
    expect(stdout).toMatch(/^## What the documents do to this gateway\n/);
    expect(stdout).toContain("### What breaks");
    expect(stdout).toContain("`GET /web/books/{bookId} (web)`");
    expect(stdout).toContain("<details>");
  });

  it("ends with 0 when documents differ in words alone", async () => {
    const cwd = await makeProject();
    const { code, stdout } = await runCli(["diff", "books", "specs/same.yaml"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain("the documents differ in words alone: nothing changes\n");
  });

  it("compares documents as they are with those of a revision, HEAD by default", async () => {
    const cwd = await makeProject();
    commit(cwd);
    const same = await runCli(["diff"], { cwd });
    expect(same.code).toBe(0);
    expect(same.stdout).toBe("the documents are the same\n");
    writeFileSync(join(cwd, "specs/books.yaml"), readFileSync(join(cwd, "specs/new.yaml"), "utf8"));
    const changed = await runCli(["diff"], { cwd });
    expect(changed.code).toBe(5);
    expect(changed.stdout).toContain("books: HEAD:specs/books.yaml (");
    expect((await runCli(["diff", "--rev", "main"], { cwd })).stdout).toContain("main:specs/");
  });

  it("tells nothing to be broken when the composers have followed", async () => {
    const cwd = await makeProject();
    commit(cwd);
    const text = readFileSync(join(cwd, "specs/new.yaml"), "utf8");
    writeFileSync(join(cwd, "specs/books.yaml"), text);
    changeFile(cwd, "composers/web/book-page.ts", "book.authorId", "book.writerId");
    const stale = await runCli(["diff", "--rev", "main"], { cwd });
    expect(stale.code).toBe(3);
    expect(stale.stderr).toContain("composers/web/book-page.ts has changed since");
    await runCli(["gen"], { cwd });
    const followed = await runCli(["diff", "--rev", "main", "--json"], { cwd });
    expect(followed.code).toBe(0);
    expect(JSON.parse(followed.stdout).counts.breaks).toBe(0);
  });

  it("fetches a document from an address that is named", async () => {
    const cwd = await makeProject();
    const text = readFileSync(join(cwd, "specs/new.yaml"), "utf8");
    const server = createServer((_request, response) => response.end(text));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/books.yaml`;
    const { code, stdout } = await runCli(["diff", "books", url], { cwd });
    expect(code).toBe(5);
    expect(stdout).toContain(` -> ${url} (`);
  });

  it.each([
    [
      ["diff", "boks", "specs/new.yaml"],
      2,
      /there is no service "boks"\n {2}did you mean "books"\?/,
    ],
    [
      ["diff", "books", "specs/none.yaml"],
      4,
      /cannot read "specs\/none\.yaml": there is no such file/,
    ],
    [["diff"], 2, /the project is in no git repository\n {2}name the changed document instead/],
  ])("%j ends with %i and says what to do", async (args, exit, words) => {
    const { code, stderr } = await runCli(args, { cwd: await makeProject() });
    expect(stderr).toMatch(words);
    expect(code).toBe(exit);
  });

  it("tells of revisions that git does not know, and of those without the document", async () => {
    const cwd = await makeProject();
    git(cwd, "init", "--initial-branch=main");
    git(cwd, "add", "package.json");
    git(cwd, "commit", "-m", "Begin");
    const unknown = await runCli(["diff", "--rev", "nowhere"], { cwd });
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toMatch(/git knows no revision "nowhere"/);
    const absent = await runCli(["diff", "books", "--rev", "main"], { cwd });
    expect(absent.code).toBe(2);
    expect(absent.stderr).toContain("the revision main has no specs/books.yaml");
    const skipped = await runCli(["diff", "--rev", "main"], { cwd });
    expect(skipped.code).toBe(0);
    expect(skipped.stdout).toContain(
      "books: not compared: the revision main has no specs/books.yaml",
    );
  });

  it("tells of a project without git on the machine", async () => {
    const cwd = await makeProject();
    const { code, stderr } = await runCli(["diff"], { cwd, env: { PATH: "" } });
    expect(code).toBe(2);
    expect(stderr).toMatch(/there is no git on this machine/);
  });
});
