/** Schemas that are lists of themselves: a member of an interface cannot say so, an alias can. */
import { createNames, pascalFrom } from "../printer.ts";
import { keyTo, type Prepared } from "./prepared-schema.ts";
import { circlesOf, mapRefs, type Named } from "./schema-graph.ts";

export interface Untangled {
  readonly named: Named;
  /** Top-level aliases: name -> schema. */
  readonly aliases: ReadonlyMap<string, Prepared>;
}

/**
 * Moves every schema that leads back to itself without an object in between to an alias, which TypeScript resolves late
 * (TS2502). The model has no schema that leads back to itself without a property or an item.
 */
export function untangle(named: Named): Untangled {
  const free = createNames();
  const names = new Map<string, string>();
  for (const circle of circlesOf(named)) {
    for (const ref of circle) names.set(ref, `#/${free(`${pascalFrom(keyTo(ref))}Schema`)}`);
  }
  const straight = new Map(named);
  const aliases = new Map<string, Prepared>();
  for (const [ref, alias] of names) {
    const schema = named.get(ref) ?? true;
    aliases.set(
      alias.slice(2),
      mapRefs(schema, (target) => names.get(target) ?? target),
    );
    straight.set(ref, { $ref: alias });
  }
  return { named: straight, aliases };
}
