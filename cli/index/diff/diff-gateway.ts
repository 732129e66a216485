/** Compares documents of a gateway's services, and tells what the changes do to its routes. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type ts from "typescript";
import type { ConfigProblem } from "../../../src/config/problems.ts";
import { formatTypeFault } from "../../check/check-types.ts";
import { examineOperations } from "../../check/examine-operations.ts";
import { CommandError } from "../../command-error.ts";
import { type LoadedConfig, loadConfig } from "../../config/load-config.ts";
import { type ComposerSearch, findComposers } from "../../gen/composers.ts";
import { suggestionOf } from "../../print/suggest.ts";
import type { Dependencies } from "../dependencies.ts";
import { type ComparedServices, compareServices } from "./compare-services.ts";
import { type ChangeList, listChanges } from "./judge/change-list.ts";
import { type Compiled, compileComposers } from "./judge/compile-composers.ts";
import { judge } from "./judge/judge.ts";
import { type DiffedService, type DiffReport, reportOf, type SkippedService } from "./report.ts";
import { openRevision } from "./source/git.ts";
import { createLocator } from "./source/locate.ts";
import { readDependencies } from "./source/read-dependencies.ts";
import { readVersions, type Versions, type VersionsAsked } from "./source/read-versions.ts";

export interface DiffOptions {
  /** The project's folder, absolute. */
  readonly root: string;
  /** The configuration's file, relative to the project. */
  readonly config?: string | undefined;
  /** Default: every service. */
  readonly service?: string | undefined;
  /** The new document: a path, a URL, or a file inside an npm package. Default: the one that is configured. */
  readonly document?: string | undefined;
  /** The old documents are those of this revision of git. Default: `HEAD`, where no document is named. */
  readonly rev?: string | undefined;
  /** Called with one line about each longer step. */
  readonly onProgress?: (step: string) => void;
  /** Sources of packages that earlier comparisons have read; grows. */
  readonly kept?: Map<string, ts.SourceFile | undefined>;
}

const GENERATED = "generated";

/** @throws CommandError where there is nothing that could be compared */
export async function diffGateway(options: DiffOptions): Promise<DiffReport> {
  const { root, onProgress = () => {} } = options;
  const loaded = await loadConfig(root, options.config);
  const asked = askedFor(options, loaded);
  const skipped: SkippedService[] = [];
  const found: Found[] = [];
  for (const one of asked) {
    const versions = await readVersions(root, one, onProgress);
    if (typeof versions === "string") {
      if (options.service !== undefined) throw nothingThere(one, versions);
      skipped.push({ service: one.service, why: versions });
    } else if (versions.old.hashes !== versions.now.hashes)
      found.push(compareVersions(versions, onProgress));
  }
  const services = found.filter(({ list }) => list.changes.length > 0);
  const search = findComposers(root);
  const dependencies = services.length === 0 ? NOTHING : readDependencies(root, GENERATED, search);
  const compiled = await compiledOf(options, search, services);
  const judgement = judge({
    services,
    dependencies,
    ...(compiled === undefined ? {} : { compiled }),
    lineAt: createLineReader(root),
  });
  return reportOf(judgement, {
    services: found.map(({ told }) => told),
    skipped,
    compiled: compiled !== undefined,
    refused: found.flatMap(({ versions: { now, old } }) => refusedBy(now, old)),
    problems: newProblems(root, loaded, found),
    unfollowed: unfollowedIn(dependencies, services),
  });
}

interface Found {
  readonly versions: Versions;
  readonly compared: ComparedServices;
  readonly list: ChangeList;
  readonly told: DiffedService;
}

const NOTHING: Dependencies = { version: 1, routes: [] };

function askedFor(
  { root, service, document, rev }: DiffOptions,
  { config }: LoadedConfig,
): VersionsAsked[] {
  const configured = Object.keys(config.services);
  if (service !== undefined && !configured.includes(service)) {
    throw new CommandError("unknown-service", `there is no service "${service}"`, {
      cure: suggestionOf(service, configured, `configured are ${configured.join(", ") || "none"}`),
    });
  }
  const revision =
    rev === undefined && document !== undefined ? undefined : openRevision(root, rev ?? "HEAD");
  return configured
    .filter((name) => service === undefined || name === service)
    .flatMap((name): VersionsAsked[] => {
      const place = config.services[name]?.document;
      if (place === undefined && service !== undefined) {
        throw new CommandError("invalid-argument", `${name} has no document to compare with`, {
          cure: `add \`document\` to services.${name}`,
        });
      }
      if (place === undefined) return [];
      return [
        {
          service: name,
          document: place,
          ...(revision === undefined ? {} : { revision }),
          ...(document === undefined ? {} : { changed: document }),
        },
      ];
    });
}

