/** Makes what belongs to one service, or finds that it is made already. */
import { DIAGNOSTICS, type Diagnostic } from "../diagnostics.ts";
import type { ServiceRecord } from "../emit/manifest.ts";
import { splitPath } from "../emit/operation-path.ts";
import type { OperationModel, ServiceModel } from "../model.ts";
import { type GenProgress, type GenService, validates } from "./gen-options.ts";
import { hashOf } from "./hash.ts";
import {
  documentName,
  matches,
  optionsHash,
  outputsAreCurrent,
  sameHashes,
  sourcesAreCurrent,
} from "./is-current.ts";
import { keepDiagnostics, keptDiagnostics } from "./keep-diagnostics.ts";
import { sealed } from "./seal.ts";

export interface ServiceTask {
  readonly name: string;
  readonly service: GenService;
  readonly root: string;
  /** The absolute path of the folder to write. */
  readonly folder: string;
  /** The configuration's file, relative to the project; absent: the document was named on the command line. */
  readonly config: string | undefined;
  /** The version of the generator. */
  readonly generator: string;
  /** What was made before, by this version of the generator; absent: make it, whatever is there. */
  readonly record: ServiceRecord | undefined;
  readonly onProgress: (stage: GenProgress["stage"], text: string) => void;
  readonly onModel?: ((model: ServiceModel) => void) | undefined;
}

export interface ServiceResult {
  readonly status: "unchanged" | "generated" | "failed";
  /** Absent: failed. */
  readonly record?: ServiceRecord;
  /** Path relative to the folder -> text; empty where nothing is new. */
  readonly files: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
  /** Every operation, when the document was read. */
  readonly names?: readonly string[];
  /** What was read of it, this time. */
  readonly model?: ServiceModel;
}

/** Reads and emits one service, as far as it is needed. What is wrong with the document is a diagnostic, never thrown. */
export async function generateService(task: ServiceTask): Promise<ServiceResult> {
  const { name, service, root, folder, generator, onProgress } = task;
  const record =
    task.record !== undefined && matches(task.record, service, root) ? task.record : undefined;
  const intact = record !== undefined && outputsAreCurrent(record.files, folder);
  if (intact && sourcesAreCurrent(record, root)) {
    const diagnostics = keptDiagnostics(root, name, record);
    if (diagnostics !== undefined) return unchanged(record, diagnostics);
  }

  onProgress("read", `reading ${service.document}`);
  const { DocumentError, readService } = await import("../read-service.ts");
  try {
    const reading = await readService({
      name,
      source: service.document,
      root,
      onProgress: (text) => onProgress("read", text),
    });
    const { model, diagnostics } = reading;
    const sources = Object.fromEntries(reading.sources.map(({ path, sha256 }) => [path, sha256]));
    if (model === undefined) return { status: "failed", files: new Map(), diagnostics };
    task.onModel?.(model);
    const names = model.operations.map((operation) => operation.name);
    if (intact && sameHashes(record.sources, sources)) {
      keepDiagnostics(root, name, record, diagnostics);
      return { ...unchanged(record, diagnostics), names, model };
    }
    onProgress("emit", `generating ${name} (${names.length} operations)`);
    const { emitService } = await import("../emit/service.ts");
    const document = documentName(service.document, root);
    const files = await emitService({ ...model, document }, { validates: validates(service) });
    const emitted = [...files].map(([file, text]) => [`${name}/${file}`, text] as const);
    const made = sealed(generator, name, {
      document,
      options: optionsHash(service),
      sources,
      operations: names.length,
      warnings: diagnostics.filter(({ severity }) => severity === "warning").length,
      diagnostics: diagnostics.length,
      exposed: exposedOf(model, service.expose ?? []),
      ...deprecatedOf(model, service.expose ?? []),
      files: Object.fromEntries(emitted.map(([file, text]) => [file, hashOf(text)])),
    });
    keepDiagnostics(root, name, made, diagnostics);
    return {
      status: "generated",
      record: made,
      files: new Map(emitted),
      diagnostics,
      names,
      model,
    };
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    const diagnostic = error.unopened
      ? await placeInConfig(error.diagnostic, task)
      : error.diagnostic;
    return { status: "failed", files: new Map(), diagnostics: [diagnostic] };
  }
}

function unchanged(record: ServiceRecord, diagnostics: readonly Diagnostic[]): ServiceResult {
  return { status: "unchanged", record, files: new Map(), diagnostics };
}

async function placeInConfig(
  diagnostic: Diagnostic,
  { name, service, root, config }: ServiceTask,
): Promise<Diagnostic> {
  const { placeMissing } = await import("./missing-document.ts");
  return placeMissing(diagnostic, { name, document: service.document, root, config });
}

/** The exposed operations that exist: name -> `METHOD /template`. */
function exposedOf(model: ServiceModel, expose: readonly string[]): Record<string, string> {
  const wanted = new Set(expose);
  const found = model.operations.filter(({ name }) => wanted.has(name));
  return Object.fromEntries(
    found.map((operation) => [operation.name, `${operation.method} ${templateOf(operation)}`]),
  );
}

/** The exposed operations that the document calls deprecated. */
function deprecatedOf(
  model: ServiceModel,
  expose: readonly string[],
): Pick<ServiceRecord, "deprecated"> {
  const names = model.operations
    .filter(({ name, deprecated }) => deprecated && expose.includes(name))
    .map(({ name }) => name);
  return names.length === 0 ? {} : { deprecated: names };
}

function templateOf({ path }: OperationModel): string {
  return splitPath(path, (name) => ({ name, style: "simple", explode: false })).template;
}

/** Whether diagnostics keep anything from being written. */
export function isFatal({ code, severity }: Diagnostic, strict: boolean): boolean {
  return (
    severity === "error" ||
    DIAGNOSTICS[code].severity === "error" ||
    (strict && severity === "warning")
  );
}
