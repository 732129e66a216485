/** What stands beside a `$ref`: ignored by OpenAPI 2.0 and 3.0, added by 3.1. */
import type { SchemaObject } from "../../model.ts";

/** May stand beside a `$ref` in every version: they say something about its use, and restrict nothing. */
export const REF_ANNOTATIONS: ReadonlySet<string> = new Set([
  "title",
  "description",
  "deprecated",
  "readOnly",
  "writeOnly",
  "default",
  "example",
  "examples",
]);

/** The link with annotations beside it; where the rest restricts something, both in an `allOf`. */
export function withSiblings(link: SchemaObject, beside: SchemaObject): SchemaObject {
  const annotations: SchemaObject = {};
  for (const key of Object.keys(beside)) {
    if (!REF_ANNOTATIONS.has(key)) continue;
    annotations[key] = beside[key];
    delete beside[key];
  }
  const restricts = Object.keys(beside).length > 0;
  return restricts ? { ...annotations, allOf: [link, beside] } : Object.assign(link, annotations);
}
