/** The `cache` option of a route: for how long, for whom and under which names its whole answers are kept. */
import { type Duration, isDuration } from "../core/duration.ts";
import type { CacheOptions } from "../core/policies.ts";

/** How whole answers of a route are kept. */
export interface RouteCacheOptions extends CacheOptions {
  /** Fresh for this long. */
  readonly ttl: Duration;
  /**
   * Names by which answers are invalidated together; `{name}` is the value of that path parameter:
   * `"order:{orderId}"`. Default: none.
   */
  readonly tags?: readonly string[];
  /**
   * The same for every caller: one answer serves all. Write the reason, or `true`. Default: an answer is kept for
   * those callers that have the same credentials, and the same in every header field that a service's `forward` names.
   */
  readonly public?: boolean | string;
}

/** A time, all that can be said, or `false`: nothing is kept. */
export type RouteCachePolicy = Duration | RouteCacheOptions | false;

const DURATIONS = ["ttl", "stale", "negative"] as const;
const NAMES: readonly string[] = [...DURATIONS, "tags", "public"];

/** What is wrong with it, as the rest of a sentence: whoever writes JavaScript has no compiler to tell. */
export function routeCacheFault(
  policy: unknown,
  parameters: readonly string[],
): string | undefined {
  if (policy === false || isDuration(policy)) return undefined;
  if (typeof policy !== "object" || policy === null) {
    return `the cache ${JSON.stringify(policy)} is no policy: write for example "30s", { ttl: "30s", stale: "5m" } or false`;
  }
  const options = policy as Readonly<Record<string, unknown>>;
  const stranger = Object.keys(options).find((name) => !NAMES.includes(name));
  if (stranger !== undefined) {
    return `the cache has no option "${stranger}": use ${NAMES.join(", ")}`;
  }
  if (options.ttl === undefined) return 'the cache needs a ttl, for example { ttl: "30s" }';
  for (const name of DURATIONS) {
    const value = options[name];
    if (value !== undefined && !isDuration(value)) {
      return `the cache's ${name} ${JSON.stringify(value)} is not a duration: write for example "30s" or "5m"`;
    }
  }
  const { tags } = options;
  const areTags = Array.isArray(tags) && tags.every((tag) => typeof tag === "string" && tag !== "");
  if (tags !== undefined && !areTags) return "the cache's tags must be a list of names";
  const named = (areTags ? tags : []).flatMap((tag) => [...tag.matchAll(/\{([^{}]+)\}/g)]);
  const unknown = named.find(([, name = ""]) => !parameters.includes(name))?.[1];
  if (unknown !== undefined) {
    const known = parameters.length === 0 ? "it has none" : `use ${parameters.join(", ")}`;
    return `a tag of the cache names "${unknown}", which is no parameter of the path: ${known}`;
  }
  const isPublic = options.public;
  if (isPublic !== undefined && typeof isPublic !== "boolean" && typeof isPublic !== "string") {
    return "the cache's public must be true, or the reason why";
  }
  return undefined;
}
