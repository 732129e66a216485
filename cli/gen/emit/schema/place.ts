/** Where a schema stands while it is prepared. */
import type { Schema, SchemaObject } from "../../model.ts";
import type { Prepared, View } from "./prepared-schema.ts";
import type { Schemas } from "./schema-lookup.ts";

export interface Place {
  readonly view: View;
  readonly schemas: Schemas;
  /** The schemas that this one is a member of (`allOf`, `anyOf`, `oneOf`): their properties may be required here. */
  readonly within: readonly SchemaObject[];
  /** Prepares a schema inside of another one. */
  readonly prepare: (schema: Schema, place: Place) => Prepared;
}
