/** Emits the folder of one service. */
import type { ServiceModel } from "../model.ts";
import { emitAnswerSchemas } from "./answer-schemas.ts";
import { emitClient } from "./client.ts";
import { emitOperations } from "./operations.ts";
import { createSchemaLibrary } from "./schema/schema-library.ts";
import { emitSchema } from "./schema.ts";

export interface EmitServiceOptions {
  /** Whether the service's answers are held against the document, which needs its schemas. Default: false. */
  readonly validates?: boolean;
}

/** The files of a service's folder: name -> text. Loads TypeScript. */
export async function emitService(
  model: ServiceModel,
  { validates = false }: EmitServiceOptions = {},
): Promise<ReadonlyMap<string, string>> {
  const library = createSchemaLibrary(model.schemas);
  return new Map([
    ["client.d.ts", emitClient(model, library)],
    ["operations.ts", emitOperations(model)],
    ["schema.d.ts", await emitSchema(model, library)],
    ...(validates ? ([["schemas.ts", emitAnswerSchemas(model)]] as const) : []),
  ]);
}
