/** How two schemas differ: a graph as the schemas are one, each pair of schemas once. */
import type { Schema } from "../../../gen/model.ts";
import type { Place } from "../place.ts";

/** What can happen to a schema. `widened`: it takes more than before; `narrowed`: less; `changed`: something else. */
export type SchemaChangeKind =
  | "property-added"
  | "property-added-required"
  | "property-removed"
  | "property-required"
  | "property-optional"
  | "nullable-added"
  | "nullable-removed"
  | "type-widened"
  | "type-narrowed"
  | "type-changed"
  | "enum-widened"
  | "enum-narrowed"
  | "limit-widened"
  | "limit-narrowed"
  | "limit-changed"
  | "default-changed"
  | "member-added"
  | "member-removed"
  | "additional-opened"
  | "additional-closed"
  | "property-deprecated";

export interface SchemaChange {
  readonly kind: SchemaChangeKind;
  /** The property, the keyword or the member of a union that it is about. */
  readonly name?: string;
  readonly from?: unknown;
  readonly to?: unknown;
  /** Absent: it was not there. */
  readonly old?: Place;
  /** Absent: it is gone. */
  readonly now?: Place;
}

/** The differences of one pair of schemas. */
export interface Delta {
  /** Of the value itself. */
  readonly changes: SchemaChange[];
  /** By property; `*`: any item, and any key that has no name. */
  readonly fields: Map<string, Delta[]>;
  /** Further schemas for the same value: what a `$ref` leads to, members of `allOf` and of unions. */
  readonly alike: Delta[];
  /** Those that this one stands in. */
  readonly parents: Delta[];
}

export function createDelta(): Delta {
  return { changes: [], fields: new Map(), alike: [], parents: [] };
}

export function addField(delta: Delta, name: string, child: Delta): void {
  const known = delta.fields.get(name);
  if (known === undefined) delta.fields.set(name, [child]);
  else known.push(child);
  child.parents.push(delta);
}

export function addAlike(delta: Delta, child: Delta): void {
  delta.alike.push(child);
  child.parents.push(delta);
}

/** A schema and where it stands. */
export interface Sited {
  readonly schema: Schema;
  readonly place: Place;
}
