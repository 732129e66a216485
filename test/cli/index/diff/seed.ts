/** A route of one call over a real document, and one edit of that document: what the edit does to the route. */

import type { ChangeKind } from "../../../../cli/index/diff/change.ts";
import type { Verdict } from "../../../../cli/index/diff/judge/rules.ts";
import type { Document } from "./edit.ts";

export interface Seed {
  readonly title: string;
  readonly operation: string;
  /** The call's argument, as TypeScript. */
  readonly input: string;
  /** What is returned, made of `found`. */
  readonly returns: string;
  /** How it is called. Default: plainly. */
  readonly form?: "result";
  readonly edit: (document: Document) => void;
  readonly kind: ChangeKind;
  readonly verdict: Verdict;
  readonly by?: "compiler" | "rule";
}

/** The text of its composer: the call stands in the third line. */
export function composerOf(service: string, name: string, seed: Seed): string {
  const call = `${service}.${seed.operation}${seed.form === undefined ? "" : ".result"}`;
  return `import { compose } from "#gateway";
export const ${name} = compose.get("/web/${name}", async ({ services }) => {
  const found = await services.${call}(${seed.input});
  return ${seed.returns};
});
`;
}
