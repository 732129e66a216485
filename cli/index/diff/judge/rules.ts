/** What each change does to a call that it touches: the one table that verdicts come from. */
import type { OperationChangeKind } from "../change.ts";
import type { SchemaChangeKind } from "../schema/delta.ts";
import type { Touch } from "../schema/touch.ts";

export type Verdict = "breaks" | "risky" | "unaffected";

/**
 * `silent`: where the compiler has nothing to say of the composer. `unasked`: where there was no compiler to ask.
 * What the compiler objects to breaks, whatever stands here.
 */
export interface Rule {
  readonly silent: Verdict;
  readonly unasked: Verdict;
}

/** The call fails, whatever the compiler says. */
const BREAKS: Rule = { silent: "breaks", unasked: "breaks" };
/** The types change so that a composer seldom compiles; one that does is not safe. */
const LIKELY: Rule = { silent: "risky", unasked: "breaks" };
/** No compiler sees it, or it depends on what the composer does with it. */
const RISKY: Rule = { silent: "risky", unasked: "risky" };
const NONE: Rule = { silent: "unaffected", unasked: "unaffected" };

export type AnswerTouch = Exclude<Touch, "beside">;

/**
 * Of a field that the composer reads or passes on. A field that it names, or names something below of, is `through` or
 * `at`; what goes to the frontend with everything around it is `within`: there only the frontend's types change.
 */
export const ANSWER_RULES: Readonly<Record<SchemaChangeKind, Readonly<Record<AnswerTouch, Rule>>>> =
  {
    "property-added": { through: NONE, at: NONE, within: NONE },
    "property-added-required": { through: NONE, at: NONE, within: NONE },
    "property-removed": { through: BREAKS, at: BREAKS, within: RISKY },
    "property-required": { through: NONE, at: NONE, within: NONE },
    // Under strict, what may be missing cannot be looked into; handed on, it only makes another type.
    "property-optional": { through: LIKELY, at: RISKY, within: RISKY },
    "nullable-added": { through: LIKELY, at: RISKY, within: RISKY },
    "nullable-removed": { through: NONE, at: NONE, within: NONE },
    "type-widened": { through: LIKELY, at: RISKY, within: RISKY },
    "type-narrowed": { through: NONE, at: NONE, within: NONE },
    "type-changed": { through: LIKELY, at: LIKELY, within: RISKY },
    "enum-widened": { through: RISKY, at: RISKY, within: RISKY },
    "enum-narrowed": { through: NONE, at: NONE, within: NONE },
    "limit-widened": { through: RISKY, at: RISKY, within: RISKY },
    "limit-narrowed": { through: NONE, at: NONE, within: NONE },
    "limit-changed": { through: RISKY, at: RISKY, within: RISKY },
    "default-changed": { through: RISKY, at: RISKY, within: RISKY },
    "member-added": { through: LIKELY, at: RISKY, within: RISKY },
    "member-removed": { through: NONE, at: NONE, within: NONE },
    "additional-opened": { through: NONE, at: NONE, within: NONE },
    "additional-closed": { through: LIKELY, at: RISKY, within: RISKY },
    "property-deprecated": { through: RISKY, at: RISKY, within: RISKY },
  };

/** @param onlyRead the field is looked at, and goes nowhere: what is gone from below it would be missed by name */
export function answerRule(kind: SchemaChangeKind, touch: AnswerTouch, onlyRead: boolean): Rule {
  const rule = ANSWER_RULES[kind][touch];
  return onlyRead && kind === "property-removed" ? { ...rule, silent: "unaffected" } : rule;
}

/** How a call's input meets a change of what the operation takes. `unsent`: not at all. */
export type SentTouch = Touch | "unsent";

/** `named`: the call sends it by name. `whole`: it sends something around it, which may or may not hold it. */
type SentRules = Readonly<Record<"named" | "whole" | "beside" | "unsent", Rule>>;

