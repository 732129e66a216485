/** Values of an enum that are not of the schema's type, as YAML makes them: `enum: [1.0, 2.0]` of strings. */
import type { SchemaObject } from "../../model.ts";
import { typesOf } from "./type-keyword.ts";

/** Changes `enum` and `const` where each value has one obvious form in the schema's type. */
export function conformValues(
  schema: SchemaObject,
  wrong: (message: string, key: string) => void,
): void {
  const types = typesOf(schema).filter((type) => type !== "null");
  const [type, ...more] = types;
  if (type === undefined || more.length > 0) return;
  if (Array.isArray(schema.enum)) {
    const values = schema.enum.map((value) => conform(value, type));
    if (values.some((value, index) => value !== (schema.enum as unknown[])[index])) {
      wrong(`values of the enum are not of type ${type}`, "enum");
      schema.enum = values;
    }
  }
  if (schema.const !== undefined && conform(schema.const, type) !== schema.const) {
    wrong(`the const is not of type ${type}`, "const");
    schema.const = conform(schema.const, type);
  }
}

function conform(value: unknown, type: string): unknown {
  if (type === "string" && (typeof value === "number" || typeof value === "boolean"))
    return String(value);
  if ((type === "integer" || type === "number") && typeof value === "string") {
    return value.trim() !== "" && Number.isFinite(Number(value)) ? Number(value) : value;
  }
  if (type === "boolean" && (value === "true" || value === "false")) return value === "true";
  return value;
}
