/** Keeps what was said of a document in `.heddle/`, so that every run can say it again without reading the document. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { heddleVersion } from "../../package-info.ts";
import { DIAGNOSTICS, type Diagnostic } from "../diagnostics.ts";
import type { ServiceRecord } from "../emit/manifest.ts";
import { hashOf } from "./hash.ts";

/** Relative to the project. */
const FOLDER = ".heddle/gen";

/** What diagnostics are kept of. */
type DiagnosedRecord = Pick<ServiceRecord, "document" | "sources" | "diagnostics">;

interface Kept {
  /** What was read, and who has read it. */
  readonly of: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Keeps them. Where the project cannot be written, the next run reads the document again. */
export function keepDiagnostics(
  root: string,
  service: string,
  record: DiagnosedRecord,
  diagnostics: readonly Diagnostic[],
): void {
  if (diagnostics.length === 0) return;
  const kept: Kept = { of: subjectOf(record), diagnostics };
  try {
    mkdirSync(join(root, FOLDER), { recursive: true });
    writeFileSync(fileOf(root, service, record), `${JSON.stringify(kept)}\n`);
  } catch {
    // Read-only.
  }
}

/** What was said of the document; undefined where it has to be read to know. */
export function keptDiagnostics(
  root: string,
  service: string,
  record: DiagnosedRecord,
): readonly Diagnostic[] | undefined {
  if (record.diagnostics === 0) return [];
  try {
    const text = readFileSync(fileOf(root, service, record), "utf8");
    const { of, diagnostics } = JSON.parse(text) as Kept;
    const isWhole =
      of === subjectOf(record) &&
      diagnostics.length === record.diagnostics &&
      diagnostics.every(({ code }) => Object.hasOwn(DIAGNOSTICS, code));
    return isWhole ? diagnostics : undefined;
  } catch {
    return undefined;
  }
}

/** One file a service and document, so that no old ones gather. */
function fileOf(root: string, service: string, { document }: DiagnosedRecord): string {
  return join(root, FOLDER, `${hashOf(`${service}\n${document}`).slice(0, 16)}.json`);
}

function subjectOf({ sources }: DiagnosedRecord): string {
  return hashOf(JSON.stringify([heddleVersion(), Object.entries(sources).sort()]));
}
