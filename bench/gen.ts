/**
 * What does `heddle gen` cost? GitHub's document from cold and with nothing changed, twelve small documents from
 * cold; beside it openapi-typescript alone on GitHub's document. CPU seconds and peak memory of whole processes.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median, table } from "./support/report.ts";
import { type Timed, timed } from "./support/timed.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const modules = join(root, "node_modules");
const github = join(modules, "@octokit/openapi/generated/api.github.com.json");
const small = join(modules, "@readme/oas-examples/3.0/json");
const folder = mkdtempSync(join(tmpdir(), "heddle-bench-"));
const heddle = join(root, "bin/heddle.js");
const RUNS = Number(process.env.BENCH_RUNS ?? 3);

function gen(out: string, documents: readonly string[]): Timed {
  const flags = documents.flatMap((path, index) => ["--document", `s${index}=${path}`]);
  return timed([heddle, "gen", ...flags, "--out", out], folder);
}

function rows(title: string, limit: string, run: (index: number) => Timed): string[] {
  const runs = Array.from({ length: RUNS }, (_, index) => run(index));
  const failed = runs.find(({ status }) => status !== 0);
  if (failed !== undefined)
    throw new Error(`${title} ended with ${failed.status}:\n${failed.stderr.slice(-2_000)}`);
  return [
    title,
    median(runs.map(({ cpuSeconds }) => cpuSeconds)).toFixed(2),
    median(runs.map(({ peakMegabytes }) => peakMegabytes)).toFixed(0),
    limit,
  ];
}

const twelve = readdirSync(small)
  .filter((name) => name.endsWith(".json"))
  .sort()
  .slice(0, 12)
  .map((name) => join(small, name));

try {
  const results = [
    rows("GitHub, cold", "6 s, 600 MB", (index) => gen(join(folder, `cold${index}`), [github])),
    rows("GitHub, nothing changed", "0.4 s", () => gen(join(folder, "cold0"), [github])),
    rows(`${twelve.length} small documents, cold`, "3 s", (index) =>
      gen(join(folder, `small${index}`), twelve),
    ),
  ];
  const official = join(modules, "openapi-typescript/bin/cli.js");
  if (existsSync(official)) {
    mkdirSync(join(folder, "official"));
    results.push(
      rows("openapi-typescript alone on GitHub", "", () =>
        timed([official, github, "-o", join(folder, "official/schema.d.ts")], folder),
      ),
    );
  }
  process.stdout.write(
    table([`Node ${process.versions.node}`, "CPU s, median", "peak MB", "limit"], results),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
