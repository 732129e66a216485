/** JSON Merge Patch (RFC 7396): what a live file says, over the configuration that was built in. */
import { isEnvReference } from "./env.ts";

/**
 * The target with the patch applied; neither is changed, and what the patch does not name is the target's own. `null`
 * removes, objects are merged, everything else is replaced. A reference to the environment counts as one value.
 */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch) || isEnvReference(patch)) return patch;
  const base = isObject(target) && !isEnvReference(target) ? target : {};
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, mergePatch(merged.get(key), value));
  }
  // Not by assignment: a key may be "__proto__".
  return Object.fromEntries(merged);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
