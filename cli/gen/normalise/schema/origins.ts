/** Where each schema of a model stands in its document. Kept beside the model, which is plain data. */
import type { Schema, SchemaObject } from "../../model.ts";
import { type Place, pointerOf } from "../report.ts";

const ORIGINS = new WeakMap<SchemaObject, Place>();

/** Notes where a schema was read, unless it is known. Booleans have no place of their own. */
export function noteOrigin(schema: Schema, place: Place): void {
  if (typeof schema === "object" && !ORIGINS.has(schema)) ORIGINS.set(schema, place);
}

/** What is written out of a schema stands where the schema does. */
export function inheritOrigin(copy: SchemaObject, schema: SchemaObject): void {
  const place = ORIGINS.get(schema);
  if (place !== undefined) ORIGINS.set(copy, place);
}

/**
 * The file, as diagnostics name it, and the JSON pointer in it where a schema of a model stands, whatever its version
 * and however many files there are; undefined for booleans and for what no document holds as it is.
 */
export function originOf(schema: Schema): { file: string; pointer: string } | undefined {
  const place = typeof schema === "object" ? ORIGINS.get(schema) : undefined;
  return place === undefined ? undefined : { file: place.file.name, pointer: pointerOf(place) };
}
