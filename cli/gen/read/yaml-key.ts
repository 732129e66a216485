/** Keys of YAML mappings as the texts that OpenAPI wants: `200:` is `"200"`. */
import type { Scalar } from "yaml";

/** The text as it stands in the document, so that `1.0:` is not `1`. */
export function keyText(key: Scalar): string {
  if (typeof key.value === "string") return key.value;
  return key.source ?? String(key.value);
}

/** `<<: *base` of YAML 1.1, which many documents use though YAML 1.2 has dropped it. */
export function isMergeKey(key: Scalar): boolean {
  return key.type === "PLAIN" && key.source === "<<";
}
