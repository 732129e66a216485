/** Thrown when a document cannot be read at all; carries the diagnostic that says where and what to do. */
import { DIAGNOSTICS, type Diagnostic, type DiagnosticCode } from "../diagnostics.ts";

export interface DocumentFault {
  readonly code: Extract<DiagnosticCode, "document-unreadable" | "document-version">;
  /** Lower case, with the value. */
  readonly message: string;
  readonly cure: string;
  /** As diagnostics name the file. */
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly pointer?: string;
}

export class DocumentError extends Error {
  override readonly name = "DocumentError";
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic) {
    super(
      `${diagnostic.at.file}:${diagnostic.at.line}:${diagnostic.at.column} ${diagnostic.message}`,
    );
    this.diagnostic = diagnostic;
  }
}

/** A file that could not be read, before anybody knows whether that matters. */
export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile";
  readonly fault: DocumentFault;

  constructor(fault: DocumentFault) {
    super(fault.message);
    this.fault = fault;
  }
}

export function documentError(service: string, fault: DocumentFault): DocumentError {
  const { code, message, cure, file, line = 1, column = 1, pointer = "" } = fault;
  const { severity } = DIAGNOSTICS[code];
  return new DocumentError({
    code,
    severity,
    message,
    cure,
    service,
    at: { file, line, column, pointer },
  });
}
