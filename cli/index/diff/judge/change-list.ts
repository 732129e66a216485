/** Every change of a document once, with the operations that it reaches. */
import { byCodePoint } from "../../../gen/emit/by-code-point.ts";
import type { ChangeKind, OperationChange } from "../change.ts";
import type { ComparedServices } from "../compare-services.ts";
import { placeOf } from "../operations/compare-operation.ts";
import type { Place } from "../place.ts";
import type { Delta, SchemaChange } from "../schema/delta.ts";
import type { Locate } from "../source/locate.ts";

export type AnyChange = OperationChange | SchemaChange;

/** A change as it is told: what is the same in several views of a schema is one. */
export interface ListedChange {
  readonly service: string;
  readonly kind: ChangeKind;
  readonly name?: string;
  readonly from?: unknown;
  readonly to?: unknown;
  /** `specs/orders.json#/components/schemas/Order/properties/total`. Absent: it was not there. */
  readonly old?: string;
  /** Absent: it is gone. */
  readonly new?: string;
  /** By name, as they were called before; those that are new, as they are called now. */
  readonly operations: readonly string[];
}

export interface ChangeList {
  /** By place. */
  readonly changes: readonly ListedChange[];
  /** Where a change of the comparison stands in the list. */
  find(change: AnyChange): ListedChange | undefined;
}

export function listChanges(
  compared: ComparedServices,
  locate: { readonly old: Locate; readonly now: Locate },
): ChangeList {
  const service = compared.now.name;
  const listed = new Map<
    string,
    { change: Omit<ListedChange, "operations">; names: Set<string> }
  >();
  const keys = new Map<AnyChange, string>();
  const add = (change: AnyChange, operations: Iterable<string>): void => {
    const { kind, name, from, to } = change;
    const old = change.old && locate.old(change.old);
    const now = change.now && locate.now(change.now);
    const key = JSON.stringify([kind, name, old, now, from, to]);
    keys.set(change, key);
    let entry = listed.get(key);
    if (entry === undefined) {
      const told = {
        service,
        kind,
        ...(name === undefined ? {} : { name }),
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
        ...(old === undefined ? {} : { old }),
        ...(now === undefined ? {} : { new: now }),
      };
      entry = { change: told, names: new Set() };
      listed.set(key, entry);
    }
    for (const operation of operations) entry.names.add(operation);
  };

  for (const operation of compared.removed)
    add(removalOf(operation.name, placeOf(operation)), [operation.name]);
  for (const operation of compared.added) {
    const now = placeOf(operation);
    add({ kind: "operation-added", name: operation.name, now }, [operation.name]);
  }
  for (const { old, changes } of compared.operations)
    for (const change of changes) add(change, [old.name]);
  for (const [delta, operations] of reachOf(compared))
    for (const change of delta.changes) add(change, operations);

  const done = new Map(
    [...listed].map(([key, { change, names }]): [string, ListedChange] => [
      key,
      { ...change, operations: [...names].sort(byCodePoint) },
    ]),
  );
  return {
    changes: [...done.values()].sort(
      (one, other) =>
        byCodePoint(placeIn(one), placeIn(other)) ||
        byCodePoint(one.kind, other.kind) ||
        byCodePoint(one.name ?? "", other.name ?? ""),
    ),
    find: (change) => done.get(keys.get(change) ?? ""),
  };
}

function removalOf(name: string, old: Place): OperationChange {
  return { kind: "operation-removed", name, old };
}

function placeIn({ old, new: now }: ListedChange): string {
  return old ?? now ?? "";
}

/** The differences that have something to tell, and the operations that lead to them. */
function reachOf({ operations }: ComparedServices): Map<Delta, ReadonlySet<string>> {
  const roots = new Map<Delta, Set<string>>();
  for (const { old, slots } of operations) {
    for (const { delta } of slots) {
      const names = roots.get(delta);
      if (names === undefined) roots.set(delta, new Set([old.name]));
      else names.add(old.name);
    }
  }
  const all = new Set(roots.keys());
  for (const delta of all)
    for (const child of [...delta.fields.values()].flat().concat(delta.alike)) all.add(child);
  const reached = new Map<Delta, ReadonlySet<string>>();
  for (const delta of all) {
    if (delta.changes.length === 0) continue;
    const names = new Set<string>();
    const above = new Set([delta]);
    for (const one of above) {
      for (const name of roots.get(one) ?? []) names.add(name);
      for (const parent of one.parents) above.add(parent);
    }
    reached.set(delta, names);
  }
  return reached;
}
