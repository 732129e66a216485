/**
 * The rules by which a mock recognises what can be created, read, listed, changed and removed; an operation that no
 * rule fits is answered with samples.
 *
 * 1. `/xs/{x}` is the item of the collection `/xs`; so is `/xs/{x}.json` of `/xs.json`.
 * 2. On the collection GET lists, QUERY searches and POST creates. On the item GET reads, PUT replaces, PATCH updates,
 *    DELETE removes; POST updates where the item has neither PUT nor PATCH.
 * 3. The object is the JSON answer itself, or its only property that is an object with an id (`{ "order": {...} }`).
 *    The list is the JSON answer itself, or its only property that is a list of objects (`{ "items": [...] }`).
 * 4. The id is the property that is called like the path parameter; like its end (`orderId` -> `id`, `Sid` -> `sid`);
 *    or `id`, `key`, `slug`, `code`, `name`, in this order. It must be able to hold what the parameter holds.
 * 5. A collection that can be listed needs no item; its objects must have an `id`, then.
 * 6. What stands below an item (`POST /xs/{x}/cancel`) and answers with the object's own schema is about that item.
 * 7. Names are compared without case, `_` and `-`.
 */
import type { OperationModel, ParameterModel, Schema, ServiceModel } from "../../gen/model.ts";
import type { SchemaView } from "../schema/schema-view.ts";
import { findId } from "./find-id.ts";
import { findLists, type Place } from "./find-lists.ts";
import { jsonOf, propertiesOf, typesOf } from "./json-shapes.ts";

export type Role = "list" | "search" | "create" | "read" | "replace" | "update" | "remove" | "act";

export interface Resource {
  /** The path key of the collection. */
  readonly collection: string;
  /** Absent: nothing can be read, changed or removed by id. */
  readonly item?: {
    readonly parameter: ParameterModel;
    /** Where the object stands in the answer that reads it. */
    readonly place: Place;
  };
  readonly idProperty: string;
  readonly idSchema: Schema;
  /** Of one object. */
  readonly schema: Schema;
  /** Where the lists stand. */
  readonly lists: Readonly<Partial<Record<Role, Place>>>;
  readonly operations: Operations;
}

export type Operations = Readonly<Partial<Record<Role, OperationModel>>>;
type Methods = ReadonlyMap<string, OperationModel>;

/** What an operation is to its resource. */
export interface Part {
  readonly resource: Resource;
  readonly role: Role;
}

const NONE: Methods = new Map();

/** By operation name. */
export function findResources(model: ServiceModel, view: SchemaView): Map<string, Part> {
  const byPath = new Map<string, Map<string, OperationModel>>();
  for (const operation of model.operations) {
    const methods = byPath.get(operation.path) ?? new Map<string, OperationModel>();
    byPath.set(operation.path, methods.set(operation.method, operation));
  }
  const parts = new Map<string, Part>();
  const claim = (resource: Resource | undefined): void => {
    for (const [role, operation] of Object.entries(resource?.operations ?? {})) {
      if (resource === undefined || parts.has(operation.name)) continue;
      parts.set(operation.name, { resource, role: role as Role });
    }
  };
  for (const [path, item] of byPath) {
    const [, base = "", parameter, suffix = ""] = /^(.*)\/\{([^{}]+)\}(\.\w+)?$/.exec(path) ?? [];
    if (parameter === undefined) continue;
    const collection = `${base}${suffix}`;
    claim(withItem(view, collection, parameter, byPath.get(collection) ?? NONE, item));
  }
  for (const [path, methods] of byPath) claim(withoutItem(view, path, methods));
  for (const operation of model.operations) {
    const part = parts.has(operation.name) ? undefined : actOn(operation, byPath, parts);
    if (part !== undefined) parts.set(operation.name, part);
  }
  return parts;
}

/** Rule 2. */
function rolesOf(collection: Methods, item: Methods): Operations {
  const update = item.get("PATCH") ?? (item.has("PUT") ? undefined : item.get("POST"));
  const roles: [Role, OperationModel | undefined][] = [
    ["list", collection.get("GET")],
    ["search", collection.get("QUERY")],
    ["create", collection.get("POST")],
    ["read", item.get("GET")],
    ["replace", item.get("PUT")],
    ["update", update],
    ["remove", item.get("DELETE")],
  ];
  return Object.fromEntries(roles.filter(([, operation]) => operation !== undefined));
}

/** Rules 1 to 4. */
function withItem(
  view: SchemaView,
  collection: string,
  name: string,
  ofCollection: Methods,
  ofItem: Methods,
): Resource | undefined {
  const { list, search, ...others } = rolesOf(ofCollection, ofItem);
  const parameter = others.read?.parameters.find((one) => one.in === "path" && one.name === name);
  const media = jsonOf(others.read);
  if (parameter === undefined || media?.schema === undefined) return undefined;
  for (const { property, schema } of objectsIn(view, media.schema)) {
    const id = findId(view, schema, parameter);
    if (id === undefined) continue;
    const found = findLists(view, { list, search }, id.name);
    return {
      collection,
      item: { parameter, place: { media, ...(property === undefined ? {} : { property }) } },
      idProperty: id.name,
      idSchema: id.schema,
      schema,
      lists: found.places,
      operations: { ...others, ...found.operations },
    };
  }
  return undefined;
}

/** Rule 5. */
function withoutItem(view: SchemaView, collection: string, methods: Methods): Resource | undefined {
  const { list, search, create } = rolesOf(methods, NONE);
  const { places, operations, schema } = findLists(view, { list, search }, "id");
  const id =
    schema === undefined ? undefined : propertiesOf(view, schema).find(([name]) => name === "id");
  if (schema === undefined || id === undefined) return undefined;
  const all = { ...operations, ...(create === undefined ? {} : { create }) };
  return { collection, idProperty: "id", idSchema: id[1], schema, lists: places, operations: all };
}

/** Rule 6. */
function actOn(
  operation: OperationModel,
  byPath: ReadonlyMap<string, Methods>,
  parts: ReadonlyMap<string, Part>,
): Part | undefined {
  const above = operation.path.slice(0, operation.path.lastIndexOf("/"));
  const read = byPath.get(above)?.get("GET");
  const part = read === undefined ? undefined : parts.get(read.name);
  const schema = jsonOf(operation)?.schema;
  const own = part?.resource.item?.place.media.schema;
  if (
    part === undefined ||
    part.role !== "read" ||
    typeof schema !== "object" ||
    typeof own !== "object"
  )
    return undefined;
  return schema.$ref !== undefined && schema.$ref === own.$ref
    ? { resource: part.resource, role: "act" }
    : undefined;
}

/** Rule 3: the answer, then the property that could be meant. */
function* objectsIn(
  view: SchemaView,
  schema: Schema,
): Iterable<{ property?: string; schema: Schema }> {
  yield { schema };
  const inner = propertiesOf(view, schema).filter(([, property]) =>
    typesOf(view, property).has("object"),
  );
  const [only, ...more] = inner;
  if (only !== undefined && more.length === 0) yield { property: only[0], schema: only[1] };
}
