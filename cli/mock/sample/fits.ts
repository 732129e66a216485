/** Whether a simple value satisfies the merged demands of a flat schema. */
import { conformsScalar, hasType } from "../schema/conforms.ts";
import type { FlatSchema } from "./flat-schema.ts";

export function fits(flat: FlatSchema, value: unknown): boolean {
  if (flat.types !== undefined && !flat.types.some((type) => hasType(value, type))) return false;
  if (typeof value === "object") return true;
  return (
    conformsScalar(flat.bounds, value) &&
    flat.formats.every((format) => conformsScalar({ format }, value)) &&
    flat.patterns.every((pattern) => conformsScalar({ pattern }, value)) &&
    flat.multiples.every((multipleOf) => conformsScalar({ multipleOf }, value))
  );
}
