/** `enum` and `const` as literal types. */
import type { SchemaObject } from "../../model.ts";
import { type Prepared, unionOf } from "./prepared-schema.ts";

/** The literals that a schema admits; nothing where it names none. `null` among them is left to the caller. */
export function literalsOf(
  schema: SchemaObject,
): { readonly literals: Prepared; readonly nullable: boolean } | undefined {
  const values = valuesOf(schema);
  if (values === undefined) return undefined;
  const nullable = values.includes(null);
  const rest = values.filter((value) => value !== null);
  const simple = [...new Set(rest.filter((value) => typeof value !== "object"))];
  const structured = rest.filter((value) => typeof value === "object");
  const kinds = new Set(simple.map((value) => typeof value));
  const [kind] = kinds;
  const literals: Prepared[] = structured.map((value) => ({ const: value }));
  if (kind !== undefined && kinds.size === 1) literals.unshift({ type: kind, enum: simple });
  else literals.unshift(...simple.map((value) => ({ const: value })));
  return { literals: unionOf(literals), nullable };
}

function valuesOf(schema: SchemaObject): readonly unknown[] | undefined {
  if (schema.const !== undefined) return [schema.const];
  const values = schema.enum;
  if (!Array.isArray(values)) return undefined;
  const usable = values.filter(isLiteral);
  // An empty list would admit nothing at all, which nobody means (JSON Schema 2020-12 validation §6.1.2).
  return usable.length === 0 || usable.length < values.length ? undefined : usable;
}

/** What has a literal type: everything of JSON, not the `.nan` and `.inf` of YAML. */
function isLiteral(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isLiteral);
  if (typeof value === "object" && value !== null) return Object.values(value).every(isLiteral);
  return typeof value === "string" || typeof value === "boolean" || value === null;
}