function nothingThere({ service }: VersionsAsked, why: string): CommandError {
  return new CommandError("invalid-argument", `${service} cannot be compared: ${why}`, {
    cure: `name a document instead: heddle diff ${service} DOCUMENT`,
  });
}

function compareVersions(versions: Versions, onProgress: (step: string) => void): Found {
  const { old, now } = versions;
  const compared = compareServices({ old: old.model, now: now.model }, onProgress);
  onProgress(`placing what has changed in ${now.model.name}`);
  const locate = { old: createLocator(old.library), now: createLocator(now.library) };
  const list = listChanges(compared, locate);
  const told = {
    service: now.model.name,
    old: { document: old.document, version: old.model.version },
    new: { document: now.document, version: now.model.version },
    changes: list.changes.length,
  };
  return { versions, compared, list, told };
}

/** Routes that call none of the services may call them where they could not be followed. */
function unfollowedIn(
  { routes }: Dependencies,
  services: readonly Found[],
): DiffReport["unfollowed"] {
  const changed = new Set(services.map(({ told: { service } }) => service));
  return routes
    .filter(({ calls }) => calls.length === 0 || calls.some(({ service }) => changed.has(service)))
    .flatMap(({ route, unfollowed }) => unfollowed.map(({ at, what }) => ({ route, at, what })));
}

/** What the compiler objects to with the new documents, and did not with the old ones. */
async function compiledOf(
  { root, kept = new Map(), onProgress }: DiffOptions,
  { routes }: ComposerSearch,
  services: readonly Found[],
): Promise<Compiled | undefined> {
  const files = [...new Set(routes.map(({ file }) => file))];
  if (services.length === 0 || files.length === 0) return undefined;
  const options = { root, files, generated: GENERATED, kept };
  onProgress?.("asking the compiler what it says of the composers");
  const compiled = await compileComposers(
    options,
    services.map(({ versions }) => versions.now.model),
  );
  if (compiled.faults.length === 0) return compiled;
  const before = await compileComposers(
    options,
    services.map(({ versions }) => versions.old.model),
  );
  const known = new Set(before.faults.map(formatTypeFault));
  const faults = compiled.faults.filter((fault) => !known.has(formatTypeFault(fault)));
  return { ...compiled, faults };
}

/** What is wrong with the new document so that nothing is generated, and was not with the old one. */
function refusedBy(now: Versions["now"], old: Versions["old"]): DiffReport["refused"] {
  const known = new Set(old.diagnostics.map(({ code, message }) => `${code} ${message}`));
  return now.diagnostics.filter(
    ({ severity, code, message }) => severity === "error" && !known.has(`${code} ${message}`),
  );
}

/** Policies, batches and exposed operations that the gateway would not start with. */
function newProblems(
  root: string,
  { config, file }: LoadedConfig,
  found: readonly Found[],
): ConfigProblem[] {
  return found.flatMap(({ versions: { old, now } }) => {
    const [before, after] = [old, now].map(({ model }) => {
      const examination = examineOperations(config, root, file);
      examination.onModel(model);
      return examination.problems;
    });
    const known = new Set(before?.map(({ path, message }) => `${path} ${message}`));
    return (after ?? []).filter(({ path, message }) => !known.has(`${path} ${message}`));
  });
}

function createLineReader(root: string): (place: string) => string {
  const files = new Map<string, readonly string[]>();
  return (place) => {
    const [, name = "", line = "1"] = /^(.*):(\d+):\d+$/.exec(place) ?? [];
    let lines = files.get(name);
    if (lines === undefined) {
      const file = join(root, name);
      lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
      files.set(name, lines);
    }
    return lines[Number(line) - 1] ?? "";
  };
}
