/** What a route may cost: data for `heddle check`, nothing at run time. */

export interface RouteBudget {
  /** Calls of the composer's source, at most: one in a loop, or in a part, counts once. */
  readonly calls?: number;
  /** Calls that wait for each other, at most: 2 for one call and then others side by side. */
  readonly stages?: number;
}

const KEYS = ["calls", "stages"];

/** What is wrong with a budget; undefined: nothing. */
export function routeBudgetFault(budget: unknown): string | undefined {
  if (typeof budget !== "object" || budget === null || Array.isArray(budget))
    return "budget must be an object, for example { calls: 5, stages: 2 }";
  for (const [name, value] of Object.entries(budget)) {
    if (!KEYS.includes(name)) return `budget has no "${name}": use ${KEYS.join(" and ")}`;
    if (!(Number.isInteger(value) && value >= 1))
      return `budget.${name} must be a whole number from 1`;
  }
  return undefined;
}
