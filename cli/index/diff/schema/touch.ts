/** Which changes a path into a value meets: those on its way, those where it ends, and those further down. */
import type { Delta, SchemaChange } from "./delta.ts";

/**
 * `through`: the path goes on below the change. `at`: it ends there. `within`: the change lies below the path's end.
 * `beside`: it is about another property of an object on the way.
 */
export type Touch = "through" | "at" | "within" | "beside";

/** How near a touch is: the nearest one counts where a path meets a change more than once. */
const RANK: Readonly<Record<Touch, number>> = {
  through: 0,
  at: 1,
  within: 2,
  beside: 3,
};

/** @param path a JSON pointer with `*` for any item and any key; `""` is the value itself */
export function touchedBy(root: Delta, path: string): Map<SchemaChange, Touch> {
  const touched = new Map<SchemaChange, Touch>();
  const note = (delta: Delta, touch: Touch): void => {
    for (const change of delta.changes) {
      const known = touched.get(change);
      if (known === undefined || RANK[touch] < RANK[known]) touched.set(change, touch);
    }
  };
  let level = withAlike([root]);
  for (const segment of segmentsOf(path)) {
    for (const delta of level) {
      note(delta, "through");
      for (const child of [...delta.fields.values()].flat()) note(child, "beside");
    }
    level = withAlike([...level].flatMap((delta) => childrenOf(delta, segment)));
  }
  for (const delta of level) note(delta, "at");
  for (const delta of below(level)) note(delta, "within");
  return touched;
}

export function segmentsOf(path: string): string[] {
  if (path === "") return [];
  return path
    .slice(1)
    .split("/")
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** A name may be one of those that the schema has no property for; any item may be any property. */
function childrenOf({ fields }: Delta, segment: string): readonly Delta[] {
  if (segment === "*") return [...fields.values()].flat();
  return fields.get(segment) ?? fields.get("*") ?? [];
}

function withAlike(start: readonly Delta[]): Set<Delta> {
  const all = new Set(start);
  for (const delta of all) for (const other of delta.alike) all.add(other);
  return all;
}

function below(level: ReadonlySet<Delta>): Set<Delta> {
  const all = new Set<Delta>();
  const open = [...level];
  for (let delta = open.pop(); delta !== undefined; delta = open.pop()) {
    const isEnd = level.has(delta);
    for (const child of [...delta.fields.values()].flat().concat(isEnd ? [] : delta.alike)) {
      if (all.has(child)) continue;
      all.add(child);
      open.push(child);
    }
  }
  return all;
}
