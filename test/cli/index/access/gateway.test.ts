/** What documents say of an operation, at the routes of a gateway that reach it: over sockets, generated and built. */
import { beforeAll, describe, expect, it } from "vitest";
import { ensureBuilt } from "../../../support/ensure-built.ts";
import { runCli, startCli } from "../../../support/run-cli.ts";
import { composerOf, DATES, makeProject, startBooks } from "./project.ts";

beforeAll(ensureBuilt, 180_000);

const OWN = '{ cache: "1m" }';
const REASONED = '{ cache: { ttl: "1m", public: "no page shows who reads" } }';
const ENDING = '{ deprecated: "2026-03-01", successor: "/v2/{id}", policy: "/changes" }';
const OPTIONAL = "services.books.getBook({ path }, { fallback: null })";
const TOWN = "services.books.getTown({ path })";

async function start() {
  const composers = {
    plain: composerOf("plain", "{}"),
    own: composerOf("own", OWN),
    reasoned: composerOf("reasoned", REASONED),
    told: composerOf("told", ENDING),
    optional: composerOf("optional", "{}", OPTIONAL),
    open: composerOf("open", "{}", TOWN),
  };
  const cwd = makeProject(composers, 'expose: ["getBook", "getTown"],');
  for (const command of ["gen", "check", "build"]) {
    const { code, stderr } = await runCli([command], { cwd });
    if (code !== 0) throw new Error(`heddle ${command}: ${stderr}`);
  }
  const books = await startBooks();
  const env = { BOOKS_URL: books.url };
  const running = startCli(["start", "--port", "0", "--host", "127.0.0.1"], { cwd, env });
  const [, url = ""] = await running.until(/"url":"([^"]+)".*"listening"/);
  const ask = async (path: string, authorization = "ann") => {
    const answer = await fetch(url + path, { headers: { authorization } });
    const field = (name: string): string | null => answer.headers.get(name);
    return {
      status: answer.status,
      reader: ((await answer.json()) as { reader?: string } | null)?.reader,
      ends: [field("deprecation"), field("sunset"), field("link")],
      cache: field("cache-status")?.replace(/;? ttl=\d+/, ""),
      told: field("cache-control"),
    };
  };
  return { ask, asked: books.asked };
}

describe.skipIf(process.platform === "win32")("a gateway over what has security and an end", () => {
  it("tells of the end on routes that reach it through a helper, and only there", async () => {
    const { ask } = await start();
    const { deprecated, sunset } = DATES;
    expect((await ask("/web/plain/1")).ends).toEqual([deprecated, sunset, null]);
    expect((await ask("/web/told/1")).ends).toEqual([
      "@1772323200",
      sunset,
      '</v2/1>; rel="successor-version", </changes>; rel="deprecation", </changes>; rel="sunset"',
    ]);
    expect((await ask("/books/books/1")).ends).toEqual([deprecated, sunset, null]);
    const without = [null, null, null];
    expect((await ask("/web/optional/1")).ends).toEqual(without);
    expect((await ask("/web/open/1")).ends).toEqual(without);
    expect((await ask("/books/towns/1")).ends).toEqual(without);
  });

  it("keeps answers for each caller, composed and relayed, and for all where the route says why", async () => {
    const { ask, asked } = await start();
    const answersOf = async (path: string, ...callers: string[]) => {
      const before = asked.length;
      const answers = [];
      for (const caller of callers) {
        const { reader, cache, told } = await ask(path, caller);
        answers.push([reader, cache, told?.replace(/\d+/, "n")]);
      }
      return { answers, calls: asked.slice(before) };
    };
    expect(await answersOf("/web/own/2", "ann", "ann", "bob", "bob")).toEqual({
      answers: [
        ["ann", "heddle; fwd=miss; stored", "private, no-cache"],
        ["ann", "heddle; hit", "private, no-cache"],
        ["bob", "heddle; fwd=miss; stored", "private, no-cache"],
        ["bob", "heddle; hit", "private, no-cache"],
      ],
      calls: ["ann /books/2", "bob /books/2"],
    });
    expect(await answersOf("/books/books/3", "ann", "ann", "bob", "bob")).toEqual({
      answers: [
        ["ann", "heddle; fwd=miss; stored", "max-age=n"],
        ["ann", "heddle; hit", "max-age=n"],
        ["bob", "heddle; fwd=miss; stored", "max-age=n"],
        ["bob", "heddle; hit", "max-age=n"],
      ],
      calls: ["ann /books/3", "bob /books/3"],
    });
    expect(await answersOf("/web/reasoned/4", "ann", "bob")).toEqual({
      answers: [
        ["ann", "heddle; fwd=miss; stored", "public, max-age=n"],
        ["ann", "heddle; hit", "public, max-age=n"],
      ],
      calls: ["ann /books/4"],
    });
  });
});
