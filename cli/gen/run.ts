/** One gen run: documents -> `generated/`. Reads and writes at the ends, pure in the middle. */
import { readFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { CommandError } from "../command-error.ts";
import { heddleVersion } from "../package-info.ts";
import { type ComposerSearch, findComposers } from "./composers.ts";
import { byCodePoint } from "./emit/by-code-point.ts";
import { emitGateway } from "./emit/gateway.ts";
import { emitManifest, type Manifest, parseManifest, type ServiceRecord } from "./emit/manifest.ts";
import { emitRoutes, type ProxiedRoute } from "./emit/routes.ts";
import { emitServer } from "./emit/server.ts";
import { compareOutputs } from "./run/compare.ts";
import type { GenOptions, GenReport, GenRoute, GenServiceReport } from "./run/gen-options.ts";
import { generateService, isFatal, type ServiceResult } from "./run/generate-service.ts";
import { hashOf } from "./run/hash.ts";
import { documentName } from "./run/is-current.ts";
import { createRouteTable } from "./run/route-table.ts";
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

const NAME = /^[a-z][A-Za-z0-9]*$/;

/**
 * Generates what has changed, removes what the last run owned and nobody wants any more, and tells what it did.
 * With errors nothing is written.
 * @throws CommandError when the folder cannot be written, or a service's name cannot be one.
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
  const known = previous?.generator === generator && !check && !force ? previous.services : {};

  const results = new Map<string, ServiceResult>();
  for (const [at, name] of names.entries()) {
    const service = options.services[name];
    if (service === undefined) continue;
    const record = Object.hasOwn(known, name) ? known[name] : undefined;
    const progress = { service: name, index: at + 1, total: names.length };
    const onProgress = (stage: "read" | "emit" | "write", text: string): void => {
      options.onProgress?.({ ...progress, stage, text });
    };
    results.set(
      name,
      await generateService({ name, service, root, folder, record, strict, onProgress }),
    );
  }

  const search = searchComposers(options);
  const routed = [...results].map(([name, { record, names: operations }]) => ({
    name,
    service: options.services[name] ?? { document: "" },
    exposed: record?.exposed ?? {},
    ...(operations === undefined ? {} : { names: operations }),
  }));
  const usable = routed.filter(({ name }) => results.get(name)?.status !== "failed");
  const table =
    options.config === undefined
      ? { proxied: [], diagnostics: [] }
      : createRouteTable(search.routes, usable, { root, file: options.config });
  const diagnostics = [
    ...[...results.values()].flatMap((result) => result.diagnostics),
    ...search.diagnostics,
    ...table.diagnostics,
  ];
  const report = {
    out,
    services: [...results].map(([name, result]) => serviceReport(name, options, result)),
    routes: routesOf(search, table.proxied),
    diagnostics,
    written: [],
    removed: [],
    drift: [],
    watch: watchOf(options, results, search),
  };
  const failed = [...results.values()].some(({ status }) => status === "failed");
  if (failed || diagnostics.some((diagnostic) => isFatal(diagnostic, strict)))
    return { ...report, outcome: "invalid" };

  const { outputs, kept } = listOutputs(options, {
    folder,
    generator,
    results,
    search,
    proxied: table.proxied,
  });
  const changes = compareOutputs(folder, outputs, kept, previous);
  const shown = (path: string): string => `${out}/${path}`;
  if (check) {
    const drift = changes.drift.map(({ path, reason }) => ({ path: shown(path), reason }));
    return { ...report, outcome: drift.length === 0 ? "ok" : "drift", drift };
  }
  if (dryRun) return { ...report, outcome: "ok" };
  if (changes.drift.length > 0) options.onProgress?.({ stage: "write", text: `writing ${out}` });
  writeChanges(folder, changes, out);
  return {
    ...report,
    outcome: "ok",
    written: [...changes.write.keys()].map(shown),
    removed: changes.remove.map(shown),
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

interface Parts {
  readonly folder: string;
  readonly generator: string;
  readonly results: ReadonlyMap<string, ServiceResult>;
  readonly search: ComposerSearch;
  readonly proxied: readonly ProxiedRoute[];
}

/** Every file that should be there: those with a text, and those that are known to be right. */
function listOutputs(
  options: GenOptions,
  { folder, generator, results, search, proxied }: Parts,
): { outputs: ReadonlyMap<string, string>; kept: ReadonlySet<string> } {
  const shared = new Map<string, string>();
  const names = [...results.keys()];
  const { config } = options;
  const toRoot = relative(folder, resolve(options.root)).split(sep).join("/") || ".";
  const documents = names.map((name) => {
    return documentName(options.services[name]?.document ?? "", options.root);
  });
  shared.set("gateway.ts", emitGateway(config ?? documents.join(", "), names));
  if (config !== undefined) {
    shared.set("routes.ts", emitRoutes(config, search.routes, proxied, toRoot));
    shared.set("server.ts", emitServer(config, toRoot));
  }
  const services: Record<string, ServiceRecord> = Object.create(null);
  const outputs = new Map<string, string>(shared);
  const kept = new Set<string>();
  for (const [name, { record, files }] of results) {
    if (record === undefined) continue;
    services[name] = record;
    for (const [path, text] of files) outputs.set(path, text);
    for (const path of Object.keys(record.files)) if (!files.has(path)) kept.add(path);
  }
  const hashes = Object.fromEntries([...shared].map(([path, text]) => [path, hashOf(text)]));
  outputs.set("manifest.json", emitManifest({ generator, services, files: hashes }));
  return { outputs, kept };
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

function routesOf(search: ComposerSearch, proxied: readonly ProxiedRoute[]): GenRoute[] {
  return [
    ...search.routes.map(({ method, template, frontend, file, name }): GenRoute => {
      return { kind: "composed", method, template, frontend, file, composer: name };
    }),
    ...proxied.map(({ method, template, service, operation }): GenRoute => {
      return { kind: "proxied", method, template, service, operation };
    }),
  ];
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
