/** Which differences are known already: the first of a kind is logged, and their number is bounded. */

/** Pointers of one operation that are told apart; they are labels of a metric. */
export const MOST_POINTERS = 20;
/** Stands for all pointers beyond these. */
export const OTHER = "other";

export interface DriftBook {
  /** The pointer to count, and whether it is the first time that it is. */
  enter(operation: string, pointer: string): { readonly pointer: string; readonly isNew: boolean };
}

export function createDriftBook(): DriftBook {
  const pages = new Map<string, Set<string>>();

  return {
    enter(operation, pointer) {
      const page = pages.get(operation) ?? new Set<string>();
      if (page.has(pointer)) return { pointer, isNew: false };
      pages.set(operation, page);
      const counted = page.size < MOST_POINTERS ? pointer : OTHER;
      const isNew = !page.has(counted);
      page.add(counted);
      return { pointer: counted, isNew };
    },
  };
}
