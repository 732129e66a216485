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
  /** The file is not there, or cannot be opened: nothing in it is to blame. */
  readonly unopened?: true;
}

export class DocumentError extends Error {
  override readonly name = "DocumentError";
  readonly diagnostic: Diagnostic;
  /** The document is not there, or cannot be opened: what names it is to blame. */
  readonly unopened: boolean;

  constructor(diagnostic: Diagnostic, unopened = false) {
    super(
      `${diagnostic.at.file}:${diagnostic.at.line}:${diagnostic.at.column} ${diagnostic.message}`,
    );
    this.diagnostic = diagnostic;
    this.unopened = unopened;
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
  const at = { file, line, column, pointer };
  return new DocumentError({ code, severity, message, cure, service, at }, fault.unopened);
}
