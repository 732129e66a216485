/** Holds a configuration against its shape and tells everything that is wrong with it. */
import { distance } from "fastest-levenshtein";
import { z } from "zod";
import { type EnvReference, placeOfEnv } from "./env.ts";
import type { GatewayConfig } from "./gateway-config.ts";
import type { LeafMeta } from "./leaves.ts";
import { formatPath } from "./path.ts";
import { type ConfigProblem, showValue } from "./problems.ts";
import { configShape } from "./shape.ts";

export type Validation =
  | { readonly config: GatewayConfig; readonly problems: readonly [] }
  | { readonly config?: undefined; readonly problems: readonly ConfigProblem[] };

/** Path of a value -> the reference that it was looked up by. */
export type FromEnvironment = ReadonlyMap<string, EnvReference>;

/**
 * Every problem of a configuration, or the configuration. Variables of the environment are left alone.
 * @param variables values that were put in the place of references: what is wrong with one is told of its variable
 */
export function validateConfig(input: unknown, variables: FromEnvironment = new Map()): Validation {
  const result = configShape.safeParse(input);
  if (result.success) return { config: input as GatewayConfig, problems: [] };
  return {
    problems: result.error.issues.flatMap((issue) => toProblems(issue, input, variables)),
  };
}

function toProblems(
  issue: z.core.$ZodIssue,
  input: unknown,
  variables: FromEnvironment,
): ConfigProblem[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => unknownKey(issue.path, key, input));
  if (issue.code === "invalid_union") {
    const inner = issuesWithin(issue, input);
    if (inner !== undefined) return inner.flatMap((each) => toProblems(each, input, variables));
  }
  const { meta, schema } = leafAt(issue.path, issue.code === "invalid_key");
  if (issue.code === "invalid_key") {
    return [{ path: formatPath(issue.path), message: `is not ${meta.expected}`, cure: meta.cure }];
  }
  const value = valueAt(input, issue.path);
  const path = formatPath(issue.path);
  if (value === undefined) return [{ path, message: "is missing", cure: meta.cure }];
  const message = issue.code === "custom" ? issue.message : `is not ${meta.expected}`;
  const variable = variables.get(path);
  if (variable !== undefined) return [wrongVariable(variable, { path, message, value, meta })];
  const cure = schema instanceof z.ZodEnum ? guess(value, schema.options, meta.cure) : meta.cure;
  return [{ path, message, ...(meta.secret ? {} : { value: showValue(value) }), cure }];
}

/** What is wrong with a value of the environment: the file is right, so the variable is named, and what to set it to. */
function wrongVariable(
  reference: EnvReference,
  { path, message, value, meta }: Pick<ConfigProblem, "path" | "message"> & WrongValue,
): ConfigProblem {
  const place = placeOfEnv(reference);
  const name = reference.$env;
  // Without a scheme, `user:password@host` is masked by nothing.
  const isShown = !meta.secret && !String(value).includes("@");
  return {
    path,
    message: `${message} (from the environment's variable ${name})`,
    ...(isShown ? { value: showValue(value) } : {}),
    cure: `set ${name} to ${meta.set ?? meta.expected}`,
    ...(place === undefined ? {} : { place }),
  };
}

interface WrongValue {
  readonly value: unknown;
  readonly meta: LeafMeta;
}

/** Where an object or a list was written, and one is among what may be written: what is wrong inside it says more. */
function issuesWithin(
  issue: z.core.$ZodIssueInvalidUnion,
  input: unknown,
): z.core.$ZodIssue[] | undefined {
  const { schema, meta } = leafAt(issue.path, false);
  const value = valueAt(input, issue.path);
  const isObject = typeof value === "object" && value !== null;
  if (!isObject || meta.secret || !(schema instanceof z.ZodUnion)) return undefined;
  const kind = Array.isArray(value) ? z.ZodArray : z.ZodObject;
  const at = schema.options.findIndex((option) => unwrap(option) instanceof kind);
  return issue.errors[at]?.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
}

function unknownKey(path: readonly PropertyKey[], key: string, input: unknown): ConfigProblem {
  const { schema, meta } = leafAt(path, false);
  const known = Object.keys(objectOf(schema)?.shape ?? {});
  return {
    path: formatPath([...path, key]),
    message: "is not a known key",
    ...(meta.secret ? {} : { value: showValue(valueAt(input, [...path, key])) }),
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
    const list = typeof step === "number" ? listOf(inner) : undefined;
    const object = objectOf(inner);
    if (list !== undefined) schema = list.element;
    else if (object !== undefined)
      schema = (object.shape as z.core.$ZodLooseShape)[String(step)] ?? object;
    else if (inner instanceof z.ZodRecord)
      schema = key && index === path.length - 1 ? inner.keyType : inner.valueType;
    else break;
  }
  const leaf = unwrap(schema);
  const meta = z.globalRegistry.get(leaf as z.ZodType) as LeafMeta | undefined;
  return {
    schema: leaf,
    meta: meta ?? { expected: "what belongs here", cure: "see GatewayConfig" },
  };
}

/** The list that a value may be, perhaps beside other things. */
function listOf(schema: z.core.$ZodType): z.ZodArray | undefined {
  const options = schema instanceof z.ZodUnion ? schema.options.map(unwrap) : [schema];
  return options.find((option) => option instanceof z.ZodArray);
}

/** The object that a value may be, perhaps beside other things. */
function objectOf(schema: z.core.$ZodType): z.ZodObject | undefined {
  const options = schema instanceof z.ZodUnion ? schema.options.map(unwrap) : [schema];
  return options.find((option) => option instanceof z.ZodObject);
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
