/** The leaves that a configuration is made of: each says what it takes and how to put it right. */
import { z } from "zod";
import { aPositiveDuration, aSize, type Rule } from "./rules.ts";

/** What is told of a leaf that is wrong or missing. */
export interface LeafMeta {
  readonly expected: string;
  readonly cure: string;
  /** Its value is not shown. */
  readonly secret?: boolean;
  /** What a variable of the environment has to be set to, to be read after `set ORDERS_URL to`. */
  readonly set?: string;
  [key: string]: unknown;
}

/** The meta of a leaf. */
export function about(
  expected: string,
  cure: string,
  more: Pick<LeafMeta, "secret" | "set"> = {},
): LeafMeta {
  return { expected, cure, ...more };
}

/** A text that keeps to a rule. */
export function text(rule: Rule, meta: LeafMeta): z.ZodType<string> {
  return z.string().superRefine(ruleCheck(rule)).meta(meta);
}

/** What `env()` makes. */
export const reference = z.strictObject({
  $env: z.string().min(1),
  fallback: z.string().optional(),
});

/** A text that keeps to a rule, or the name of a variable of the environment. */
export function textOrEnv(rule: Rule, meta: LeafMeta): z.ZodType<unknown> {
  return z.union([z.string(), reference]).superRefine(ruleCheck(rule)).meta(meta);
}

/** Holds what is a text against a rule; what is none is left alone. */
export function ruleCheck(rule: Rule): (value: unknown, context: z.core.$RefinementCtx) => void {
  return function check(value, context) {
    const reason = typeof value === "string" ? rule(value) : undefined;
    if (reason !== undefined) context.addIssue({ code: "custom", message: reason });
  };
}

/** A whole number. */
export const count = (min: number, max: number, meta: LeafMeta) =>
  z.number().int().min(min).max(max).meta(meta);
export const DURATION_CURE = 'write a number and a unit as a text: "300ms", "10s", "5m"';
export const duration = text(aPositiveDuration, about("a duration", DURATION_CURE));
export const size = text(
  aSize,
  about("a size", 'write a number and a unit as a text: "64kb", "10mb"'),
);
export const share = z
  .number()
  .gt(0)
  .max(1)
  .meta(about("a share", "write a number above 0 and up to 1: 0.2 is a fifth"));
export const yesOrNo = z.boolean().meta(about("true or false", "write true or false"));
