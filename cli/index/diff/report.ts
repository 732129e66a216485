/** What `heddle diff` tells: every change with what it does to this gateway. */
import type { ConfigProblem } from "../../../src/config/problems.ts";
import type { TypeFault } from "../../check/check-types.ts";
import type { Diagnostic } from "../../gen/diagnostics.ts";
import type { JudgedChange, Judgement } from "./judge/judge.ts";
import type { Verdict } from "./judge/rules.ts";
import { WORDS } from "./words.ts";

/** Which documents of a service were compared. */
export interface DiffedService {
  readonly service: string;
  /** A path, a URL, or `main:specs/orders.json` in a revision. */
  readonly old: DiffedDocument;
  readonly new: DiffedDocument;
  /** How many changes there are. */
  readonly changes: number;
}

export interface DiffedDocument {
  readonly document: string;
  /** `info.version`. */
  readonly version: string;
}

/** A service that could not be compared, and that nobody asked for by name. */
export interface SkippedService {
  readonly service: string;
  readonly why: string;
}

export interface DiffChange extends JudgedChange {
  /** What has happened, in words. */
  readonly message: string;
  /** What to do about it. */
  readonly cure: string;
}

export interface DiffReport {
  /** The worst of all changes. */
  readonly verdict: Verdict;
  readonly counts: Readonly<Record<Verdict, number>>;
  /** Those whose documents differ, in the order of the configuration. */
  readonly services: readonly DiffedService[];
  readonly skipped: readonly SkippedService[];
  /** Whether the compiler was asked what it says of the composers. */
  readonly compiled: boolean;
  /** The worse ones first, then by service and place. */
  readonly changes: readonly DiffChange[];
  /** What the compiler objects to, where no change was found to be behind it. */
  readonly unexplained: readonly TypeFault[];
  /** What keeps anything from being generated from the new documents. */
  readonly refused: readonly Diagnostic[];
  /** What the configuration says of operations that the new documents do not have. */
  readonly problems: readonly ConfigProblem[];
  /** What the index could not follow in routes that call a service whose document has changed: nothing is told of it. */
  readonly unfollowed: readonly UnfollowedRoute[];
}

export interface UnfollowedRoute {
  readonly route: string;
  /** `file:line:column` */
  readonly at: string;
  /** One sentence: what went where. */
  readonly what: string;
}

export type DiffFindings = Pick<
  DiffReport,
  "services" | "skipped" | "compiled" | "refused" | "problems" | "unfollowed"
>;

export function reportOf({ changes, unexplained }: Judgement, found: DiffFindings): DiffReport {
  const told = changes.map((change): DiffChange => {
    const { says, cure } = WORDS[change.kind];
    return { ...change, message: says(change), cure };
  });
  const count = (verdict: Verdict): number =>
    told.filter((change) => change.verdict === verdict).length;
  const counts = {
    breaks: count("breaks"),
    risky: count("risky"),
    unaffected: count("unaffected"),
  };
  const isBroken =
    counts.breaks + unexplained.length + found.refused.length + found.problems.length > 0;
  return {
    verdict: isBroken ? "breaks" : counts.risky > 0 ? "risky" : "unaffected",
    counts,
    services: found.services,
    skipped: found.skipped,
    compiled: found.compiled,
    changes: told,
    unexplained,
    refused: found.refused,
    problems: found.problems,
    unfollowed: found.unfollowed,
  };
}
