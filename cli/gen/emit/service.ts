/** Emits the folder of one service. */
import type { ServiceModel } from "../model.ts";
import { emitClient } from "./client.ts";
import { emitOperations } from "./operations.ts";
import { createSchemaLibrary } from "./schema/schema-library.ts";
import { emitSchema } from "./schema.ts";

/** The files of a service's folder: name -> text. Loads TypeScript. */
export async function emitService(model: ServiceModel): Promise<ReadonlyMap<string, string>> {
  const library = createSchemaLibrary(model.schemas);
  return new Map([
    ["client.d.ts", emitClient(model, library)],
    ["operations.ts", emitOperations(model)],
    ["schema.d.ts", await emitSchema(model, library)],
  ]);
}
