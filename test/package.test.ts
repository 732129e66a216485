/** The packed package in an empty folder: what someone who finds it on npm would do. */
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, expect, it } from "vitest";
import { ensureBuilt, ROOT } from "./support/ensure-built.ts";
import { makeFolder } from "./support/project.ts";
import { startNode } from "./support/run-cli.ts";

beforeAll(ensureBuilt, 180_000);

const run = promisify(execFile);
const PATIENCE_MS = 600_000;

it(
  "installs into an empty folder, makes a gateway there, and answers a request",
  async () => {
    const cwd = makeFolder();
    // What npm is told by the outer `npm test` must not reach the inner one.
    const env = Object.fromEntries(
      Object.entries(process.env).filter(
        ([name]) => !/^npm_(package|lifecycle|command|execpath)/i.test(name),
      ),
    );
    const npm = (...args: string[]) => run("npm", args, { cwd, env, maxBuffer: 1e8 });

    const packed = await npm("pack", ROOT, "--ignore-scripts", "--json");
    const [{ filename, files }] = JSON.parse(packed.stdout) as [
      { filename: string; files: { path: string }[] },
    ];
    const paths = files.map(({ path }) => path);
    expect(paths).toContain("dist/src/index.d.ts");
    expect(
      paths.filter(
        (path) => !/^(bin|dist\/(src|cli)|docs)\/|^(package\.json|README\.md|LICENSE)$/.test(path),
      ),
    ).toEqual([]);

    // Without a prefix npm looks for a project in the folders above.
    await npm(
      "install",
      `./${filename}`,
      "--prefix",
      cwd,
      "--prefer-offline",
      "--no-audit",
      "--no-fund",
    );
    const heddle = join(cwd, "node_modules/.bin/heddle");
    const cli = (...args: string[]) => run(heddle, args, { cwd, env: { ...env, NO_COLOR: "1" } });
    expect((await cli("init")).stdout).toContain("wrote  heddle.config.ts");
    expect((await cli("gen")).stdout).toContain("1 route");
    expect((await cli("build")).stdout).toContain("built dist/server.js");

    const mocks = startNode([heddle, "mock"], { cwd });
    const [, books = ""] = await mocks.until(/books +(http:\S+)/);
    const server = startNode([heddle, "start"], {
      cwd,
      env: { PORT: "0", HOST: "127.0.0.1", BOOKS_URL: books },
    });
    const [, url = ""] = await server.until(/"url":"([^"]+)"/);
    const response = await fetch(`${url}/web/books/dune`);
    expect(await response.json()).toMatchObject({
      book: { title: "Dune" },
      author: { name: "Frank Herbert" },
    });
    await server.stop();
    await mocks.stop();

    // Its declarations resolve for a program that believes no library.
    await npm(
      "install",
      "@types/node@20.19.43",
      "--no-save",
      "--prefix",
      cwd,
      "--prefer-offline",
      "--no-audit",
      "--no-fund",
    );
    writeFileSync(
      join(cwd, "consumer.ts"),
      `import { createGateway, type Gateway } from "heddle";
import { services } from "./generated/gateway.ts";
import { routes } from "./generated/routes.ts";
import config from "./heddle.config.ts";
export const gateway: Gateway = createGateway(config, { services, routes });
// @ts-expect-error the declarations are there: a gateway has no such member
export const none = gateway.nothing;
`,
    );
    writeFileSync(
      join(cwd, "tsconfig.consumer.json"),
      '{ "extends": "./tsconfig.json", "include": ["consumer.ts"] }',
    );
    const tsc = join(cwd, "node_modules/typescript/lib/tsc.js");
    const checked = await run(
      process.execPath,
      [tsc, "--noEmit", "--skipLibCheck", "false", "-p", "tsconfig.consumer.json"],
      { cwd },
    ).catch(({ stdout }: { stdout: string }) => ({ stdout }));
    expect(checked.stdout).toBe("");
  },
  PATIENCE_MS,
);
