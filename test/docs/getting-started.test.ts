/** Walks through the guide "Getting started" as it stands: what it tells to paste is pasted, what it shows must come. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { ensureBuilt, ROOT } from "../support/ensure-built.ts";
import { makeSample, writeFiles } from "../support/project.ts";
import { type Exit, runCli, startNode } from "../support/run-cli.ts";
import { pastesOf } from "./markdown.ts";

const PAGE = "docs/getting-started.md";
const page = readFileSync(PAGE, "utf8");

beforeAll(ensureBuilt, 200_000);

it("leads from init to a build, with files that compile and tests that pass", async () => {
  const cwd = makeSample();
  /** Runs a command that the guide tells to run. */
  const heddle = async (...args: string[]): Promise<Exit> => {
    expect(page.replaceAll("'", "")).toContain(`npx heddle ${args.join(" ")}`);
    const exit = await runCli(args, { cwd });
    expect(exit, exit.stderr).toMatchObject({ code: 0 });
    return exit;
  };
  const pastes = pastesOf(PAGE);
  const [document = "", composer = "", test = ""] = Object.keys(pastes);
  const paste = (path: string): void => writeFiles(cwd, { [path]: pastes[path] ?? "" });

  await heddle("gen");
  paste(document);
  expect(page).toContain((await heddle("add", "stock", document)).stdout.trim());
  const uses = ["--uses", "books.getBook", "--uses", "stock.getStock"];
  await heddle("compose", "web/shelf", "--path", "/web/shelf/{bookId}", ...uses);
  paste(composer);
  await heddle("gen");
  paste(test);
  await heddle("check", "--strict");
  const vitest = startNode([join(ROOT, "node_modules/vitest/vitest.mjs"), "run"], { cwd });
  expect(await vitest.exit).toMatchObject({ code: 0 });
  await heddle("build");
  const { stderr } = await startNode(["dist/server.js"], { cwd }).exit;
  expect(readFileSync("docs/operations.md", "utf8")).toContain(stderr.trim());
}, 120_000);
