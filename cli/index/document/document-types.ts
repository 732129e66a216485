/** The shape of the gateway's own document, as far as it is written here (OpenAPI 3.1.1). */
import type { Schema } from "../../gen/model.ts";

export interface GatewayDocument {
  readonly openapi: "3.1.1";
  /** Whose work it is: JSON has no comments. */
  readonly "x-generated": string;
  readonly info: { readonly title: string; readonly version: string };
  readonly servers?: readonly { readonly url: string }[];
  readonly tags?: readonly { readonly name: string }[];
  /** What routes that say nothing of it ask for. */
  readonly security?: readonly [];
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: DocumentComponents;
}

export interface DocumentComponents {
  readonly schemas?: Readonly<Record<string, Schema>>;
  readonly parameters?: Readonly<Record<string, ParameterObject>>;
  readonly responses?: Readonly<Record<string, ResponseObject>>;
  readonly securitySchemes?: Readonly<Record<string, unknown>>;
}

/** By method, in lower case. */
export type PathItem = Readonly<Record<string, OperationObject>>;

export interface OperationObject {
  readonly operationId: string;
  readonly tags?: readonly string[];
  readonly summary?: string;
  readonly description?: string;
  readonly deprecated?: true;
  readonly parameters?: readonly (ParameterObject | Reference)[];
  readonly requestBody?: RequestBodyObject;
  readonly responses: Readonly<Record<string, ResponseObject | Reference>>;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  /** When the route ends, and what takes its place. */
  readonly "x-sunset"?: string;
  readonly "x-successor"?: string;
  /** Which parts of the answer may be stand-ins. */
  readonly "x-degradable"?: readonly DegradablePart[];
}

export interface DegradablePart {
  /** Where in the answer: `lines.*.product`; `""`: all of it. */
  readonly part: string;
  readonly service: string;
  readonly operation: string;
  readonly fallback: readonly ("default" | "stale")[];
}

export interface ParameterObject {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly style?: string;
  readonly explode?: boolean;
  readonly allowReserved?: boolean;
  readonly schema?: unknown;
  readonly content?: Readonly<Record<string, MediaObject>>;
}

export interface RequestBodyObject {
  readonly required?: boolean;
  readonly description?: string;
  readonly content: Readonly<Record<string, MediaObject>>;
}

export interface MediaObject {
  readonly schema?: unknown;
  readonly encoding?: unknown;
}

export interface ResponseObject {
  readonly description: string;
  readonly headers?: Readonly<Record<string, HeaderObject>>;
  readonly content?: Readonly<Record<string, MediaObject>>;
}

export interface HeaderObject {
  readonly description?: string;
  readonly required?: boolean;
  readonly schema: unknown;
}

export interface Reference {
  readonly $ref: string;
}

/** The methods that a path of OpenAPI 3.1 has. */
export const METHODS: ReadonlySet<string> = new Set(
  "get put post delete options head patch trace".split(" "),
);

/** In a document `true` is written as `{}`: not every reader knows a schema that is no object. */
export function shown(schema: Schema): Schema {
  return schema === true ? {} : schema;
}
