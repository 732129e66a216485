/** The gateway's own document and the frontends' types as outputs of a run: made anew only when need be. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { DocumentResult } from "../../index/document/gateway-document.ts";
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
  const { document, diagnostics } = await make(options, parts);
  const { formatDocument } = await import("../../index/document/document-text.ts");
  const text = formatDocument(document);
  const hashes = keptHashes(text, known, frontendsOf(options, parts), parts.folder);
  const files = new Map<string, string>();
  if (hashes === undefined) {
    const { frontendTypes } = await import("../../index/document/frontend-types.ts");
    files.set(DOCUMENT_FILE, text);
    for (const frontend of frontendsOf(options, parts)) {
      files.set(typesFile(frontend), await frontendTypes(document, frontend, parts.config));
    }
  }
  const record = {
    of,
    diagnostics: diagnostics.length,
    files: hashes ?? Object.fromEntries([...files].map(([path, made]) => [path, hashOf(made)])),
  };
  keepDiagnostics(root, "", diagnosed(record), diagnostics);
  return { record, files, diagnostics };
}

const DOCUMENT_FILE = "openapi.json";
const typesFile = (frontend: string): string => `frontends/${frontend}.d.ts`;

/** The types follow from the document: of the same text they are the same, where they are still what was written. */
function keptHashes(
  text: string,
  known: DocumentRecord | undefined,
  frontends: readonly string[],
  folder: string,
): DocumentRecord["files"] | undefined {
  if (known?.files[DOCUMENT_FILE] !== hashOf(text)) return undefined;
  const wanted = [DOCUMENT_FILE, ...frontends.map(typesFile)];
  const isSame =
    Object.keys(known.files).length === wanted.length &&
    wanted.every((path) => Object.hasOwn(known.files, path));
  return isSame && outputsAreCurrent(known.files, folder) ? known.files : undefined;
}

async function make(options: GenOptions, parts: DocumentParts): Promise<DocumentResult> {
  const { config, out, search, proxied, index, results } = parts;
  const { gatewayDocument } = await import("../../index/document/gateway-document.ts");
  options.onProgress?.({ stage: "emit", text: "describing routes" });
  const models: ServiceModel[] = [];
  for (const name of results.keys()) {
    const model = await modelOf(options, results, name);
    if (model !== undefined) models.push(model);
  }
  return gatewayDocument({
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
  return { document: DOCUMENT_FILE, sources: { "": of }, diagnostics };
}
