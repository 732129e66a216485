/** Holds a configuration against its shape and tells everything that is wrong with it. */
import { distance } from "fastest-levenshtein";
import { z } from "zod";
import type { GatewayConfig } from "./gateway-config.ts";
import type { LeafMeta } from "./leaves.ts";
import { formatPath } from "./path.ts";
import { type ConfigProblem, showValue } from "./problems.ts";
import { configShape } from "./shape.ts";

export type Validation =
  | { readonly config: GatewayConfig; readonly problems: readonly [] }
  | { readonly config?: undefined; readonly problems: readonly ConfigProblem[] };

/** Every problem of a configuration, or the configuration. Variables of the environment are left alone. */
export function validateConfig(input: unknown): Validation {
  const result = configShape.safeParse(input);
  if (result.success) return { config: input as GatewayConfig, problems: [] };
  return { problems: result.error.issues.flatMap((issue) => toProblems(issue, input)) };
}

function toProblems(issue: z.core.$ZodIssue, input: unknown): ConfigProblem[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => unknownKey(issue.path, key, input));
  const { meta, schema } = leafAt(issue.path, issue.code === "invalid_key");
  if (issue.code === "invalid_key") {
    return [{ path: formatPath(issue.path), message: `is not ${meta.expected}`, cure: meta.cure }];
  }
  const value = valueAt(input, issue.path);
  const path = formatPath(issue.path);
  if (value === undefined) return [{ path, message: "is missing", cure: meta.cure }];
  const message = issue.code === "custom" ? issue.message : `is not ${meta.expected}`;
  const cure = schema instanceof z.ZodEnum ? guess(value, schema.options, meta.cure) : meta.cure;
  return [{ path, message, ...(meta.secret ? {} : { value: showValue(value) }), cure }];
}

function unknownKey(path: readonly PropertyKey[], key: string, input: unknown): ConfigProblem {
  const { schema } = leafAt(path, false);
  const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  return {
    path: formatPath([...path, key]),
    message: "is not a known key",
    value: showValue(valueAt(input, [...path, key])),
    cure: guess(key, known, `remove it; known are ${known.join(", ")}`),
  };
}

/** `did you mean "x"?` where one of the known words is near, else the general cure. */
export function guess(word: unknown, known: readonly unknown[], cure: string): string {
  if (typeof word !== "string") return cure;
  const near = known
    .map((candidate) => ({
      candidate,
      steps: distance(word.toLowerCase(), String(candidate).toLowerCase()),
    }))
    .sort((one, other) => one.steps - other.steps)[0];
  const isNear = near !== undefined && near.steps <= Math.max(2, Math.floor(word.length / 3));
  return isNear ? `did you mean "${String(near.candidate)}"?` : cure;
}

interface Leaf {
  readonly schema: z.core.$ZodType;
  readonly meta: LeafMeta;
}

/** The schema at a path and what it says of itself; `key`: of the record's keys. */
function leafAt(path: readonly PropertyKey[], key: boolean): Leaf {
  let schema: z.core.$ZodType = configShape;
  for (const [index, step] of path.entries()) {
    const inner = unwrap(schema);
    if (inner instanceof z.ZodObject)
      schema = (inner.shape as z.core.$ZodLooseShape)[String(step)] ?? inner;
    else if (inner instanceof z.ZodRecord)
      schema = key && index === path.length - 1 ? inner.keyType : inner.valueType;
    else if (inner instanceof z.ZodArray) schema = inner.element;
    else break;
  }
  const leaf = unwrap(schema);
  const meta = z.globalRegistry.get(leaf as z.ZodType) as LeafMeta | undefined;
  return {
    schema: leaf,
    meta: meta ?? { expected: "what belongs here", cure: "see GatewayConfig" },
  };
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional ? unwrap(schema.unwrap()) : schema;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const step of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[step];
  }
  return value;
}
