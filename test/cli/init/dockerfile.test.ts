/** Does what the Dockerfile of a new project says, step by step, and runs what comes of it. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { initProject } from "../../../cli/init/init-project.ts";
import { ensureBuilt } from "../../support/ensure-built.ts";
import { linkPackages, makeFolder } from "../../support/project.ts";
import { HEDDLE, runCli, startCli, startNode } from "../../support/run-cli.ts";
import { buildImage } from "./container.ts";

beforeAll(ensureBuilt, 180_000);

/** A project with its packages; this repository stands in for what a registry would give. */
function install(folder: string): void {
  linkPackages(folder);
  mkdirSync(join(folder, "node_modules/.bin"));
  symlinkSync(HEDDLE, join(folder, "node_modules/.bin/heddle"));
}

it("the Dockerfile of a new project makes an image that serves, is healthy and stops", async () => {
  const context = makeFolder();
  initProject({ cwd: context, dir: ".", force: false });
  install(context);
  expect(await runCli(["gen"], { cwd: context })).toMatchObject({ code: 0 });
  // What must not get into an image, and what `npm install` leaves.
  writeFileSync(join(context, ".env"), "BOOKS_URL=http://127.0.0.1:9\n");
  writeFileSync(join(context, "package-lock.json"), "{}\n");

  const seen: string[][] = [];
  const scratch = makeFolder();
  const image = buildImage({
    context,
    scratch,
    instead: {
      "npm ci": (workdir) => {
        seen.push(readdirSync(workdir).sort());
        install(workdir);
      },
    },
  });
  // Packages are a layer of their own, made again only when these change.
  expect(seen).toEqual([["package-lock.json", "package.json"]]);
  expect(readdirSync(join(scratch, "build/app"))).not.toContain(".env");
  expect(readdirSync(image.workdir).sort()).toEqual(["dist", "package.json"]);
  expect(readdirSync(join(image.workdir, "dist")).sort()).toEqual(["server.js", "server.js.map"]);
  expect(image).toMatchObject({ user: "node", exposed: [Number(image.env.PORT)] });

  const [, books = ""] = await startCli(["mock"], { cwd: context }).until(/books +(http:\S+)/);
  const [node, ...args] = image.command;
  expect(node).toBe("node");
  const env = { ...image.env, PORT: "0", BOOKS_URL: books };
  const server = startNode(args, { cwd: image.workdir, env });
  const [, url = ""] = await server.until(/"url":"([^"]+)"/);
  const page = await fetch(`${url}/web/books/dune`);
  expect(await page.json()).toMatchObject({ author: { name: "Frank Herbert" } });

  const [checker, ...check] = image.healthcheck;
  expect(checker).toBe("node");
  const health = { env: { ...image.env, PORT: new URL(url).port } };
  execFileSync(process.execPath, check, health);
  // docker stop sends SIGTERM to the first process.
  expect(await server.stop("SIGTERM")).toMatchObject({ code: 0, stderr: "" });
  expect(spawnSync(process.execPath, check, health).status).toBe(1);
  expect(readdirSync(image.workdir).sort()).toEqual(["dist", "package.json"]);
}, 200_000);
