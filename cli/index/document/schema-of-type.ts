/** What a type looks like as JSON: a walk over the compiler's own types, which never loses where a type comes from. */
import type ts from "typescript";
import type { Schema } from "../../gen/model.ts";
import type { ProjectProgram } from "../program.ts";
import type { Carriage } from "./carriage.ts";
import type { Components } from "./components.ts";
import { createExpansion } from "./expand-type.ts";
import { createNamedTypes } from "./named-types.ts";
import { objectSchema } from "./object-schema.ts";
import { scalarSchema } from "./scalar-schema.ts";
import { anyOf, literalSchema, NULL } from "./union-schema.ts";
import { pascalCase } from "./unique-names.ts";

/** Is told what the document says only in part. */
export type Lossy = (at: string, what: string) => void;

export interface TypeWalkOptions {
  readonly project: ProjectProgram;
  readonly carriage: Carriage;
  readonly components: Components;
  readonly lossy: Lossy;
}

export interface TypeWalk extends TypeWalkOptions {
  /**
   * The schema of what a type is written as: parts and promises replaced by what they give. `undefined` counts for
   * nothing here, see {@link TypeWalk.mayBeAbsent}.
   * @param at where in the answer, for messages: `lines.*.sku`
   */
  schemaOf(type: ts.Type, at: string): Schema;
  /** The schema of a value of any of these types. */
  schemaOfAny(types: readonly ts.Type[], at: string): Schema;
  /** Whether a value may be `undefined`, and so not be written. */
  mayBeAbsent(type: ts.Type): boolean;
  /** Whether a type has no value at all, `undefined` set aside. */
  isNothing(type: ts.Type): boolean;
}

/** Types that never end are not followed further. */
const MAX_DEPTH = 48;

export function createTypeWalk(options: TypeWalkOptions): TypeWalk {
  const { project, carriage, components, lossy } = options;
  const { ts } = project;
  const { TypeFlags } = ts;
  const ABSENT = TypeFlags.Undefined | TypeFlags.Void;
  const expand = createExpansion(options);
  const look = createExpansion({ ...options, lossy: () => {} });
  const named = createNamedTypes(components);
  let depth = 0;

  function schemaOf(type: ts.Type, at: string): Schema {
    const component = carriage.componentOf(type);
    if (component !== undefined) return components.carry(component.service, component.key);
    const isNamed = type.aliasSymbol !== undefined && type.isUnion();
    return isNamed ? named(type, nameOf(type), () => unionOf(type, at)) : unionOf(type, at);
  }

  function unionOf(type: ts.Type, at: string): Schema {
    if (depth > MAX_DEPTH) {
      lossy(at, "a type that never ends");
      return true;
    }
    depth += 1;
    try {
      return membersSchema(expand(type, at), at);
    } finally {
      depth -= 1;
    }
  }

  function membersSchema(all: readonly ts.Type[], at: string): Schema {
    let members = all.filter(({ flags }) => (flags & ABSENT) === 0);
    const schemas: Schema[] = [];
    for (const { service, key, members: parts } of carriage.unions()) {
      if (!parts.every((part) => members.includes(part))) continue;
      schemas.push(components.carry(service, key));
      members = members.filter((member) => !parts.includes(member));
    }
    const literals = members.filter(({ flags }) => (flags & TypeFlags.Literal) !== 0);
    const others = members.filter(({ flags }) => (flags & TypeFlags.Literal) === 0);
    const isNull = others.some(({ flags }) => (flags & TypeFlags.Null) !== 0);
    const values = others.filter(({ flags }) => (flags & TypeFlags.Null) === 0);
    // The empty list that stands in for a list says nothing that the list does not.
    const hasList = values.some((one) => project.checker.isArrayType(one));
    for (const value of values) {
      if (!(hasList && isEmptyTuple(project, value))) schemas.push(single(value, at));
    }
    schemas.push(...literalSchema(literals.map((literal) => literalValue(project, literal))));
    return anyOf([...schemas, ...(isNull ? [NULL] : [])]);
  }

  function single(type: ts.Type, at: string): Schema {
    const component = carriage.componentOf(type);
    if (component !== undefined) return components.carry(component.service, component.key);
    const scalar = scalarSchema(walk, type, at);
    if (scalar !== undefined) return scalar;
    return named(type, nameOf(type), () => {
      if (depth > MAX_DEPTH) {
        lossy(at, "a type that never ends");
        return true;
      }
      return objectSchema(walk, type, at);
    });
  }

  const walk: TypeWalk = {
    ...options,
    schemaOf,
    schemaOfAny: (types, at) =>
      membersSchema([...new Set(types.flatMap((type) => expand(type, at)))], at),
    // Symbols are not written either.
    mayBeAbsent: (type) =>
      look(type, "").some(({ flags }) => (flags & (ABSENT | TypeFlags.ESSymbolLike)) !== 0),
    isNothing: (type) => look(type, "").every(({ flags }) => (flags & ABSENT) !== 0),
  };
  return walk;
}

function nameOf({ aliasSymbol, symbol }: ts.Type): string {
  const name = aliasSymbol?.name ?? symbol?.name ?? "";
  const isOwn = /^[A-Za-z$][\w$]*$/.test(name) && !["Array", "ReadonlyArray"].includes(name);
  return isOwn ? pascalCase(name) : "Nested";
}

function isEmptyTuple({ checker }: ProjectProgram, type: ts.Type): boolean {
  return (
    checker.isTupleType(type) && checker.getTypeArguments(type as ts.TypeReference).length === 0
  );
}

function literalValue({ ts, checker }: ProjectProgram, type: ts.Type): string | number | boolean {
  if (type.isStringLiteral() || type.isNumberLiteral()) return type.value;
  if ((type.flags & ts.TypeFlags.BooleanLiteral) !== 0)
    return checker.typeToString(type) === "true";
  const { negative = false, base10Value = "0" } = (type as ts.BigIntLiteralType).value ?? {};
  return Number(`${negative ? "-" : ""}${base10Value}`);
}
