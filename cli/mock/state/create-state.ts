/** Makes a mock remember: what POST created is there for GET, what DELETE removed is not. */
import type { OperationModel, ServiceModel } from "../../gen/model.ts";
import type { ReadRequest } from "../request/read-request.ts";
import { sampleContent } from "../sample/sample-content.ts";
import { sampleValue } from "../sample/sample-value.ts";
import type { SchemaView } from "../schema/schema-view.ts";
import { type Collection, createCollections, type Item } from "./collections.ts";
import { echoOf, fitting } from "./echo.ts";
import { findResources, type Part, type Resource, type Role } from "./find-resources.ts";
import { freshId, isFree } from "./fresh-id.ts";
import { isRecord, jsonOf, propertiesOf } from "./json-shapes.ts";
import { parentsOf } from "./parents.ts";
import { attempt, examplesAt, isId, seedItems, valueAt } from "./seed-items.ts";
import { pageOf, selectItems } from "./select-items.ts";

/** What the state says about an answer. */
export type Outcome =
  /** There is no such object any more. */
  | { readonly kind: "missing" }
  /** The object to answer with; `created`: it was not there before. */
  | {
      readonly kind: "object";
      readonly part: Part;
      readonly value: Item;
      readonly created: boolean;
    }
  /** The objects to answer with; `total`: how many there are on all pages. */
  | {
      readonly kind: "list";
      readonly part: Part;
      readonly value: readonly Item[];
      readonly total: number;
    };

export interface State {
  /** Undefined: no rule fits, or the object was never heard of. */
  apply(operation: OperationModel, request: ReadRequest): Outcome | undefined;
}

export interface StateOptions {
  readonly seed: number;
  /** False: examples are found by id, but nothing is kept. */
  readonly keeps: boolean;
}

interface Open {
  readonly collection: Collection;
  readonly sampled: boolean;
}

export function createState(
  model: ServiceModel,
  view: SchemaView,
  { seed, keeps }: StateOptions,
): State {
  const collections = createCollections();
  const sampled = new Set<string>();
  let parts: Map<string, Part> | undefined;

  const open = (resource: Resource, request: ReadRequest): Open => {
    const path = resource.collection.replace(/\{([^{}]+)\}/g, (_, name: string) =>
      encodeURIComponent(String(request.path[name])),
    );
    const collection = collections.open(path, () => {
      const seeds = seedItems(view, resource, path, parentsOf(resource, request.path), seed);
      if (seeds.sampled) sampled.add(path);
      return seeds.items;
    });
    return { collection, sampled: sampled.has(path) };
  };

  return {
    apply: (operation, request) => {
      parts ??= findResources(model, view);
      const part = parts.get(operation.name);
      if (part === undefined || (!keeps && !READS.has(part.role))) return undefined;
      const { collection, sampled: isSampled } = open(part.resource, request);
      const visit: Visit = { view, seed, part, collection, request };
      if (part.role === "list" || part.role === "search") return listItems(visit, isSampled);
      if (part.role === "create") return createItem(visit);
      return onItem(visit);
    },
  };
}

const READS: ReadonlySet<Role> = new Set<Role>(["list", "search", "read", "act"]);

/** One operation on one collection. */
interface Visit {
  readonly view: SchemaView;
  readonly seed: number;
  readonly part: Part;
  readonly collection: Collection;
  readonly request: ReadRequest;
}

function listItems({ view, part, collection, request }: Visit, isSampled: boolean): Outcome {
  const wanted = { ...request.query, ...bodyOf(request) };
  const asked = { ...wanted, ...parentsOf(part.resource, request.path) };
  const found = selectItems(collection.all(), asked);
  // Made-up objects are made up as they are asked for.
  const echo =
    found.length === 0 && isSampled ? echoOf(view, part.resource.schema, asked) : undefined;
  const items = echo === undefined ? found : collection.all().map((item) => ({ ...item, ...echo }));
  return { kind: "list", part, value: pageOf(items, wanted), total: items.length };
}

function createItem(visit: Visit): Outcome {
  const { view, seed, part, collection, request } = visit;
  const { idProperty, operations, item } = part.resource;
  const media = jsonOf(operations.create);
  const example =
    media === undefined ? undefined : examplesAt({ ...item?.place, media }).find(isRecord);
  const body = bodyOf(request);
  const id =
    [body[idProperty], example?.[idProperty]].find(
      (one, at) => isId(one) && (at === 0 || isFree(collection, one)),
    ) ?? freshId(view, part.resource, collection, seed);
  const made = complete(visit, example, { ...body, [idProperty]: id });
  collection.set(String(id), made);
  return { kind: "object", part, value: made, created: true };
}

function onItem(visit: Visit): Outcome | undefined {
  const { view, part, collection, request } = visit;
  const { resource, role } = part;
  const given =
    resource.item === undefined ? undefined : request.path[resource.item.parameter.name];
  const id = String(given);
  const known = collection.get(id);
  if (collection.isRemoved(id) && role !== "replace") return { kind: "missing" };
  if (role === "remove") collection.remove(id);
  const object = (value: Item, created = false): Outcome => ({
    kind: "object",
    part,
    value,
    created,
  });
  if (role === "remove") return known === undefined ? undefined : object(known);
  const own = {
    [resource.idProperty]:
      known?.[resource.idProperty] ?? fitting(view, resource.idSchema, given) ?? given,
  };
  const example = examplesAt(resource.item?.place).find(isRecord);
  if (role === "read" || role === "act") {
    // An id that was never heard of: there is an object like the others.
    return object(known ?? complete(visit, example, own));
  }
  const before = role === "update" ? known : undefined;
  const made = complete(visit, example, { ...before, ...bodyOf(request), ...own });
  collection.set(id, made);
  return object(made, known === undefined && role === "replace");
}

/** The whole object, of what is known of it: the rest comes from the path, an example, and samples. */
function complete(
  { view, seed, part, request }: Visit,
  example: Item | undefined,
  known: Item,
): Item {
  const { item, schema, idProperty } = part.resource;
  const parents = echoOf(view, schema, parentsOf(part.resource, request.path));
  const options = { seed, at: `object ${String(known[idProperty])}` };
  // What the document does not list is not answered: a password that was posted is not part of a customer.
  const declared = new Set(propertiesOf(view, schema).map(([name]) => name));
  const told = Object.fromEntries(
    Object.entries(known).filter(([name]) => declared.size === 0 || declared.has(name)),
  );
  const hint = { ...example, ...parents, ...told };
  const place = item?.place;
  const whole =
    place === undefined
      ? attempt(() => sampleValue(view, schema, { ...options, hint }))
      : valueAt(
          place,
          attempt(() =>
            sampleContent(view, place.media, {
              ...options,
              hint: place.property === undefined ? hint : { [place.property]: hint },
            }),
          ),
        );
  return isRecord(whole) ? { ...whole, ...told } : hint;
}

function bodyOf({ body }: ReadRequest): Record<string, unknown> {
  return isRecord(body?.exact) ? body.exact : {};
}
