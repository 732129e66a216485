/** Emits `schema.d.ts`: every type of a document, in the shape of openapi-typescript. */
import type { ServiceModel } from "../model.ts";
import { printHead } from "./printer.ts";
import { documentTypes } from "./schema/document-types.ts";
import { printTypes } from "./schema/print-types.ts";
import type { SchemaLibrary } from "./schema/schema-library.ts";

/**
 * The text of `schema.d.ts`. Loads TypeScript.
 * @param bytes the type of bodies that are bytes; absent: those of Heddle's own clients
 */
export async function emitSchema(
  model: ServiceModel,
  library: SchemaLibrary,
  bytes?: string,
): Promise<string> {
  const types = await printTypes(documentTypes(model, library), bytes);
  const imports = /\bBinaryInput\b/.test(types)
    ? 'import type { BinaryInput } from "heddle";\n'
    : "";
  return `${printHead(model.document)}${imports}\n${types}`;
}
