/** What `{ a, ...rest }` leaves in `rest`. */
import type ts from "typescript";
import type { Flow } from "./flow.ts";
import { objectAt, put, traces } from "./uses.ts";
import { setOf, sourceOf, union, type Value } from "./value.ts";

/** @param name the name that the rest is bound to: its type knows what is left */
export function restOf(flow: Flow, value: Value, taken: readonly string[], name: ts.Node): Value {
  const parts = [...value.values()].map((atom): Value => {
    if (atom.kind === "source") {
      const { only, ...whole } = atom;
      const left = (only ?? flow.types.namesOf(name))?.filter((one) => !taken.includes(one));
      return setOf(sourceOf(left === undefined ? whole : { ...whole, only: left }));
    }
    if (atom.kind !== "object") return traces(setOf(atom));
    const object = objectAt(flow, `${atom.key}-${taken.join()}`);
    for (const [member, held] of atom.members)
      if (!taken.includes(member)) put(flow, object, member, held);
    put(flow, object, undefined, union(atom.rest, restOf(flow, atom.spreads, taken, name)));
    return setOf(object);
  });
  return union(...parts);
}
