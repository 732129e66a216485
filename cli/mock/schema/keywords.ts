/** The keywords of JSON Schema 2020-12 that mocks read, and the shape each must have to be believed. */

/** How the value of a keyword is copied. Keywords that are not listed are left out. */
export type KeywordKind =
  | "schema"
  | "schemas"
  | "map"
  | "count"
  | "number"
  | "positive"
  | "string"
  | "strings"
  | "values"
  | "boolean"
  | "type"
  | "any"
  | "dependents";

export const KEYWORDS: ReadonlyMap<string, KeywordKind> = new Map<string, KeywordKind>([
  ["$ref", "string"],
  ["allOf", "schemas"],
  ["anyOf", "schemas"],
  ["oneOf", "schemas"],
  ["prefixItems", "schemas"],
  ["not", "schema"],
  ["if", "schema"],
  ["then", "schema"],
  ["else", "schema"],
  ["items", "schema"],
  ["contains", "schema"],
  ["additionalProperties", "schema"],
  ["propertyNames", "schema"],
  ["unevaluatedItems", "schema"],
  ["unevaluatedProperties", "schema"],
  ["properties", "map"],
  ["patternProperties", "map"],
  ["dependentSchemas", "map"],
  ["dependentRequired", "dependents"],
  ["required", "strings"],
  ["type", "type"],
  ["enum", "values"],
  ["const", "any"],
  ["format", "string"],
  ["pattern", "string"],
  ["contentEncoding", "string"],
  ["contentMediaType", "string"],
  ["minLength", "count"],
  ["maxLength", "count"],
  ["minItems", "count"],
  ["maxItems", "count"],
  ["minContains", "count"],
  ["maxContains", "count"],
  ["minProperties", "count"],
  ["maxProperties", "count"],
  ["minimum", "number"],
  ["maximum", "number"],
  ["exclusiveMinimum", "number"],
  ["exclusiveMaximum", "number"],
  ["multipleOf", "positive"],
  ["uniqueItems", "boolean"],
  ["example", "any"],
  ["examples", "values"],
  ["default", "any"],
]);

const TYPES = new Set(["null", "boolean", "integer", "number", "string", "array", "object"]);

const isText = (value: unknown): value is string => typeof value === "string";

/** The simple keywords: what the value becomes, or undefined where it breaks JSON Schema and is left out. */
export function believedValue(kind: KeywordKind, value: unknown): unknown {
  switch (kind) {
    case "count":
      return Number.isInteger(value) && (value as number) >= 0 ? value : undefined;
    case "number":
      return Number.isFinite(value) ? value : undefined;
    case "positive":
      return Number.isFinite(value) && (value as number) > 0 ? value : undefined;
    case "string":
      return isText(value) ? value : undefined;
    case "boolean":
      return typeof value === "boolean" ? value : undefined;
    case "values":
      return Array.isArray(value) && value.length > 0 ? value : undefined;
    case "strings":
      return Array.isArray(value) ? [...new Set(value.filter(isText))] : undefined;
    case "type": {
      const types = [value].flat().filter((type) => isText(type) && TYPES.has(type));
      return types.length === 0 ? undefined : types.length === 1 ? types[0] : [...new Set(types)];
    }
    default:
      return value;
  }
}
