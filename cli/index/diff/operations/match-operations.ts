/** Finds which operation of a changed document was which. */
import type { OperationModel } from "../../../gen/model.ts";

export interface MatchedOperations {
  readonly pairs: readonly (readonly [old: OperationModel, now: OperationModel])[];
  readonly removed: readonly OperationModel[];
  readonly added: readonly OperationModel[];
}

/**
 * By name, then by method and path: one that has another name there was renamed. One whose name stands at another
 * method or path was moved.
 */
export function matchOperations(
  old: readonly OperationModel[],
  now: readonly OperationModel[],
): MatchedOperations {
  const pairs: [OperationModel, OperationModel][] = [];
  const pairBy = (
    before: readonly OperationModel[],
    after: readonly OperationModel[],
    keyOf: (operation: OperationModel) => string,
  ): [OperationModel[], OperationModel[]] => {
    const byKey = groupBy(after, keyOf);
    const taken = new Set<OperationModel>();
    const gone = before.filter((operation) => {
      const others = byKey.get(keyOf(operation)) ?? [];
      const [other] = others;
      // Plans tell no query of a path key: where several look alike, none is taken for another.
      if (other === undefined || others.length > 1 || taken.has(other)) return true;
      taken.add(other);
      pairs.push([operation, other]);
      return false;
    });
    return [gone, after.filter((operation) => !taken.has(operation))];
  };
  const [unnamed, fresh] = pairBy(old, now, ({ name }) => name);
  const [removed, added] = pairBy(unnamed, fresh, addressOf);
  return { pairs, removed, added };
}

/** `GET /orders/{}`: parameters may have other names. */
export function addressOf({ method, path }: OperationModel): string {
  return `${method} ${path.replaceAll(/\{[^{}]*\}/g, "{}")}`;
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
