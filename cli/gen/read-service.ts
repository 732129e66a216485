/** Reads the document of one service: load, parse, resolve, lift, name. */
import { resolve } from "node:path";
import type { Diagnostic } from "./diagnostics.ts";
import type { ServiceModel } from "./model.ts";
import { liftService } from "./normalise/lift-service.ts";
import { createReport, type Report } from "./normalise/report.ts";
import { documentError, UnreadableFile } from "./read/document-error.ts";
import { createLibrary, type Library, type Shelf, type SourceStamp } from "./read/library.ts";
import { openShelf } from "./read/open-shelf.ts";
import { specificationOf } from "./read/version.ts";

export { DocumentError } from "./read/document-error.ts";
export type { SourceStamp } from "./read/library.ts";

export interface ReadServiceOptions {
  /** The service's name. */
  readonly name: string;
  /** A path relative to `root`, an http(s) URL (only ever fetched because it is named here), or a file inside an npm package. */
  readonly source: string;
  /** The project's folder. */
  readonly root: string;
  /** Where its files are taken from. Default: the disk, the package or the address that `source` names. */
  readonly shelf?: Shelf;
  /** Called with one line about each longer step. */
  readonly onProgress?: (step: string) => void;
}

export interface ServiceReading {
  readonly model?: ServiceModel;
  readonly diagnostics: Diagnostic[];
  /** Every file that was read, by path: when none has changed, neither has the model. */
  readonly sources: SourceStamp[];
}

/** A reading together with the files as they were written. */
export interface DocumentReading extends ServiceReading {
  readonly library: Library;
}

/**
 * Reads a document of Swagger 2.0, OpenAPI 3.0, 3.1 or 3.2, JSON or YAML. What is broken in it is a diagnostic and
 * takes only its operation with it.
 * @throws DocumentError when the document cannot be read at all.
 */
export async function readService(options: ReadServiceOptions): Promise<ServiceReading> {
  const { library: _library, ...reading } = await readDocument(options);
  return reading;
}

/**
 * As {@link readService}, for those who look into the files as well.
 * @throws DocumentError when the document cannot be read at all.
 */
export async function readDocument({
  name,
  source,
  root,
  shelf,
  onProgress,
}: ReadServiceOptions): Promise<DocumentReading> {
  try {
    onProgress?.(`reading ${source}`);
    const library = createLibrary(shelf ?? (await openShelf(source, resolve(root))));
    const specification = specificationOf(library.root);
    const report = createReport(name);
    onProgress?.(`normalising ${source}`);
    const model = liftService({ name, source, specification, library, report });
    reportLeniency(library, report);
    return { model, diagnostics: report.diagnostics(), sources: library.stamps(), library };
  } catch (error) {
    if (error instanceof UnreadableFile) throw documentError(name, error.fault);
    // Nesting is bounded; what chains of references may still do to the stack is told, not thrown.
    if (error instanceof RangeError) {
      const message = `the document is too entangled: ${error.message.toLowerCase()}`;
      const cure = "take chains of $refs to $refs out of it";
      throw documentError(name, { code: "document-unreadable", message, cure, file: source });
    }
    throw error;
  }
}

function reportLeniency(library: Library, report: Report): void {
  for (const file of library.files()) {
    if (file.leniency === undefined) continue;
    const message = `the file was read leniently: ${file.leniency}`;
    const cure = "correct it: other tools may refuse it";
    report.add({ code: "document-lenient", place: { file }, message, cure });
  }
}
