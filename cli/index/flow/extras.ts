/** What composers put into answers: `product.rating = ...`, `page.items.push(...)`, `Object.assign(order, ...)`. */
import type { CallFact } from "./call-facts.ts";
import type { Flow } from "./flow.ts";
import { NOTHING, type ObjectAtom, type SourceAtom } from "./value.ts";

export interface Extra {
  /** Where in the answer it was put. */
  readonly path: readonly string[];
  readonly object: ObjectAtom;
}

const EXTRAS = new WeakMap<CallFact, Map<string, Extra>>();

/** The object that holds what is put into a place of an answer. */
export function extraAt(flow: Flow, { call, path }: SourceAtom): ObjectAtom {
  const known = EXTRAS.get(call) ?? new Map<string, Extra>();
  EXTRAS.set(call, known);
  const key = path.join("/");
  let extra = known.get(key);
  if (extra === undefined) {
    const members = new Map();
    const own = `x:${call.key}:${key}`;
    const object = { kind: "object", key: own, members, rest: NOTHING, spreads: NOTHING } as const;
    extra = { path, object: flow.made<ObjectAtom>(own, () => ({ ...object })) };
    known.set(key, extra);
    flow.progress.changed = true;
  }
  return extra.object;
}

/** What was put into an answer at exactly this place. */
export function extraOf({ call, path }: SourceAtom): ObjectAtom | undefined {
  return EXTRAS.get(call)?.get(path.join("/"))?.object;
}

/** What was put into an answer at this place or below it; paths are from there. */
export function extrasBelow({ call, path }: SourceAtom): Extra[] {
  return [...(EXTRAS.get(call)?.values() ?? [])].flatMap((extra) =>
    path.every((name, index) => extra.path[index] === name)
      ? [{ ...extra, path: extra.path.slice(path.length) }]
      : [],
  );
}
