/** What a schema says of one value when its `allOf` is written out: keywords, properties and unions side by side. */
import type { Schema, SchemaObject } from "../../../gen/model.ts";
import { below, type Place } from "../place.ts";
import type { Sited } from "./delta.ts";
import { type Components, linkOf, objectOf } from "./open-up.ts";

/** Longer chains of `allOf` are nobody's. */
const MAX_DEPTH = 64;

/** One schema among those that all hold for one value. */
export interface Facet extends Sited {
  readonly schema: SchemaObject;
  /** The component that it is a link to. */
  readonly link?: string;
}

/** The members of `allOf`, nested ones too, and what stands beside them. Links are kept. */
export function facetsOf({ schema, place }: Sited, depth = 0): Facet[] {
  const { allOf, ...own } = objectOf(schema);
  const link = linkOf(own);
  if (!Array.isArray(allOf) || depth > MAX_DEPTH)
    return [{ schema: objectOf(schema), place, ...(link === undefined ? {} : { link }) }];
  const members = (allOf as Schema[]).flatMap((member, at) =>
    facetsOf({ schema: member, place: below(place, "allOf", String(at)) }, depth + 1),
  );
  return Object.keys(own).length === 0 ? members : [{ schema: own, place }, ...members];
}

/** Follows links until none is left. One that leads back to itself says nothing new. */
export function withoutLinks(facets: readonly Facet[], components: Components): Facet[] {
  const seen = new Set<string>();
  const open = [...facets].reverse();
  const plain: Facet[] = [];
  for (let facet = open.pop(); facet !== undefined; facet = open.pop()) {
    const { link, place } = facet;
    if (link === undefined) plain.push(facet);
    else if (!seen.has(link)) {
      seen.add(link);
      open.push(
        ...facetsOf({ schema: components[link] ?? true, place: below(place, "$ref") }).reverse(),
      );
    }
  }
  return plain;
}

export interface PlainSchema {
  /** Where the first of its schemas stands. */
  readonly place: Place;
  readonly properties: ReadonlyMap<string, Sited>;
  readonly required: ReadonlySet<string>;
  /** The members of `oneOf` or `anyOf`. */
  readonly unions: readonly (readonly Sited[])[];
  /** Every other keyword, and where it stands. */
  readonly keywords: ReadonlyMap<string, { readonly value: unknown; readonly place: Place }>;
}

/** Where two say something of one keyword or property, the last one counts: it stands nearest. */
export function plainOf(facets: readonly Facet[], place: Place): PlainSchema {
  const properties = new Map<string, Sited>();
  const required = new Set<string>();
  const unions: Sited[][] = [];
  const keywords = new Map<string, { value: unknown; place: Place }>();
  for (const { schema, place: at } of facets) {
    for (const [keyword, value] of Object.entries(schema)) {
      if (keyword === "properties") {
        for (const [name, property] of Object.entries(value as Record<string, Schema>))
          properties.set(name, { schema: property, place: below(at, "properties", name) });
      } else if (keyword === "required") {
        for (const name of value as string[]) required.add(name);
      } else if (keyword === "oneOf" || keyword === "anyOf") {
        const members = value as Schema[];
        unions.push(
          members.map((member, index) => ({
            schema: member,
            place: below(at, keyword, String(index)),
          })),
        );
      } else keywords.set(keyword, { value, place: at });
    }
  }
  return { place: facets[0]?.place ?? place, properties, required, unions, keywords };
}

/** Every name that a schema requires, through `allOf` and links. */
export function requiredOf(sited: Sited, components: Components): ReadonlySet<string> {
  const names = withoutLinks(facetsOf(sited), components).flatMap(({ schema }) =>
    Array.isArray(schema.required) ? (schema.required as string[]) : [],
  );
  return new Set(names);
}
