/** Finds what is broken in schemas, however many `$ref`s away. */
import type { Schema } from "../../model.ts";
import type { LeftOut } from "../report.ts";
import type { SchemaShelf, Target } from "./schema-shelf.ts";
import { visitAll } from "./subschemas.ts";

/** The first fault that any of the schemas reaches. Costs nothing where nothing is broken. */
export function findFaults(
  shelf: SchemaShelf,
): (schemas: readonly Schema[]) => LeftOut | undefined {
  const faults = new Map<Target, LeftOut>();
  for (const target of shelf.targets)
    if (target.fault !== undefined) faults.set(target, target.fault);
  if (faults.size === 0) return () => undefined;

  const usedBy = new Map<Target, Target[]>();
  for (const target of shelf.targets) {
    for (const link of linksOf(target.schema)) {
      const users = usedBy.get(link);
      if (users === undefined) usedBy.set(link, [target]);
      else users.push(target);
    }
  }
  // The map grows while it is walked through: each fault goes on to whoever refers to it.
  for (const [target, fault] of faults) {
    for (const user of usedBy.get(target) ?? []) if (!faults.has(user)) faults.set(user, fault);
  }

  function linksOf(schema: Schema): Target[] {
    const links: Target[] = [];
    visitAll(schema, (inner) => {
      const link = shelf.linked(inner);
      if (link !== undefined) links.push(link);
    });
    return links;
  }

  return (schemas) => {
    for (const schema of schemas) {
      for (const link of linksOf(schema)) {
        const fault = faults.get(link);
        if (fault !== undefined) return fault;
      }
    }
    return undefined;
  };
}
