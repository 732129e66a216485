/** The parameters that say how much of a list is answered. */
import { follow, isSchemaObject } from "../../gen/emit/schema/schema-lookup.ts";
import type { OperationModel, ServiceModel } from "../../gen/model.ts";

export interface ListBound {
  readonly name: string;
  readonly most: number;
  /** The document says what counts where nothing is sent. */
  readonly standard: boolean;
}

/** By the shape alone: whole numbers in the query with a greatest value. */
export function boundsOf(
  { parameters }: OperationModel,
  { schemas }: Pick<ServiceModel, "schemas">,
): ListBound[] {
  return parameters.flatMap((parameter): ListBound[] => {
    const schema = follow(parameter.schema, schemas);
    if (parameter.in !== "query" || !isSchemaObject(schema)) return [];
    const { type, maximum } = schema;
    return type === "integer" && typeof maximum === "number"
      ? [{ name: parameter.name, most: maximum, standard: schema.default !== undefined }]
      : [];
  });
}
