/** The schemas of what has members: objects, records, lists, tuples, intersections. */
import type ts from "typescript";
import { byCodePoint } from "../../gen/emit/by-code-point.ts";
import type { Schema, SchemaObject } from "../../gen/model.ts";
import { carriedProperty } from "./carried-property.ts";
import type { TypeWalk } from "./schema-of-type.ts";
import { anyOf, NULL } from "./union-schema.ts";

export function objectSchema(walk: TypeWalk, type: ts.Type, at: string): Schema {
  const { checker } = walk.project;
  if (checker.isTupleType(type)) return tupleSchema(walk, type as ts.TupleTypeReference, at);
  if (checker.isArrayType(type)) {
    const [item] = checker.getTypeArguments(type as ts.TypeReference);
    return item === undefined
      ? { type: "array" }
      : { type: "array", items: itemOf(walk, item, at) };
  }
  return type.isIntersection() ? intersectionSchema(walk, type, at) : membersSchema(walk, type, at);
}

/** In a list `undefined` is written as `null`. */
function itemOf(walk: TypeWalk, item: ts.Type, at: string): Schema {
  const place = placeBelow(at, "*");
  const isGap = walk.mayBeAbsent(item);
  if (isGap && walk.isNothing(item)) return NULL;
  const schema = walk.schemaOf(item, place);
  return isGap ? anyOf([schema, NULL]) : schema;
}

function tupleSchema(walk: TypeWalk, type: ts.TupleTypeReference, at: string): Schema {
  const { ElementFlags } = walk.project.ts;
  const { elementFlags, minLength } = type.target;
  const types = walk.project.checker.getTypeArguments(type);
  const rest = elementFlags.findIndex((flag) => (flag & ElementFlags.Variable) !== 0);
  const fixed = rest < 0 ? types : types.slice(0, rest);
  if (types.length === 0) return { type: "array", maxItems: 0 };
  const prefixItems = fixed.map((item, index) => {
    const schema = walk.schemaOf(item, placeBelow(at, String(index)));
    return walk.mayBeAbsent(item) ? anyOf([schema, NULL]) : schema;
  });
  const others = rest < 0 ? [] : types.slice(rest).map((item) => itemOf(walk, item, at));
  return {
    type: "array",
    ...(prefixItems.length === 0 ? {} : { prefixItems }),
    items: others.length === 0 ? false : anyOf(others),
    ...(minLength === 0 ? {} : { minItems: minLength }),
  };
}

/** A component that something is added to stays one; anything else is the sum of its members. */
function intersectionSchema(walk: TypeWalk, type: ts.IntersectionType, at: string): Schema {
  const { StringLike, NumberLike, BooleanLike } = walk.project.ts.TypeFlags;
  const SCALAR = StringLike | NumberLike | BooleanLike;
  // `string & { readonly brand: "Sku" }` is written as the text.
  const scalar = type.types.find(({ flags }) => (flags & SCALAR) !== 0);
  if (scalar !== undefined) return walk.schemaOf(scalar, at);
  const isCarried = (one: ts.Type): boolean => walk.carriage.componentOf(one) !== undefined;
  if (!type.types.some(isCarried)) return membersSchema(walk, type, at);
  return { allOf: type.types.map((one) => walk.schemaOf(one, at)) };
}

function membersSchema(walk: TypeWalk, type: ts.Type, at: string): Schema {
  const { checker, ts } = walk.project;
  const declared = walk.carriage.declaredAt(type.symbol?.declarations ?? []);
  if (declared !== undefined) return walk.components.adopt(declared.service, declared.schema);
  const isInstance = ((type.symbol?.flags ?? 0) & ts.SymbolFlags.Class) !== 0;
  const properties: [string, Schema][] = [];
  const required: string[] = [];
  for (const property of checker.getPropertiesOfType(type)) {
    // Names that are symbols are not written; nor is what only the prototype of an instance has.
    if (property.name.startsWith("__@") || property.name.startsWith("#")) continue;
    const onPrototype = ts.SymbolFlags.Method | ts.SymbolFlags.Accessor;
    if (isInstance && (property.flags & onPrototype) !== 0) continue;
    const valueType = checker.getTypeOfSymbol(property);
    if (walk.isNothing(valueType)) continue;
    const place = placeBelow(at, property.name);
    const carried = carriedProperty(walk, property, valueType);
    const schema = carried ?? described(walk, property, walk.schemaOf(valueType, place));
    properties.push([property.name, schema]);
    const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
    if (!isOptional && !walk.mayBeAbsent(valueType)) required.push(property.name);
  }
  const indexed = checker.getIndexInfosOfType(type).filter(({ keyType }) => {
    return (keyType.flags & ts.TypeFlags.ESSymbolLike) === 0;
  });
  const values = indexed.map((info) => walk.schemaOf(info.type, placeBelow(at, "*")));
  return {
    type: "object",
    // The compiler's own order is that of the sources, and what is spread into an object comes first.
    ...(properties.length === 0 ? {} : { properties: Object.fromEntries(properties) }),
    ...(required.length === 0 ? {} : { required: required.sort(byCodePoint) }),
    ...(values.length === 0 ? {} : { additionalProperties: anyOf(values) }),
  };
}

/** With what the composer's own sources say of a property. */
function described({ project }: TypeWalk, property: ts.Symbol, schema: Schema): Schema {
  if (typeof schema !== "object" || "description" in schema || schema.$ref !== undefined)
    return schema;
  const text = project.ts
    .displayPartsToString(property.getDocumentationComment(project.checker))
    .trim();
  return text === "" ? schema : ({ ...schema, description: text } satisfies SchemaObject);
}

export function placeBelow(at: string, name: string): string {
  return at === "" ? name : `${at}.${name}`;
}
