/** One seeded edit of a document, and what is expected of it. */
import type { ChangeKind } from "../../../../cli/index/diff/change.ts";
import type { Verdict } from "../../../../cli/index/diff/judge/rules.ts";

/** A parsed document: tests know what they reach into. */
// biome-ignore lint/suspicious/noExplicitAny: documents are JSON of any shape, and an edit is one line.
export type Document = any;

export interface Edit {
  readonly title: string;
  readonly service: string;
  /** Of a document of several files: the one that is edited, relative to its folder. Default: the document itself. */
  readonly file?: string;
  readonly edit: (document: Document) => void;
  readonly kind: ChangeKind;
  readonly verdict: Verdict;
  /** Who objects: the compiler, or nobody but the rules. Default: `rule`. */
  readonly by?: "compiler" | "rule";
  /** The routes that feel it, with a verdict of their own where it is another. Default: not looked at. */
  readonly routes?: readonly string[];
}
