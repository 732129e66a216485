/** One gen run: documents -> `generated/`. Reads and writes at the ends, pure in the middle. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { CommandError, EXIT } from "../command-error.ts";
import { heddleVersion } from "../package-info.ts";
import { type ComposerSearch, findComposers } from "./composers.ts";
import { DIAGNOSTICS, type Diagnostic } from "./diagnostics.ts";
import { byCodePoint } from "./emit/by-code-point.ts";
import { type Manifest, parseManifest, type ServiceRecord } from "./emit/manifest.ts";
import { compareOutputs } from "./run/compare.ts";
import type { GenOptions, GenReport, GenServiceReport } from "./run/gen-options.ts";
import { generateService, isFatal, type ServiceResult } from "./run/generate-service.ts";
import { readIndex } from "./run/index-outputs.ts";
import { listChanges } from "./run/list-changes.ts";
import { listOutputs } from "./run/list-outputs.ts";
import { listRoutes } from "./run/list-routes.ts";
import { createRouteTable } from "./run/route-table.ts";
import { isSealed } from "./run/seal.ts";
import { writeChanges } from "./run/write.ts";

export type { GenDrift } from "./run/compare.ts";
export type {
  GenOptions,
  GenProgress,
  GenReport,
  GenRoute,
  GenService,
  GenServiceReport,
} from "./run/gen-options.ts";
export type { OperationChanges } from "./run/operation-changes.ts";

/** A folder of `generated/` that is no service's. */
const FRONTENDS = "frontends";
const NAME = /^[a-z][A-Za-z0-9]*$/;

/**
 * Generates what has changed, removes what the last run owned and nobody wants any more, and tells what it did.
 * With errors nothing is written.
 * @throws CommandError when the folder cannot be written or holds files of somebody else, or a service's name cannot be
 * one.
 */
export async function runGen(options: GenOptions): Promise<GenReport> {
  const { root, check = false, dryRun = false, strict = false, force = false } = options;
  const out = (options.out ?? "generated").replaceAll("\\", "/").replace(/\/+$/, "");
  const folder = resolve(root, out);
  const names = Object.keys(options.services).sort(byCodePoint);
  checkNames(names);
  const previous = readManifest(folder);
  const generator = heddleVersion();
  // A check believes no manifest: it may have been edited together with what it vouches for.
  const isBelieved = previous?.generator === generator && !check && !force;
  const known = isBelieved ? previous.services : {};
  const recordOf = (name: string): ServiceRecord | undefined => {
    const record = Object.hasOwn(known, name) ? known[name] : undefined;
    return record !== undefined && isSealed(generator, name, record) ? record : undefined;
  };

  const results = new Map<string, ServiceResult>();
  for (const [at, name] of names.entries()) {
    const service = options.services[name];
    if (service === undefined) continue;
    const progress = { service: name, index: at + 1, total: names.length };
    const onProgress = (stage: "read" | "emit" | "write", text: string): void => {
      options.onProgress?.({ ...progress, stage, text });
    };
    const { config, onModel } = options;
    const task = { name, service, root, folder, config, generator, onProgress, onModel };
    results.set(name, await generateService({ ...task, record: recordOf(name) }));
  }

  const search = searchComposers(options);
  const routed = [...results].map(([name, { record, names: operations }]) => ({
    name,
    service: options.services[name] ?? { document: "" },
    exposed: record?.exposed ?? {},
    deprecated: record?.deprecated ?? [],
    ...(operations === undefined ? {} : { names: operations }),
  }));
  const usable = routed.filter(({ name }) => results.get(name)?.status !== "failed");
  const table =
    options.config === undefined
      ? { proxied: [], diagnostics: [] }
      : createRouteTable(search.routes, usable, {
          root,
          file: options.config,
          hosts: (frontend) => options.frontends?.[frontend]?.hosts ?? [],
        });
  const diagnostics: Diagnostic[] = [
    ...[...results.values()].flatMap((result) => result.diagnostics),
    ...search.diagnostics,
    ...table.diagnostics,
  ];
  const report = {
    out,
    services: [...results].map(([name, result]) => serviceReport(name, options, result)),
    routes: listRoutes(options, search, table.proxied, readIndex(folder)),
    diagnostics,
    changes: [],
    written: [],
    removed: [],
    drift: [],
    watch: watchOf(options, results, search),
  };
  const failed = [...results.values()].some(({ status }) => status === "failed");
  if (failed || diagnostics.some((diagnostic) => isFatal(diagnostic, strict)))
    return { ...report, outcome: "invalid" };

  if (dryRun) return { ...report, outcome: "ok" };
  const { outputs, kept, dependencies, ...found } = await listOutputs(options, {
    folder,
    out,
    generator,
    results,
    search,
    proxied: table.proxied,
    previous: isBelieved ? previous : undefined,
  });
  const changes = compareOutputs(folder, outputs, kept, previous);
  const shown = (path: string): string => `${out}/${path}`;
  if (changes.inTheWay.length > 0) throw inTheWay(changes.inTheWay.map(shown), out);
  const all = {
    ...report,
    routes: listRoutes(options, search, table.proxied, dependencies),
    diagnostics: [
      ...diagnostics,
      ...found.diagnostics,
      ...changes.keep.map((path) => keptOutput(shown(path))),
    ],
    changes: listChanges(options, { folder, results, previous }),
  };
  const isRefused = found.diagnostics.some((diagnostic) => isFatal(diagnostic, strict));
  if (isRefused || (strict && changes.keep.length > 0)) return { ...all, outcome: "invalid" };
  if (check) {
    const drift = changes.drift.map(({ path, reason }) => ({ path: shown(path), reason }));
    return { ...all, outcome: drift.length === 0 ? "ok" : "drift", drift };
  }
  if (changes.drift.length > 0) options.onProgress?.({ stage: "write", text: `writing ${out}` });
  writeChanges(folder, changes, out);
  return {
    ...all,
    outcome: "ok",
    written: [...changes.write.keys()].map(shown),
    removed: changes.remove.map(shown),
  };
}

