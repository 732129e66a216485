/** Finds where a place of the model stands in the document as it was written: `specs/orders.json#/components/...`. */
import { essenceOf } from "../../../gen/emit/accept.ts";
import type { Library } from "../../../gen/read/library.ts";
import { formatPointer } from "../../../gen/read/pointer.ts";
import { isRecord, own } from "../../../gen/read/raw.ts";
import { createResolver, isMiss, type Located, type Resolver } from "../../../gen/read/resolve.ts";
import { type Origin, type Place, type Step, unfold } from "../place.ts";

export type Locate = (place: Place) => string;

/** Wrappers that the normaliser may have put around a schema: where the document has none, they are no step. */
const WRAPPERS: ReadonlySet<string> = new Set(["allOf", "anyOf", "oneOf"]);

/**
 * What is written in another form than the model's is found by what it means; where nothing is found, the nearest place
 * above it counts.
 */
export function createLocator(library: Library): Locate {
  const resolver = createResolver(library);
  const known = new Map<Place, string>();
  return (place) => {
    let text = known.get(place);
    if (text === undefined) {
      const { file, pointer } = walk(library, resolver, place);
      text = `${file.name}#${pointer}`;
      known.set(place, text);
    }
    return text;
  };
}

function walk(library: Library, resolver: Resolver, place: Place): Located {
  const { origin, steps } = unfold(place);
  let at = startOf(library, origin);
  for (let index = 0; index < steps.length; index += 1) {
    const step = steps[index] ?? "";
    const behind = followed(resolver, at);
    const next = step === "$ref" ? behind : find(library, resolver, behind, step, origin);
    if (next !== undefined) at = next;
    else {
      at = behind;
      const skipped = skips(step);
      if (skipped === undefined) return at;
      index += skipped;
    }
  }
  return at;
}

/** How many further steps go with one that the document does without. */
function skips(step: Step): number | undefined {
  if (typeof step !== "string") return undefined;
  // Swagger 2.0 has no `content`, and its parameters and headers are schemas themselves.
  if (WRAPPERS.has(step) || step === "content") return 1;
  return step === "schema" ? 0 : undefined;
}

function startOf(library: Library, { file, pointer }: Origin): Located {
  const source = library.files().find(({ name }) => name === file) ?? library.root;
  const root: Located = { value: source.value, file: source, pointer: "" };
  if (pointer[0] === "components" && isRecord(root.value) && !("components" in root.value))
    return pointer
      .slice(1)
      .reduce<Located>((at, key) => child(at, OLD_NAMES[key] ?? key) ?? at, root);
  return pointer.reduce<Located>((at, key) => child(at, key) ?? at, root);
}

/** Swagger 2.0. */
const OLD_NAMES: Readonly<Record<string, string>> = {
  securitySchemes: "securityDefinitions",
  schemas: "definitions",
};

function followed(resolver: Resolver, at: Located): Located {
  const target = resolver.follow(at);
  return isMiss(target) ? at : target;
}

function find(
  library: Library,
  resolver: Resolver,
  at: Located,
  step: Step,
  origin: Origin,
): Located | undefined {
  if (typeof step !== "string") return findParameter(library, resolver, at, step, origin);
  const direct = child(at, step) ?? likeKey(at, step);
  if (direct !== undefined) return direct;
  if (step === "prefixItems") return child(at, "items");
  if (step === "requestBody") return findBody(resolver, at);
  if (step === "security" || step === "servers") {
    const root: Located = { value: library.root.value, file: library.root, pointer: "" };
    return child(root, step) ?? child(root, "host");
  }
  const members = child(at, "allOf");
  if (WRAPPERS.has(step) || !Array.isArray(members?.value)) return undefined;
  for (const index of members.value.keys()) {
    const member = child(members, String(index));
    const found = member && child(followed(resolver, member), step);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Media types, statuses and header fields are the same in other letters. */
function likeKey(at: Located, step: string): Located | undefined {
  if (!isRecord(at.value)) return undefined;
  const wanted = essenceOf({ mediaType: step });
  const key = Object.keys(at.value).find((name) => essenceOf({ mediaType: name }) === wanted);
  return key === undefined ? undefined : child(at, key);
}

/** Of the operation, else of its path. */
function findParameter(
  library: Library,
  resolver: Resolver,
  at: Located,
  wanted: Exclude<Step, string>,
  { file, pointer }: Origin,
): Located | undefined {
  const path = startOf(library, {
    ...(file === undefined ? {} : { file }),
    pointer: pointer.slice(0, -1),
  });
  for (const holder of [at, path]) {
    const list = child(holder, "parameters");
    if (!Array.isArray(list?.value)) continue;
    for (const index of list.value.keys()) {
      const parameter = child(list, String(index));
      const target = parameter && followed(resolver, parameter);
      const { value } = target ?? {};
      if (!isRecord(value) || own(value, "name") !== wanted.parameter) continue;
      if (own(value, "in") === wanted.in) return target;
    }
  }
  return undefined;
}

/** Swagger 2.0: the body is a parameter. */
function findBody(resolver: Resolver, at: Located): Located | undefined {
  const list = child(at, "parameters");
  if (!Array.isArray(list?.value)) return undefined;
  for (const index of list.value.keys()) {
    const parameter = child(list, String(index));
    const target = parameter && followed(resolver, parameter);
    if (isRecord(target?.value) && own(target.value, "in") === "body") return target;
  }
  return undefined;
}

function child({ value, file, pointer }: Located, key: string): Located | undefined {
  const isThere = Array.isArray(value)
    ? /^(0|[1-9]\d*)$/.test(key) && Number(key) < value.length
    : isRecord(value) && Object.hasOwn(value, key);
  if (!isThere) return undefined;
  const inside = (value as Readonly<Record<string, unknown>>)[key];
  return { value: inside, file, pointer: pointer + formatPointer([key]) };
}
