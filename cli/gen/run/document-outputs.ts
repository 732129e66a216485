/** The gateway's own document and the frontends' types as outputs of a run: made anew only when need be. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { ProjectProgram } from "../../index/program.ts";
import type { Diagnostic } from "../diagnostics.ts";
import { byCodePoint } from "../emit/by-code-point.ts";
import type { DocumentRecord } from "../emit/manifest.ts";
import type { ServiceModel } from "../model.ts";
import type { GenOptions } from "./gen-options.ts";
import { hashOf } from "./hash.ts";
import { type IndexOutput, type IndexParts, modelOf } from "./index-outputs.ts";
import { outputsAreCurrent } from "./is-current.ts";
import { keepDiagnostics, keptDiagnostics } from "./keep-diagnostics.ts";

export interface DocumentParts extends IndexParts {
  readonly index: IndexOutput;
  /** The configuration's file, relative to the project. */
  readonly config: string;
}

export interface DocumentOutput {
  readonly record: DocumentRecord;
  /** Path relative to the folder -> text; empty where the files that are there are right. */
  readonly files: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
}

export async function documentOutputs(
  options: GenOptions,
  parts: DocumentParts,
): Promise<DocumentOutput> {
  const { root } = options;
  const of = subjectOf(options, parts);
  const known = parts.previous?.document;
  if (known?.of === of && outputsAreCurrent(known.files, parts.folder)) {
    const diagnostics = keptDiagnostics(root, "", diagnosed(known));
    if (diagnostics !== undefined) return { record: known, files: new Map(), diagnostics };
  }
  const { files, diagnostics } = await make(options, parts);
  const record = {
    of,
    diagnostics: diagnostics.length,
    files: Object.fromEntries([...files].map(([path, text]) => [path, hashOf(text)])),
  };
  keepDiagnostics(root, "", diagnosed(record), diagnostics);
  return { record, files, diagnostics };
}

async function make(
  options: GenOptions,
  parts: DocumentParts,
): Promise<Pick<DocumentOutput, "files" | "diagnostics">> {
  const { config, out, search, proxied, index, results } = parts;
  const [{ gatewayDocument }, { formatDocument }, { frontendTypes }] = await Promise.all([
    import("../../index/document/gateway-document.ts"),
    import("../../index/document/document-text.ts"),
    import("../../index/document/frontend-types.ts"),
  ]);
  options.onProgress?.({ stage: "emit", text: "describing routes" });
  const models: ServiceModel[] = [];
  for (const name of results.keys()) {
    const model = await modelOf(options, results, name);
    if (model !== undefined) models.push(model);
  }
  const { document, diagnostics } = gatewayDocument({
    project: index.project ?? (await programOf(options, parts)),
    source: config,
    title: titleOf(options.root),
    composed: search.routes,
    proxied,
    models,
    generated: out,
    forward: forwardOf(options),
    dependencies: index.dependencies,
  });
  const files = new Map([["openapi.json", formatDocument(document)]]);
  for (const frontend of frontendsOf(options, parts)) {
    files.set(`frontends/${frontend}.d.ts`, await frontendTypes(document, frontend, config));
  }
  return { files, diagnostics };
}

async function programOf(
  { root }: GenOptions,
  { folder, out, search, outputs }: DocumentParts,
): Promise<ProjectProgram> {
  const { createProjectProgram } = await import("../../index/program.ts");
  const files = [...new Set(search.routes.map(({ file }) => file))];
  const overlay = new Map([...outputs].map(([path, text]) => [resolve(folder, path), text]));
  return createProjectProgram({ root, files, generated: out, overlay });
}

function forwardOf({ services }: GenOptions): Record<string, readonly string[]> {
  const entries = Object.entries(services).sort(([one], [other]) => byCodePoint(one, other));
  return Object.fromEntries(entries.map(([name, { forward = [] }]) => [name, forward]));
}

/** The index holds all that comes of composers and documents; this is what is said beside it. */
function subjectOf(options: GenOptions, parts: DocumentParts): string {
  const { config, generator, index, search, proxied } = parts;
  const endings = [...search.routes, ...proxied].map(({ method, template, retirement }) => {
    return [method, template, retirement ?? {}];
  });
  return hashOf(
    JSON.stringify([
      generator,
      config,
      titleOf(options.root),
      index.record.of,
      index.hash,
      endings,
      forwardOf(options),
      frontendsOf(options, parts),
    ]),
  ).slice(0, 16);
}

function frontendsOf(
  { frontends = {} }: GenOptions,
  { search, proxied }: DocumentParts,
): readonly string[] {
  const named = [...search.routes, ...proxied].flatMap(({ frontend }) => frontend ?? []);
  return [...new Set([...Object.keys(frontends), ...named])].sort(byCodePoint);
}

/** The package's name. */
function titleOf(root: string): string {
  const file = join(root, "package.json");
  try {
    const { name } = JSON.parse(existsSync(file) ? readFileSync(file, "utf8") : "{}");
    return typeof name === "string" && name !== "" ? name : DEFAULT_TITLE;
  } catch {
    return DEFAULT_TITLE;
  }
}

const DEFAULT_TITLE = "gateway";

function diagnosed({ of, diagnostics }: DocumentRecord) {
  return { document: "openapi.json", sources: { "": of }, diagnostics };
}
