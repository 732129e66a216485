/**
 * What does one keystroke in a composer cost? CPU that TypeScript's language service takes to tell again what is wrong
 * with the file, over GitHub's document (1,223 operations): a composer over the generated client, and beside it the same
 * code over openapi-fetch's `createClient<paths>`, both on the types that `heddle gen` makes.
 */
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { runGen } from "../cli/gen/run.ts";
import { median, table } from "./support/report.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const github = join(root, "node_modules/@octokit/openapi/generated/api.github.com.json");
const KEYSTROKES = Number(process.env.BENCH_KEYSTROKES ?? 50);
const LIMIT_MS = 100;

/** Marks where the keys are struck. */
const CURSOR = "/*|*/";

const COMPOSER = `import { compose } from "./generated/gateway.ts";

export const repository = compose.get("/web/repos/{owner}/{repo}", async ({ path, services }) => {
  const repo = await services.github.reposGet({ path });
  const label = "x${CURSOR}";
  return {
    name: repo.full_name,
    stars: repo.stargazers_count,
    label,
    license: repo.license?.spdx_id ?? null,
    issues: () => services.github.issuesListForRepo({ path, query: { state: "open", per_page: 5 } }),
    pulls: () => services.github.pullsList({ path }, { fallback: [] }),
    owner: () => services.github.usersGetByUsername({ path: { username: path.owner } }),
  };
});
`;

const PATH_LITERALS = `import createClient from "openapi-fetch";
import type { paths } from "./generated/github/schema.d.ts";

const client = createClient<paths>();

export async function repository(path: { owner: string; repo: string }) {
  const { data: repo } = await client.GET("/repos/{owner}/{repo}", { params: { path } });
  const label = "x${CURSOR}";
  return {
    name: repo?.full_name,
    stars: repo?.stargazers_count,
    label,
    license: repo?.license?.spdx_id ?? null,
    issues: () => client.GET("/repos/{owner}/{repo}/issues", { params: { path, query: { state: "open", per_page: 5 } } }),
    pulls: () => client.GET("/repos/{owner}/{repo}/pulls", { params: { path } }),
    owner: () => client.GET("/users/{username}", { params: { path: { username: path.owner } } }),
  };
}
`;

interface Measured {
  readonly coldMs: number;
  readonly keystrokeMs: number;
  readonly completionMs: number;
}

/** The language service over one file, and what it takes. */
function measure(folder: string, text: string): Measured {
  const file = join(folder, "composer.ts");
  let version = 0;
  let current = text;
  const options: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2023.d.ts"],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ["node"],
    typeRoots: [join(root, "node_modules/@types")],
    allowImportingTsExtensions: true,
    paths: { heddle: [join(root, "src/index.ts")] },
  };
  const snapshotOf = once((name) => {
    const content = ts.sys.readFile(name);
    return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
  });
  const service = ts.createLanguageService({
    getScriptFileNames: () => [file],
    getScriptVersion: (name) => (name === file ? String(version) : "0"),
    getScriptSnapshot: (name) =>
      name === file ? ts.ScriptSnapshot.fromString(current) : snapshotOf(name),
    getCurrentDirectory: () => folder,
    getCompilationSettings: () => options,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: once(ts.sys.fileExists),
    readFile: ts.sys.readFile,
    directoryExists: once(ts.sys.directoryExists),
    getDirectories: ts.sys.getDirectories,
  });
  const diagnose = (): void => {
    const found = [
      ...service.getSyntacticDiagnostics(file),
      ...service.getSemanticDiagnostics(file),
    ];
    const [first] = found;
    if (first !== undefined)
      throw new Error(ts.flattenDiagnosticMessageText(first.messageText, "\n"));
  };
  const coldMs = cpuOf(diagnose);
  const struck = Array.from({ length: KEYSTROKES }, (_, index) => {
    version += 1;
    current = text.replace(CURSOR, "y".repeat(index + 1));
    return cpuOf(diagnose);
  });
  const dot = current.indexOf("services.github.") >= 0 ? "services.github." : "client.";
  const completionMs = cpuOf(() => {
    service.getCompletionsAtPosition(file, current.indexOf(dot) + dot.length, {});
  });
  service.dispose();
  return { coldMs, keystrokeMs: median(struck), completionMs };
}

/** Editors watch the disk, and look again only when something has changed. */
function once<Result>(look: (name: string) => Result): (name: string) => Result {
  const known = new Map<string, Result>();
  return (name) => {
    if (!known.has(name)) known.set(name, look(name));
    return known.get(name) as Result;
  };
}

function cpuOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

const folder = mkdtempSync(join(tmpdir(), "heddle-bench-"));
try {
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  await runGen({ root: folder, services: { github: { document: github } } });
  const rows = [
    ["composer over the generated client", measure(folder, COMPOSER), String(LIMIT_MS)],
    ["openapi-fetch, path literals", measure(folder, PATH_LITERALS), ""],
  ] as const;
  const bytes = readFileSync(join(folder, "generated/github/client.d.ts")).length;
  process.stdout.write(
    table(
      ["CPU ms", "one keystroke", "limit", "opening the file", "completion"],
      rows.map(([title, { keystrokeMs, coldMs, completionMs }, limit]) => {
        return [title, keystrokeMs.toFixed(0), limit, coldMs.toFixed(0), completionMs.toFixed(0)];
      }),
    ),
  );
  process.stdout.write(`client.d.ts: ${Math.round(bytes / 1_000)} kB\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
