/** The part of Standard Schema v1 (https://standardschema.dev) that composers rely on; zod, valibot and arktype implement it. */

/** A schema of any library: validates an unknown value, and knows the type that comes out. */
export interface Schema<Output = unknown> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>;
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined;
  };
}

/** A schema as something that describes values: the type that it takes. */
export interface Description<Input = unknown> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => SchemaResult<unknown> | Promise<SchemaResult<unknown>>;
    readonly types?: { readonly input: Input; readonly output: unknown } | undefined;
  };
}

/** What validation makes of a value: the value, or every issue found. */
export type SchemaResult<Output> = SchemaSuccess<Output> | SchemaFailure;

export interface SchemaSuccess<Output> {
  readonly value: Output;
  readonly issues?: undefined;
}

export interface SchemaFailure {
  readonly issues: readonly SchemaIssue[];
}

export interface SchemaIssue {
  readonly message: string;
  /** Keys from the value's root; some libraries wrap a key in an object. */
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}
