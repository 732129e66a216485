/** `uniqueItems` (JSON Schema Validation §6.4.3) in linear time: ajv holds every item against every other. */
import type { FuncKeywordDefinition } from "ajv";

export const distinctItems: FuncKeywordDefinition = {
  keyword: "uniqueItems",
  type: "array",
  schemaType: "boolean",
  validate: (isWanted: boolean, items: readonly unknown[]) => !isWanted || areDistinct(items),
  error: { message: "must not have the same item twice" },
};

/** Equal as JSON: the order of members does not count, 1 and 1.0 are one number (JSON Schema core §4.2.2). */
export function areDistinct(items: readonly unknown[]): boolean {
  const scalars = new Set<unknown>();
  const structures = new Set<string>();
  for (const item of items) {
    if (typeof item === "object" && item !== null) structures.add(canonical(item));
    else scalars.add(item);
  }
  return scalars.size + structures.size === items.length;
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  // Numbers that are objects are integers beyond 2^53, which know their digits.
  if (value instanceof Number) return String(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const names = Object.keys(value).sort();
  const members = names.map(
    (name) => `${JSON.stringify(name)}:${canonical((value as Record<string, unknown>)[name])}`,
  );
  return `{${members.join()}}`;
}
