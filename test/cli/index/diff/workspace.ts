/** Copies of the shop whose documents may be edited, and what the compiler says of them after a real run of gen. */
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import ts from "typescript";
import { afterAll } from "vitest";
import { loadConfig } from "../../../../cli/config/load-config.ts";
import { type GenOptions, type GenService, runGen } from "../../../../cli/gen/run.ts";
import type { DiffReport } from "../../../../cli/index/diff/report.ts";
import type { GatewayConfig } from "../../../../src/config.ts";
import { ROOT } from "../../../support/ensure-built.ts";

/** Packages are parsed once for all of a test file. */
export const kept = new Map<string, ts.SourceFile | undefined>();

const TSCONFIG = {
  compilerOptions: {
    target: "es2022",
    lib: ["es2023"],
    module: "nodenext",
    moduleResolution: "nodenext",
    types: ["node"],
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    verbatimModuleSyntax: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    noEmit: true,
    paths: { heddle: [join(ROOT, "src/index.ts")], "heddle/config": [join(ROOT, "src/config.ts")] },
  },
  include: ["composers", "generated"],
};

const PACKAGE = { type: "module", imports: { "#gateway": "./generated/gateway.ts" } };

/** An empty workspace with the packages of this repository. */
export function makeWorkspace(): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "heddle-diff-")));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"), "junction");
  writeFileSync(join(root, "tsconfig.json"), JSON.stringify(TSCONFIG));
  writeFileSync(join(root, "package.json"), JSON.stringify(PACKAGE));
  return root;
}

/** The shop as it is committed, with the index of what its routes depend on. */
export function copyShop(): string {
  const root = makeWorkspace();
  for (const path of ["specs", "composers", "generated", "heddle.config.ts"])
    cpSync(join(ROOT, path), join(root, path), { recursive: true });
  return root;
}

/** Runs gen, the index with it. */
export async function generate(root: string): Promise<void> {
  const { config, file } = await loadConfig(root);
  await run({ root, services: servicesOf(config), config: file });
}

/** Runs gen without the index, and asks the compiler: `composers/web/order-page.ts:8`, each line once. */
export async function compileForReal(root: string): Promise<string[]> {
  const { config } = await loadConfig(root);
  await run({ root, services: servicesOf(config) });
  const { options, fileNames } = ts.parseJsonConfigFileContent(TSCONFIG, ts.sys, root);
  const host = ts.createCompilerHost(options, true);
  const { getSourceFile } = host;
  host.getSourceFile = (path, ...rest) => {
    if (path.startsWith(`${root}/`) && !path.includes("/node_modules/"))
      return getSourceFile.call(host, path, ...rest);
    if (!kept.has(path)) kept.set(path, getSourceFile.call(host, path, ...rest));
    return kept.get(path);
  };
  const composers = fileNames.filter((path) => path.includes("/composers/"));
  const program = ts.createProgram(composers, options, host);
  const lines = composers.flatMap((path) => {
    const source = program.getSourceFile(path);
    return program.getSemanticDiagnostics(source).map(({ file, start = 0 }) => {
      const line = (file?.getLineAndCharacterOfPosition(start).line ?? 0) + 1;
      return `${relative(root, path)}:${line}`;
    });
  });
  return [...new Set(lines)].sort();
}

/** The lines that the compiler objects to, by what was told of it. */
export function objectedLines({ changes, unexplained }: DiffReport): string[] {
  const faults = [
    ...changes.flatMap(({ effects }) => effects.flatMap((effect) => effect.faults)),
    ...unexplained,
  ];
  return [...new Set(faults.map(({ place }) => place.replace(/:\d+$/, "")))].sort();
}

const servicesOf = ({ services }: GatewayConfig): Record<string, GenService> =>
  services as Record<string, GenService>;

async function run(options: GenOptions): Promise<void> {
  const { outcome, diagnostics } = await runGen(options);
  if (outcome !== "ok") throw new Error(JSON.stringify(diagnostics));
}
