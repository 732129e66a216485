/** The plan of an operation: everything needed to put a call on the wire and to read its answer, as data. */

/** OpenAPI 3.1 §4.8.12.3. `tabDelimited` is Swagger 2.0's `tsv`. */
export type ParameterStyle =
  | "simple"
  | "label"
  | "matrix"
  | "form"
  | "spaceDelimited"
  | "pipeDelimited"
  | "tabDelimited"
  | "deepObject";

/** How one parameter is written. */
export interface ParameterPlan {
  /** As on the wire. */
  readonly name: string;
  readonly style: ParameterStyle;
  readonly explode: boolean;
  readonly required?: true;
  /** `allowReserved`: RFC 3986 reserved characters go unescaped. */
  readonly reserved?: true;
  /** Set where the document gives the parameter a `content`: the value is written in this media type (JSON). */
  readonly mediaType?: string;
}

/** A literal (already percent-encoded) or a parameter. `/{Sid}.json` is `["/", {Sid}, ".json"]`. */
export type PathPiece = string | ParameterPlan;

/** How a body is written. */
export type BodyKind = "json" | "form" | "multipart" | "text" | "binary" | "ndjson";

/** How one property of a form or multipart body is written (OpenAPI 3.1 §4.8.15). */
export interface EncodingPlan {
  readonly contentType?: string;
  readonly style?: ParameterStyle;
  readonly explode?: boolean;
  readonly reserved?: true;
}

export interface MediaPlan {
  readonly mediaType: string;
  readonly kind: BodyKind;
  readonly encoding?: Readonly<Record<string, EncodingPlan>>;
}

export interface BodyPlan {
  readonly required?: true;
  /** In order of preference: the first is used when the input names no `contentType`. */
  readonly media: readonly MediaPlan[];
}

/**
 * How an answer's body is read. `sse`: events whose data is parsed where it is a JSON object or list; `sse-text`:
 * events whose data stays text.
 */
export type AnswerKind = "json" | "text" | "binary" | "ndjson" | "sse" | "sse-text" | "form";

/**
 * Media type (lower case, no parameters) -> how to read it. Empty: the answer has no body. A stream that only parameters
 * tell from something else has them, and counts for `.stream()` alone.
 */
export type AnswerPlan = Readonly<Record<string, AnswerKind>>;

/** One operation. Generated, one a document's operation, in `generated/<service>/operations.ts`. */
export interface OperationPlan {
  readonly name: string;
  /** Upper case; `QUERY` and extension methods included. */
  readonly method: string;
  /** The document's path template, for logs, metrics and proxied routes. */
  readonly template: string;
  readonly path: readonly PathPiece[];
  /** A query that is part of the document's path key, without `?`. */
  readonly fixedQuery?: string;
  readonly query?: readonly ParameterPlan[];
  readonly header?: readonly ParameterPlan[];
  readonly cookie?: readonly ParameterPlan[];
  /** OpenAPI 3.2 `in: querystring`: the whole query is this one value. */
  readonly querystring?: { readonly name: string; readonly mediaType: string };
  readonly body?: BodyPlan;
  /** Media types asked for by a plain call, in order of preference; absent: the service decides. */
  readonly accept?: string;
  /** Media type asked for by `.stream()`, where an operation answers both. */
  readonly acceptStream?: string;
  /** By `"200"`, `"2XX"` or `"default"`. */
  readonly answers: Readonly<Record<string, AnswerPlan>>;
  readonly deprecated?: true;
}

/** What a caller of an operation hands in. Typed per operation in the generated declarations. */
export interface OperationInput {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly cookie?: Readonly<Record<string, unknown>>;
  readonly querystring?: unknown;
  readonly body?: unknown;
  /** Chooses among several media types of the body; default: the plan's first. */
  readonly contentType?: string;
}

/** JSON Schema 2020-12; a `$ref` is `#/components/schemas/<key>`, the key escaped as a JSON pointer. */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown };

/** What the answers of a service must be. Generated, in `generated/<service>/schemas.ts`. */
export interface AnswerSchemas {
  /** Operation -> status as in its plan -> media type -> schema. */
  readonly operations: Readonly<
    Record<string, Readonly<Record<string, Readonly<Record<string, JsonSchema>>>>>
  >;
  /** What `$ref`s lead to. */
  readonly components: Readonly<Record<string, JsonSchema>>;
}

/** Imports the schemas; called when a gateway starts that holds answers against them. */
export type LoadSchemas = () => Promise<{ readonly schemas: AnswerSchemas }>;

/** A service as generated: its plans. Bound to an address when the gateway is created. */
export interface ServiceDefinition {
  readonly name: string;
  readonly operations: Readonly<Record<string, OperationPlan>>;
  /** Absent: its answers are not held against its document. */
  readonly loadSchemas?: LoadSchemas;
}
