/** The dependency index as an output of a run: kept where nothing that it was made from has changed, else made again. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Dependencies, parseDependencies } from "../../index/dependencies.ts";
import type { ProjectProgram } from "../../index/program.ts";
import type { ComposerSearch } from "../composers.ts";
import type { Diagnostic } from "../diagnostics.ts";
import { byCodePoint } from "../emit/by-code-point.ts";
import type { IndexRecord, Manifest } from "../emit/manifest.ts";
import type { ProxiedRoute } from "../emit/routes.ts";
import type { ServiceModel } from "../model.ts";
import type { GenOptions } from "./gen-options.ts";
import type { ServiceResult } from "./generate-service.ts";
import { hashOf, hashOfFile } from "./hash.ts";
import { outputsAreCurrent } from "./is-current.ts";
import { keptFields } from "./keep-fields.ts";

/** Relative to the folder. */
export const INDEX_FILE = "dependencies.json";

export interface IndexParts {
  /** The absolute path of the folder to write. */
  readonly folder: string;
  /** The same, relative to the project. */
  readonly out: string;
  readonly generator: string;
  readonly results: ReadonlyMap<string, ServiceResult>;
  readonly search: ComposerSearch;
  readonly proxied: readonly ProxiedRoute[];
  /** What is about to be written: path relative to the folder -> text. */
  readonly outputs: ReadonlyMap<string, string>;
  /** What was there before, where it may be believed. */
  readonly previous: Manifest | undefined;
}

export interface IndexOutput {
  readonly record: IndexRecord;
  /** Absent: the file that is there is right. */
  readonly text?: string;
  readonly hash: string;
  readonly dependencies: Dependencies | undefined;
  /** What it was made with. Absent: it was not made in this run, or there are no composers. */
  readonly project?: ProjectProgram | undefined;
  /** With `check` only. */
  readonly diagnostics?: readonly Diagnostic[];
}

/** What was written before; absent: nothing that can be read. */
export function readIndex(folder: string): Dependencies | undefined {
  const path = join(folder, INDEX_FILE);
  return existsSync(path) ? parseDependencies(readFileSync(path, "utf8")) : undefined;
}

export async function indexOutput(options: GenOptions, parts: IndexParts): Promise<IndexOutput> {
  const { root } = options;
  const { folder, previous } = parts;
  const known = previous?.index;
  const hash = previous?.files[INDEX_FILE];
  if (known !== undefined && hash !== undefined) {
    const sources = Object.keys(known.sources);
    const isSame =
      known.of === subjectOf(options, parts, hashesOf(root, sources)) &&
      outputsAreCurrent({ [INDEX_FILE]: hash }, folder);
    if (isSame) return { record: known, hash, dependencies: readIndex(folder) };
  }
  const { text, sources, ...found } = await make(options, parts);
  const hashes = hashesOf(root, sources);
  const record = { of: subjectOf(options, parts, hashes), sources: hashes };
  return { record, text, hash: hashOf(text), ...found };
}

interface Made {
  readonly text: string;
  readonly sources: readonly string[];
}

async function make(
  options: GenOptions,
  { folder, out, generator, results, search, proxied, outputs, previous }: IndexParts,
): Promise<Pick<IndexOutput, "dependencies" | "diagnostics" | "project"> & Made> {
  const { root } = options;
  const { createProjectProgram } = await import("../../index/program.ts");
  const { makeIndex } = await import("../../index/make-index.ts");
  const { createLocator } = await import("../../index/pointers/create-locator.ts");
  const { formatDependencies } = await import("../../index/dependencies.ts");
  options.onProgress?.({ stage: "emit", text: "following composers" });
  const files = [...new Set(search.routes.map(({ file }) => file))];
  const overlay = new Map([...outputs].map(([path, text]) => [resolve(folder, path), text]));
  const project =
    files.length === 0
      ? undefined
      : await createProjectProgram({ root, files, generated: out, overlay });
  const records = new Map(
    [...results].flatMap(([name, { record }]) => (record === undefined ? [] : [[name, record]])),
  );
  const kept = keptFields(root, generator, records, previous !== undefined);
  const locator = createLocator((service) => modelOf(options, results, service), kept);
  const dependencies = await makeIndex({
    project,
    routes: search.routes,
    proxied,
    locator,
    standIns: (service, operation) => standInsOf(options, service, operation),
    bulkRule(service, operation) {
      const { batch = {} } = options.services[service] ?? {};
      return Object.hasOwn(batch, operation) ? batch[operation] : undefined;
    },
  });
  kept.save();
  const text = formatDependencies(dependencies);
  const made = { text, sources: project?.sources() ?? [], dependencies, project };
  if (options.check !== true || project === undefined) return made;
  const { publicFaults } = await import("../../index/access/public-faults.ts");
  return { ...made, diagnostics: publicFaults(project, search.routes, dependencies) };
}

/** The model that was read in this run; else the document is read. */
export async function modelOf(
  { root, services }: GenOptions,
  results: ReadonlyMap<string, ServiceResult>,
  name: string,
): Promise<ServiceModel | undefined> {
  const model = results.get(name)?.model;
  const source = services[name]?.document;
  if (model !== undefined || source === undefined) return model;
  const { readService } = await import("../read-service.ts");
  return (await readService({ name, source, root })).model;
}

function standInsOf(
  { services }: GenOptions,
  service: string,
  operation: string,
): ("default" | "stale")[] {
  const rules = services[service]?.operations ?? {};
  const rule = Object.hasOwn(rules, operation) ? rules[operation] : undefined;
  return [
    ...(rule !== undefined && "fallback" in rule ? (["default"] as const) : []),
    ...(rule?.stale === undefined ? [] : (["stale"] as const)),
  ];
}

/** Everything that shapes the index, as one hash. */
function subjectOf(
  options: GenOptions,
  { generator, results, search, proxied }: IndexParts,
  sources: Readonly<Record<string, string>>,
): string {
  const services = [...results].map(([name, { record }]) => [
    name,
    record?.seal ?? "",
    Object.entries(options.services[name]?.operations ?? {}).map(([operation]) => [
      operation,
      standInsOf(options, name, operation),
    ]),
    options.services[name]?.batch ?? {},
  ]);
  const routes = search.routes.map(({ frontend, file, name, method, template, at }) => [
    frontend,
    file,
    name,
    method,
    template,
    at.line,
  ]);
  const settings = [
    hashOfFile(join(options.root, "tsconfig.json")) ?? "",
    importsOf(join(options.root, "package.json")),
  ];
  const relayed = proxied.map(({ method, template, frontend = "", service, operation }) => {
    return [method, template, frontend, service, operation];
  });
  return hashOf(
    JSON.stringify([
      generator,
      services,
      routes,
      relayed,
      settings,
      Object.entries(sources).sort(([one], [other]) => byCodePoint(one, other)),
    ]),
  ).slice(0, 16);
}

/** What `#gateway` and its like lead to: nothing else of `package.json` counts. */
function importsOf(file: string): unknown {
  try {
    const { imports = {} } = JSON.parse(readFileSync(file, "utf8")) as { imports?: unknown };
    return imports;
  } catch {
    return {};
  }
}

function hashesOf(root: string, paths: readonly string[]): Record<string, string> {
  const found = paths.flatMap((path): [string, string][] => {
    const hash = hashOfFile(join(root, path));
    return hash === undefined ? [] : [[path, hash]];
  });
  return Object.fromEntries(found);
}
