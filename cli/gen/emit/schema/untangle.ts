/** Schemas that contain themselves: what TypeScript can say through an alias is said so, the rest is cut. */
import { createNames, pascalFrom } from "../printer.ts";
import { intersectionOf, keyTo, type Prepared, unionOf } from "./prepared-schema.ts";
import { circlesOf, mapRefs, type Named } from "./schema-graph.ts";

export interface Untangled {
  readonly named: Named;
  /** Top-level aliases: a member of an interface may not refer to itself outside of an object (TS2502), an alias may. */
  readonly aliases: ReadonlyMap<string, Prepared>;
}

/** Takes the circles out of named schemas, so that every one of them compiles. */
export function untangle(named: Named): Untangled {
  const straight = new Map(named);
  for (const circle of circlesOf(named, "union")) {
    for (const name of circle) straight.set(name, unrolled(name, circle, named));
  }
  const aliases = new Map<string, Prepared>();
  const names = new Map<string, string>();
  const free = createNames();
  for (const circle of circlesOf(straight, "list")) {
    for (const name of circle) names.set(name, free(`${pascalFrom(keyTo(name))}Schema`));
  }
  for (const [name, alias] of names) {
    const schema = straight.get(name) ?? true;
    aliases.set(
      alias,
      mapRefs(schema, (ref) => aliasRef(names, ref)),
    );
    straight.set(name, { $ref: `#/${alias}` });
  }
  return { named: straight, aliases };
}

function aliasRef(names: ReadonlyMap<string, string>, ref: string): string {
  const alias = names.get(ref);
  return alias === undefined ? ref : `#/${alias}`;
}

/** The schema with its circle written out. A circle of unions alone adds nothing to itself: what leads back is dropped. */
function unrolled(name: string, circle: ReadonlySet<string>, named: Named): Prepared {
  return unroll(named.get(name) ?? true, circle, named, new Set([name])) ?? true;
}

function unroll(
  schema: Prepared,
  circle: ReadonlySet<string>,
  named: Named,
  trail: ReadonlySet<string>,
): Prepared | undefined {
  if (typeof schema === "boolean") return schema;
  const { $ref, anyOf, allOf } = schema;
  if ($ref !== undefined && circle.has($ref)) {
    if (trail.has($ref)) return undefined;
    return unroll(named.get($ref) ?? true, circle, named, new Set([...trail, $ref]));
  }
  const members = (anyOf ?? allOf)?.map((member) => unroll(member, circle, named, trail));
  if (members === undefined) return schema;
  const kept = members.filter((member) => member !== undefined);
  if (kept.length === 0) return undefined;
  return anyOf === undefined ? intersectionOf(kept) : unionOf(kept);
}
