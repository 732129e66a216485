/** All schemas of a service: `components["schemas"]`, and `uploads` for those that hold files in multipart requests. */
import type { Schema } from "../../model.ts";
import { byCodePoint } from "../by-code-point.ts";
import { prepareSchema } from "./prepare-schema.ts";
import { keyTo, type Prepared, refTo, type View } from "./prepared-schema.ts";
import { eachRef, mapRefs } from "./schema-graph.ts";
import type { Schemas } from "./schema-lookup.ts";
import { untangle } from "./untangle.ts";

/** Where the schemas of a view are kept, where they differ from plain values. */
export const SECTIONS = { value: "components/schemas", upload: "uploads" } as const;

export type Section = (typeof SECTIONS)[View];

export interface SchemaLibrary {
  /** Prepares a schema; its references lead to the section that is right for the view. */
  prepare(schema: Schema, view: View): Prepared;
  /** The section that a schema of the model is found in. */
  sectionOf(key: string, view: View): Section;
  /** Everything that was referred to, once all has been prepared. Keys by code point. */
  sections(): LibrarySections;
}

export interface LibrarySections {
  readonly schemas: ReadonlyMap<string, Prepared>;
  readonly uploads: ReadonlyMap<string, Prepared>;
  readonly aliases: ReadonlyMap<string, Prepared>;
}

type Shelf = ReadonlyMap<string, Prepared>;

/** Starts a library over the schemas of a model. */
export function createSchemaLibrary(schemas: Schemas): SchemaLibrary {
  const keys = Object.keys(schemas).sort(byCodePoint);
  const shelve = (view: View): Shelf => {
    return new Map(keys.map((key) => [key, prepareSchema(schemas[key] ?? true, view, schemas)]));
  };
  const values = shelve("value");
  // Most documents have no files: their uploads are looked at when the first multipart request is.
  let uploads: { readonly shelf: Shelf; readonly differing: ReadonlySet<string> } | undefined;
  const uploadsOf = (): { readonly shelf: Shelf; readonly differing: ReadonlySet<string> } => {
    const shelf = uploads?.shelf ?? shelve("upload");
    uploads ??= { shelf, differing: differences(values, shelf) };
    return uploads;
  };
  const needed = new Map<string, Prepared>();

  const sectionOf = (key: string, view: View): Section => {
    return view === "upload" && uploadsOf().differing.has(key) ? SECTIONS.upload : SECTIONS.value;
  };
  const placed = (prepared: Prepared, view: View): Prepared => {
    if (view === "value") return prepared;
    return mapRefs(prepared, (ref) => {
      const key = keyTo(ref);
      const section = sectionOf(key, view);
      const target = refTo(section, key);
      if (section === SECTIONS.upload && !needed.has(target)) {
        needed.set(target, true);
        needed.set(target, placed(uploadsOf().shelf.get(key) ?? true, view));
      }
      return target;
    });
  };

  return {
    prepare: (schema, view) => placed(prepareSchema(schema, view, schemas), view),
    sectionOf,
    sections() {
      const named = new Map(
        keys.map((key) => [refTo(SECTIONS.value, key), values.get(key) ?? true]),
      );
      for (const [ref, schema] of needed) named.set(ref, schema);
      const { named: straight, aliases } = untangle(
        new Map([...named].sort(([a], [b]) => byCodePoint(a, b))),
      );
      const section = (name: Section): Shelf => {
        const members = keys.map((key) => [key, straight.get(refTo(name, key))] as const);
        return new Map(
          members.flatMap(([key, schema]) => (schema === undefined ? [] : [[key, schema]])),
        );
      };
      return { schemas: section(SECTIONS.value), uploads: section(SECTIONS.upload), aliases };
    },
  };
}

/** The schemas that are not the same in two views, themselves or in what they refer to. */
function differences(base: Shelf, others: Shelf): ReadonlySet<string> {
  const found = new Set<string>();
  const users = new Map<string, string[]>();
  for (const [key, schema] of others) {
    if (JSON.stringify(schema) !== JSON.stringify(base.get(key))) found.add(key);
    eachRef(schema, (ref) => {
      const target = keyTo(ref);
      const known = users.get(target);
      if (known === undefined) users.set(target, [key]);
      else known.push(key);
    });
  }
  // A set may grow while it is walked: every user of a differing schema differs as well.
  for (const key of found) for (const user of users.get(key) ?? []) found.add(user);
  return found;
}