function inTheWay(paths: readonly string[], out: string): CommandError {
  const it = paths.length === 1 ? "it" : "them";
  return new CommandError(
    "file-exists",
    `${out}/ has files of another origin where heddle gen writes: nothing was generated`,
    {
      cure: `move ${it} elsewhere, or choose another folder with --out`,
      lines: paths.map((path) => `${path} was not written by heddle gen`),
      report: { inTheWay: paths },
      exitCode: EXIT.invalid,
    },
  );
}

function keptOutput(path: string): Diagnostic {
  const code = "output-kept";
  return {
    code,
    severity: DIAGNOSTICS[code].severity,
    message: "it is generated no more, but is not what was generated: it is left where it is",
    cure: "move it out of the folder, or delete it",
    service: "",
    at: { file: path, line: 1, column: 1, pointer: "" },
  };
}

/** Two names that differ in case alone would be one folder on some disks. */
function checkNames(names: readonly string[]): void {
  const seen = new Map<string, string>();
  for (const name of names) {
    const other = seen.get(name.toLowerCase());
    const cure = "use letters and digits, beginning with a small letter, and a name of its own";
    if (!NAME.test(name))
      throw new CommandError("invalid-argument", `"${name}" cannot be a service's name`, { cure });
    if (name === FRONTENDS) {
      throw new CommandError("invalid-argument", `"${name}" cannot be a service's name`, {
        cure: "choose another: that folder holds the types of frontends",
      });
    }
    if (other !== undefined) {
      throw new CommandError(
        "invalid-argument",
        `the services "${other}" and "${name}" differ in case alone`,
        { cure },
      );
    }
    seen.set(name.toLowerCase(), name);
  }
}

function readManifest(folder: string): Manifest | undefined {
  try {
    return parseManifest(readFileSync(join(folder, "manifest.json"), "utf8"));
  } catch {
    return undefined;
  }
}

function searchComposers(options: GenOptions): ComposerSearch {
  if (options.config === undefined) return { routes: [], diagnostics: [], files: [] };
  return findComposers(options.root, options.composers ?? "composers");
}

function serviceReport(
  name: string,
  options: GenOptions,
  { status, record }: ServiceResult,
): GenServiceReport {
  const document = options.services[name]?.document ?? "";
  return {
    name,
    document,
    status,
    operations: record?.operations ?? 0,
    warnings: record?.warnings ?? 0,
  };
}

function watchOf(
  options: GenOptions,
  results: ReadonlyMap<string, ServiceResult>,
  search: ComposerSearch,
): string[] {
  const sources = [...results].flatMap(([name, { record }]) => {
    return record === undefined
      ? [options.services[name]?.document ?? ""]
      : Object.keys(record.sources);
  });
  const folder =
    options.config === undefined ? [] : [options.config, options.composers ?? "composers"];
  const paths = [...sources, ...folder, ...search.files].filter(
    (path) => path !== "" && !/^https?:/i.test(path),
  );
  return [...new Set(paths)].sort(byCodePoint);
}
