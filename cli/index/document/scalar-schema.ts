/** The schemas of what has no members: text, numbers, what the language cannot say more of. */
import type ts from "typescript";
import type { Schema } from "../../gen/model.ts";
import type { ProjectProgram } from "../program.ts";
import { isLibraryType } from "./library-type.ts";
import type { TypeWalk } from "./schema-of-type.ts";

/** Undefined: it is an object, a list, or an intersection. */
export function scalarSchema(walk: TypeWalk, type: ts.Type, at: string): Schema | undefined {
  const { project, lossy } = walk;
  const { TypeFlags } = project.ts;
  const is = (flag: ts.TypeFlags): boolean => (type.flags & flag) !== 0;
  if (is(TypeFlags.TemplateLiteral)) return templateSchema(walk, type as ts.TemplateLiteralType);
  if (is(TypeFlags.StringLike)) return { type: "string" };
  if (is(TypeFlags.NumberLike)) return { type: "number" };
  // With all its digits: see src/core/exact-json.ts.
  if (is(TypeFlags.BigIntLike)) return { type: "integer" };
  if (is(TypeFlags.Any | TypeFlags.Unknown)) {
    lossy(at, `\`${is(TypeFlags.Any) ? "any" : "unknown"}\`: anything`);
    return true;
  }
  if (is(TypeFlags.ESSymbolLike)) {
    lossy(at, "a symbol, which is not written");
    return true;
  }
  if (is(TypeFlags.NonPrimitive)) {
    lossy(at, "`object`: any object or list");
    return { type: ["object", "array"] };
  }
  if (is(TypeFlags.Instantiable)) {
    const bound = project.checker.getBaseConstraintOfType(type);
    if (bound !== undefined && bound !== type) return walk.schemaOf(bound, at);
    lossy(at, "a type that is known only where it is used");
    return true;
  }
  return is(TypeFlags.Object) ? libraryObject(walk, type, at) : undefined;
}

/** Instances that are written as something else than their members. */
function libraryObject(
  { project, lossy }: TypeWalk,
  type: ts.Type,
  at: string,
): Schema | undefined {
  // As `Date.prototype.toJSON` writes it (RFC 3339).
  if (isLibraryType(project, type, "Date")) return { type: "string", format: "date-time" };
  if (type.symbol?.name === "ExactInteger") return { type: "integer" };
  if (isLibraryType(project, type, "String")) return { type: "string" };
  if (isLibraryType(project, type, "Number")) return { type: "number" };
  if (isLibraryType(project, type, "Boolean")) return { type: "boolean" };
  if (isLibraryType(project, type, ...NOT_JSON) || hasLibraryBase(project, type)) {
    lossy(at, `a ${type.symbol.name}, which is not JSON`);
    return true;
  }
  return undefined;
}

/** `class NotFound extends Error`, `class Names extends Array<string>`: of what they are made, their members do not tell. */
function hasLibraryBase(project: ProjectProgram, type: ts.Type): boolean {
  const { target = type } = type as ts.TypeReference;
  if (((target.symbol?.flags ?? 0) & project.ts.SymbolFlags.Class) === 0) return false;
  const bases = target.getBaseTypes() ?? [];
  return bases.some((base) => {
    return isLibraryType(project, base, "Array", ...NOT_JSON) || hasLibraryBase(project, base);
  });
}

const NOT_JSON = [
  ...["Map", "ReadonlyMap", "Set", "ReadonlySet", "WeakMap", "WeakSet"],
  ...["ArrayBuffer", "SharedArrayBuffer", "DataView", "Uint8Array", "Uint8ClampedArray"],
  ...["Int8Array", "Int16Array", "Uint16Array", "Int32Array", "Uint32Array"],
  ...["Float32Array", "Float64Array", "BigInt64Array", "BigUint64Array"],
  ...["AsyncIterable", "AsyncGenerator", "AsyncIterableIterator", "RegExp", "Error"],
];

/** `order-${string}`: what stands fast is a pattern. */
function templateSchema({ project }: TypeWalk, { texts, types }: ts.TemplateLiteralType): Schema {
  const { TypeFlags } = project.ts;
  const holes = types.map(({ flags }) =>
    (flags & TypeFlags.BigInt) !== 0 ? "-?\\d+" : "[\\s\\S]*",
  );
  const pieces = texts.map((text, index) => quoted(text) + (holes[index] ?? ""));
  return { type: "string", pattern: `^${pieces.join("")}$` };
}

function quoted(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
