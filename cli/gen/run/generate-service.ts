/** Makes what belongs to one service, or finds that it is made already. */

import { DIAGNOSTICS, type Diagnostic } from "../diagnostics.ts";
import type { ServiceRecord } from "../emit/manifest.ts";
import { splitPath } from "../emit/operation-path.ts";
import type { OperationModel, ServiceModel } from "../model.ts";
import type { GenProgress, GenService } from "./gen-options.ts";
import { hashOf } from "./hash.ts";
import {
  documentName,
  matches,
  optionsHash,
  outputsAreCurrent,
  sameHashes,
  sourcesAreCurrent,
} from "./is-current.ts";

export interface ServiceTask {
  readonly name: string;
  readonly service: GenService;
  readonly root: string;
  /** The absolute path of the folder to write. */
  readonly folder: string;
  /** What was made before, by this version of the generator; absent: make it, whatever is there. */
  readonly record: ServiceRecord | undefined;
  readonly strict: boolean;
  readonly onProgress: (stage: GenProgress["stage"], text: string) => void;
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
}

/** Reads and emits one service, as far as it is needed. What is wrong with the document is a diagnostic, never thrown. */
export async function generateService(task: ServiceTask): Promise<ServiceResult> {
  const { name, service, root, folder, onProgress } = task;
  const record =
    task.record !== undefined && matches(task.record, service, root) ? task.record : undefined;
  const intact = record !== undefined && outputsAreCurrent(record.files, folder);
  const silent = record !== undefined && !(task.strict && record.warnings > 0);
  if (intact && silent && sourcesAreCurrent(record, root)) return unchanged(record);

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
    const names = model.operations.map((operation) => operation.name);
    if (intact && sameHashes(record.sources, sources))
      return { ...unchanged(record), diagnostics, names };
    onProgress("emit", `generating ${name} (${names.length} operations)`);
    const { emitService } = await import("../emit/service.ts");
    const document = documentName(service.document, root);
    const emitted = [...(await emitService({ ...model, document }))].map(
      ([file, text]) => [`${name}/${file}`, text] as const,
    );
    const made: ServiceRecord = {
      document,
      options: optionsHash(service),
      sources,
      operations: names.length,
      warnings: diagnostics.filter(({ severity }) => severity === "warning").length,
      exposed: exposedOf(model, service.expose ?? []),
      files: Object.fromEntries(emitted.map(([file, text]) => [file, hashOf(text)])),
    };
    return { status: "generated", record: made, files: new Map(emitted), diagnostics, names };
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return { status: "failed", files: new Map(), diagnostics: [error.diagnostic] };
  }
}

function unchanged(record: ServiceRecord): ServiceResult {
  return { status: "unchanged", record, files: new Map(), diagnostics: [] };
}

/** The exposed operations that exist: name -> `METHOD /template`. */
function exposedOf(model: ServiceModel, expose: readonly string[]): Record<string, string> {
  const wanted = new Set(expose);
  const found = model.operations.filter(({ name }) => wanted.has(name));
  return Object.fromEntries(
    found.map((operation) => [operation.name, `${operation.method} ${templateOf(operation)}`]),
  );
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