export const REQUEST_RULES: Readonly<Record<SchemaChangeKind, SentRules>> = {
  "property-added": { named: NONE, whole: NONE, beside: NONE, unsent: NONE },
  "property-added-required": { named: NONE, whole: LIKELY, beside: BREAKS, unsent: NONE },
  "property-removed": { named: LIKELY, whole: RISKY, beside: NONE, unsent: NONE },
  "property-required": { named: NONE, whole: LIKELY, beside: BREAKS, unsent: NONE },
  "property-optional": { named: NONE, whole: NONE, beside: NONE, unsent: NONE },
  "nullable-added": { named: NONE, whole: NONE, beside: NONE, unsent: NONE },
  "nullable-removed": { named: RISKY, whole: RISKY, beside: NONE, unsent: NONE },
  "type-widened": { named: NONE, whole: NONE, beside: NONE, unsent: NONE },
  "type-narrowed": { named: RISKY, whole: RISKY, beside: NONE, unsent: NONE },
  "type-changed": { named: LIKELY, whole: LIKELY, beside: NONE, unsent: NONE },
  "enum-widened": { named: NONE, whole: NONE, beside: NONE, unsent: NONE },
  "enum-narrowed": { named: RISKY, whole: RISKY, beside: NONE, unsent: NONE },
  "limit-widened": { named: NONE, whole: NONE, beside: NONE, unsent: NONE },
  "limit-narrowed": { named: RISKY, whole: RISKY, beside: NONE, unsent: NONE },
  "limit-changed": { named: RISKY, whole: RISKY, beside: NONE, unsent: NONE },
  // Only who leaves it to the service notices.
  "default-changed": { named: NONE, whole: RISKY, beside: RISKY, unsent: RISKY },
  "member-added": { named: NONE, whole: NONE, beside: NONE, unsent: NONE },
  "member-removed": { named: RISKY, whole: RISKY, beside: NONE, unsent: NONE },
  "additional-opened": { named: NONE, whole: NONE, beside: NONE, unsent: NONE },
  "additional-closed": { named: RISKY, whole: RISKY, beside: NONE, unsent: NONE },
  "property-deprecated": { named: RISKY, whole: RISKY, beside: NONE, unsent: NONE },
};

export function requestRule(kind: SchemaChangeKind, touch: SentTouch): Rule {
  const rules = REQUEST_RULES[kind];
  if (touch === "through" || touch === "at") return rules.named;
  return touch === "within" ? rules.whole : rules[touch];
}

/** How a call meets a change of its operation. `client`: nobody's composer, but the frontends that are relayed. */
export type CallTouch = "named" | "whole" | "unsent" | "relayed";

type CallRules = Readonly<Record<CallTouch, Rule>>;

const always = (rule: Rule): CallRules => ({
  named: rule,
  whole: rule,
  unsent: rule,
  relayed: rule,
});

/** Of the operation itself, whatever is sent or read, and of what a call sends with it. */
export const CALL_RULES: Readonly<Record<OperationChangeKind, CallRules>> = {
  "operation-added": always(NONE),
  "operation-removed": always(BREAKS),
  "operation-renamed": always(BREAKS),
  // Made again, the gateway calls the new address; routes that relay move with it.
  "operation-moved": { named: RISKY, whole: RISKY, unsent: RISKY, relayed: BREAKS },
  "operation-deprecated": always(RISKY),
  "sunset-sooner": always(RISKY),
  "sunset-later": always(NONE),
  "parameter-added": always(NONE),
  "parameter-added-required": { named: NONE, whole: LIKELY, unsent: BREAKS, relayed: BREAKS },
  "parameter-removed": { named: LIKELY, whole: RISKY, unsent: NONE, relayed: RISKY },
  "parameter-renamed": { named: BREAKS, whole: BREAKS, unsent: NONE, relayed: NONE },
  "parameter-required": { named: NONE, whole: LIKELY, unsent: BREAKS, relayed: RISKY },
  "parameter-optional": always(NONE),
  "parameter-style": { named: RISKY, whole: RISKY, unsent: NONE, relayed: RISKY },
  "body-added": always(NONE),
  "body-added-required": { named: NONE, whole: NONE, unsent: BREAKS, relayed: BREAKS },
  "body-removed": { named: LIKELY, whole: LIKELY, unsent: NONE, relayed: RISKY },
  "body-required": { named: NONE, whole: NONE, unsent: BREAKS, relayed: RISKY },
  "body-optional": always(NONE),
  "body-media-added": always(NONE),
  "body-media-removed": { named: LIKELY, whole: LIKELY, unsent: NONE, relayed: RISKY },
  "body-encoding": { named: RISKY, whole: RISKY, unsent: NONE, relayed: RISKY },
  // Of answers: `named` where the call looks at this status, `unsent` where it does not.
  "answer-added": always(RISKY),
  "answer-removed": { named: LIKELY, whole: RISKY, unsent: RISKY, relayed: RISKY },
  "error-added": always(RISKY),
  "error-removed": { named: LIKELY, whole: NONE, unsent: NONE, relayed: NONE },
  "answer-media-added": always(NONE),
  "answer-media-removed": { named: LIKELY, whole: LIKELY, unsent: NONE, relayed: RISKY },
  "header-added": always(NONE),
  "header-removed": { named: RISKY, whole: RISKY, unsent: NONE, relayed: RISKY },
  "scope-added": always(RISKY),
  "scope-removed": always(NONE),
  "security-added": always(RISKY),
  "security-removed": always(NONE),
  "security-changed": always(RISKY),
  // The configuration says where the service is; below which path its operations are may be out of date there.
  "hosts-changed": always(NONE),
  "base-path-changed": always(RISKY),
};

export function outcomeOf(rule: Rule, asked: boolean): Verdict {
  return asked ? rule.silent : rule.unasked;
}

const RANK: Readonly<Record<Verdict, number>> = { breaks: 0, risky: 1, unaffected: 2 };

/** The worse one first. */
export function compareVerdicts(one: Verdict, other: Verdict): number {
  return RANK[one] - RANK[other];
}
