/** The one model of a document, whatever its version: what every emitter, the mocks and the index read. */

/** A place in a document. `file` is relative to the project, with `/`. Lines and columns count from 1. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** RFC 6901, inside `file`. */
  readonly pointer: string;
}

/**
 * JSON Schema 2020-12 as OpenAPI 3.1 uses it. The only `$ref` that occurs is `#/components/schemas/<key>`, with
 * `<key>` in {@link ServiceModel.schemas} (escaped as a JSON pointer). `nullable`, boolean `exclusiveMinimum`,
 * `type: file` and the like are gone. A schema that requests and answers see differently (`readOnly`, `writeOnly`) is
 * there twice, as `Order` and `OrderInput`, and what an answer leaves out is listed in its `x-write-only`; discriminators
 * are written out as constants in the members of their unions; no schema leads back to itself without a property or an
 * item in between.
 */
export type Schema = boolean | SchemaObject;
export interface SchemaObject {
  $ref?: string;
  type?: string | string[];
  format?: string;
  [keyword: string]: unknown;
}

export type ParameterLocation = "path" | "query" | "header" | "cookie" | "querystring";

export interface ParameterModel {
  readonly name: string;
  readonly in: ParameterLocation;
  readonly required: boolean;
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly schema: Schema;
  readonly style: string;
  readonly explode: boolean;
  readonly allowReserved: boolean;
  /** Where the document gives the parameter a `content`. */
  readonly mediaType?: string;
  readonly examples: readonly unknown[];
}

export interface EncodingModel {
  readonly contentType?: string;
  readonly style?: string;
  readonly explode?: boolean;
  readonly allowReserved?: boolean;
}

export type BodyKind = "json" | "form" | "multipart" | "text" | "binary" | "ndjson";
export type AnswerKind = "json" | "text" | "binary" | "ndjson" | "sse" | "form";

export interface MediaModel<Kind extends string = BodyKind | AnswerKind> {
  /** As in the document. */
  readonly mediaType: string;
  readonly kind: Kind;
  /** Absent: the document says nothing. */
  readonly schema?: Schema;
  /** The schema of one item of a stream (NDJSON line, SSE `data`; OpenAPI 3.2 `itemSchema`). */
  readonly itemSchema?: Schema;
  readonly encoding?: Readonly<Record<string, EncodingModel>>;
  readonly examples: readonly unknown[];
  /** The names that the document gives its `examples`, in step with them; "" for `example`. */
  readonly exampleNames?: readonly string[];
}

export interface BodyModel {
  readonly required: boolean;
  readonly description?: string;
  /** In order of preference: JSON first, else as in the document. */
  readonly media: readonly MediaModel<BodyKind>[];
}

export interface HeaderModel {
  readonly name: string;
  readonly required: boolean;
  readonly description?: string;
  readonly schema: Schema;
}

export interface AnswerModel {
  /** `"200"`, `"2XX"` or `"default"`. */
  readonly status: string;
  readonly description: string;
  readonly headers: readonly HeaderModel[];
  readonly media: readonly MediaModel<AnswerKind>[];
}

export interface OperationModel {
  /** Unique in its service and an identifier. */
  readonly name: string;
  readonly operationId?: string;
  /** Upper case. */
  readonly method: string;
  /** The path key of the document, whole. */
  readonly path: string;
  readonly summary?: string;
  readonly description?: string;
  readonly deprecated: boolean;
  /** Since when, where the document has a word for that too: `2026-11-01` or with a time. */
  readonly deprecatedFrom?: string;
  /** From when on it may be gone: `x-sunset` and its like, `2026-11-01` or with a time. */
  readonly sunset?: string;
  readonly tags: readonly string[];
  readonly parameters: readonly ParameterModel[];
  readonly body?: BodyModel;
  readonly answers: readonly AnswerModel[];
  /** Alternatives; each maps a scheme to its scopes. Empty: no security. */
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  /** Where the document gives the operation, or its path, addresses of its own. */
  readonly servers?: readonly string[];
  readonly at: SourcePosition;
}

export type SpecificationVersion = "2.0" | "3.0" | "3.1" | "3.2";

/** One service's document, normalised. Operations by path, then method; schemas by key; all by code point. */
export interface ServiceModel {
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly specification: SpecificationVersion;
  readonly description?: string;
  /** The document's path or URL, as the configuration names it. */
  readonly document: string;
  readonly servers: readonly string[];
  readonly operations: readonly OperationModel[];
  /** Reachable schemas only. Null-prototype. */
  readonly schemas: Readonly<Record<string, Schema>>;
  readonly securitySchemes: Readonly<Record<string, unknown>>;
}
