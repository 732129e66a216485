/** Where something stands in a raw document: the operation it was reached from, and the steps down from there. */

/**
 * A key, an index, or `$ref` for what a `$ref` leads to. A parameter is found by its name and location: the model keeps
 * them in an order of its own.
 */
export type Step = string | { readonly parameter: string; readonly in: string };

/** Links share what is above them: one place costs one object, however deep it is. */
export type Place = Origin | { readonly above: Place; readonly step: Step };

/** The root of a document, or where its model says that an operation stands. */
export interface Origin {
  /** As the model names the file; absent: the document itself. */
  readonly file?: string;
  readonly pointer: readonly string[];
}

/** The place some steps further down. */
export function below(place: Place, ...steps: readonly Step[]): Place {
  let at = place;
  for (const step of steps) at = { above: at, step };
  return at;
}

/** The origin, and all steps from there. */
export function unfold(place: Place): { readonly origin: Origin; readonly steps: Step[] } {
  const steps: Step[] = [];
  let at = place;
  while ("above" in at) {
    steps.push(at.step);
    at = at.above;
  }
  return { origin: at, steps: steps.reverse() };
}
