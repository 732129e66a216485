/** What every step of normalising one document shares. */
import type { ParameterModel, SpecificationVersion } from "../model.ts";
import type { Library } from "../read/library.ts";
import { isMiss, type Located, type Resolver, refOf } from "../read/resolve.ts";
import { LeftOut, type Place, type Report } from "./report.ts";
import type { SchemaShelf } from "./schema/schema-shelf.ts";

export interface Context {
  readonly specification: SpecificationVersion;
  readonly library: Library;
  readonly resolver: Resolver;
  readonly report: Report;
  readonly schemas: SchemaShelf;
  /** What has been lifted already, by the object in the document. */
  readonly parameters: WeakMap<object, ParameterModel>;
}

/** The member of an object of a document, with its place. */
export function member(at: Located, key: string | number, value: unknown): Located {
  return { value, file: at.file, pointer: `${at.pointer}/${escaped(key)}` };
}

/**
 * The value behind a `$ref`, or the value itself.
 * @throws LeftOut when the `$ref` leads nowhere.
 */
export function follow(context: Context, at: Located): Located {
  if (refOf(at.value) === undefined) return at;
  const target = context.resolver.follow(at);
  if (isMiss(target)) throw new LeftOut({ ...target, place: { ...placeOf(at), key: "$ref" } });
  return target;
}

export function placeOf({ file, pointer }: Located): Place {
  return { file, pointer };
}

function escaped(key: string | number): string {
  return typeof key === "number" ? String(key) : key.replaceAll("~", "~0").replaceAll("/", "~1");
}
