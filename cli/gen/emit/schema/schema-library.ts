/** All schemas of a service, by the way their values travel: `components["schemas"]`, `inputs`, `uploads`. */
import type { Schema } from "../../model.ts";
import { byCodePoint } from "../by-code-point.ts";
import { prepareSchema } from "./prepare-schema.ts";
import { keyTo, type Prepared, refTo, type View } from "./prepared-schema.ts";
import { eachRef, mapRefs } from "./schema-graph.ts";
import type { Schemas } from "./schema-lookup.ts";
import { untangle } from "./untangle.ts";

/** Where the schemas of a view are kept, where they differ from the answers'. */
export const SECTIONS = {
  answer: "components/schemas",
  request: "inputs",
  upload: "uploads",
} as const;

export type Section = (typeof SECTIONS)[View];

/** The view that a schema is taken from where it does not differ. */
const LIKE = { request: "answer", upload: "request" } as const satisfies Record<string, View>;

export interface SchemaLibrary {
  /** Prepares a schema for one direction; its references lead to the section that is right for it. */
  prepare(schema: Schema, view: View): Prepared;
  /** The section that a schema of the model is found in. */
  sectionOf(key: string, view: View): Section;
  /** Everything that was referred to, once all has been prepared. Keys by code point. */
  sections(): LibrarySections;
}

export interface LibrarySections {
  readonly schemas: ReadonlyMap<string, Prepared>;
  readonly inputs: ReadonlyMap<string, Prepared>;
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
  const shelves = new Map<View, Shelf>();
  const shelfOf = (view: View): Shelf => {
    const shelf = shelves.get(view) ?? shelve(view);
    shelves.set(view, shelf);
    return shelf;
  };
  const differing = new Map<View, ReadonlySet<string>>();
  const differsIn = (view: "request" | "upload"): ReadonlySet<string> => {
    const known = differing.get(view) ?? differences(shelfOf(LIKE[view]), shelfOf(view));
    differing.set(view, known);
    return known;
  };
  const needed = new Map<string, Prepared>();

  const sectionOf = (key: string, view: View): Section => {
    if (view === "answer" || differsIn(view).has(key)) return SECTIONS[view];
    return sectionOf(key, LIKE[view]);
  };
  const placed = (prepared: Prepared, view: View): Prepared => {
    if (view === "answer") return prepared;
    return mapRefs(prepared, (ref) => {
      const key = keyTo(ref);
      const section = sectionOf(key, view);
      const target = refTo(section, key);
      if (section !== SECTIONS.answer && !needed.has(target)) {
        const home = section === SECTIONS.upload ? "upload" : "request";
        needed.set(target, true);
        needed.set(target, placed(shelfOf(home).get(key) ?? true, home));
      }
      return target;
    });
  };

  return {
    prepare: (schema, view) => placed(prepareSchema(schema, view, schemas), view),
    sectionOf,
    sections() {
      const answers = shelfOf("answer");
      const named = new Map<string, Prepared>(needed);
      for (const [key, schema] of answers) named.set(refTo(SECTIONS.answer, key), schema);
      const { named: straight, aliases } = untangle(
        new Map([...named].sort(([a], [b]) => byCodePoint(a, b))),
      );
      const section = (name: string, shelf: Shelf): Shelf => {
        const members = [...shelf.keys()].map(
          (key) => [key, straight.get(refTo(name, key))] as const,
        );
        return new Map(
          members.filter(
            (member): member is readonly [string, Prepared] => member[1] !== undefined,
          ),
        );
      };
      return {
        schemas: section(SECTIONS.answer, answers),
        inputs: section(SECTIONS.request, shelves.get("request") ?? new Map()),
        uploads: section(SECTIONS.upload, shelves.get("upload") ?? new Map()),
        aliases,
      };
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
