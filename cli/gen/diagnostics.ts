/** What `heddle gen` has to say about a document: coded, placed and with a cure. */
import type { SourcePosition } from "./model.ts";

/** Every diagnostic there is. `error`: exit 4. `warning`: something was left out or degraded; exit 4 with `--strict`. */
export const DIAGNOSTICS = {
  "document-unreadable": { severity: "error", about: "the document cannot be read at all" },
  "document-version": {
    severity: "error",
    about: "not an OpenAPI document of a version that Heddle reads",
  },
  "ref-outside": { severity: "error", about: "a $ref leaves the folder of its document" },
  "ref-remote": { severity: "warning", about: "a remote $ref is not fetched" },
  "ref-dangling": { severity: "warning", about: "a $ref leads nowhere" },
  "ref-circular": { severity: "warning", about: "a $ref leads back to itself" },
  "security-undefined": {
    severity: "error",
    about: "an operation names a security scheme that is not defined",
  },
  "media-unsupported": {
    severity: "warning",
    about: "a media type that cannot be written or read",
  },
  "operation-invalid": {
    severity: "warning",
    about: "an operation that breaks the specification and is left out",
  },
  "schema-invalid": { severity: "warning", about: "a schema that breaks the specification" },
  "name-derived": { severity: "info", about: "an operation without a usable operationId" },
  "name-collision": { severity: "warning", about: "two operations want one name" },
  "parameter-invalid": { severity: "warning", about: "a parameter that breaks the specification" },
  "document-lenient": { severity: "info", about: "the document was read leniently" },
  "composer-invalid": {
    severity: "error",
    about: "a file of composers/ without a composer, or one that cannot be read",
  },
  "expose-unknown": {
    severity: "error",
    about: "`expose` names an operation that the document does not have",
  },
  "batch-key-unknown": {
    severity: "warning",
    about: "`batch` names a key that the items of the bulk operation do not have",
  },
  "cache-public": {
    severity: "error",
    about: "one kept answer for all callers, though an operation knows them, and no reason given",
  },
  "route-conflict": { severity: "error", about: "two routes have one method and path" },
  "document-lossy": {
    severity: "info",
    about: "the gateway's own document says only in part what a route takes or answers",
  },
  "output-kept": {
    severity: "warning",
    about: "a file that is generated no more and has lost its first line",
  },
} as const satisfies Record<string, { severity: Severity; about: string }>;

export type Severity = "error" | "warning" | "info";
export type DiagnosticCode = keyof typeof DIAGNOSTICS;

export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** Lower case, with the value. */
  readonly message: string;
  /** What to do about it. */
  readonly cure: string;
  readonly service: string;
  readonly at: SourcePosition;
  /** The operation that was left out or degraded, as `METHOD /path`. */
  readonly operation?: string;
}

/** `orders.json:12:5 warning ref-dangling: ...` and the cure on a line of its own. */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { at, severity, code, message, cure, operation } = diagnostic;
  const where = operation === undefined ? "" : ` (${operation})`;
  return `${at.file}:${at.line}:${at.column} ${severity} ${code}${where}: ${message}\n    ${cure}`;
}
