/** Holds a configuration against its shape and tells everything that is wrong with it. */
import { z } from "zod";
import { type EnvReference, placeOfEnv } from "./env.ts";
import type { GatewayConfig } from "./gateway-config.ts";
import { guess } from "./guess.ts";
import type { LeafMeta } from "./leaves.ts";
import { formatPath } from "./path.ts";
import { type ConfigProblem, showValue } from "./problems.ts";
import { routeFaults } from "./route-faults.ts";
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
  if (result.success) {
    const config = input as GatewayConfig;
    const problems = routeFaults(config);
    return problems.length > 0 ? { problems } : { config, problems: [] };
  }
  const { issues } = result.error;
  return {
    problems: [
      ...issues.flatMap((issue) => toProblems(issue, input, variables)),
      ...faultsBeside(issues, input),
    ],
  };
}

/** What is wrong with routes as well, where others of them, or something else, does not have its shape. */
function faultsBeside(issues: readonly z.core.$ZodIssue[], input: unknown): ConfigProblem[] {
  const misshapen = new Set(issues.map(({ path }) => formatPath(path.slice(0, 2))));
  const isWhole = (key: string): boolean => !misshapen.has(key);
  const { services, frontends, routes } = (input ?? {}) as Partial<GatewayConfig>;
  // A frontend's hosts are what routes are asked of.
  const areSound = Object.keys(frontends ?? {}).every((name) =>
    isWhole(formatPath(["frontends", name])),
  );
  // Not looked at, they may lead to any service.
  if (routes !== undefined && !areSound) misshapen.add("routes");
  return routeFaults(
    {
      ...(services !== undefined && isWhole("services") ? { services } : {}),
      ...(frontends !== undefined && isWhole("frontends") ? { frontends } : {}),
      ...(routes !== undefined && isWhole("routes") ? { routes } : {}),
    },
    misshapen,
  );
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

/** Where an object, a list or a text was written, and one is among what may be: what is wrong inside it says more. */
function issuesWithin(
  issue: z.core.$ZodIssueInvalidUnion,
  input: unknown,
): z.core.$ZodIssue[] | undefined {
  const { schema, meta } = leafAt(issue.path, false);
  const value = valueAt(input, issue.path);
  if (meta.secret || !(schema instanceof z.ZodUnion)) return undefined;
  const at = schema.options.findIndex((option) => isKindOf(unwrap(option), value));
  const inner = issue.errors[at];
  // Of a text, only what its rule says: that it is no text of another kind says nothing.
  if (typeof value === "string" && inner?.some(({ code }) => code !== "custom")) return undefined;
  return inner?.map((one) => ({ ...one, path: [...issue.path, ...one.path] }));
}

function isKindOf(schema: z.core.$ZodType, value: unknown): boolean {
  if (Array.isArray(value)) return schema instanceof z.ZodArray;
  if (typeof value === "string") return schema instanceof z.ZodString;
  return typeof value === "object" && value !== null && schema instanceof z.ZodObject;
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
    else if (arrayOf(inner) !== undefined && typeof step === "number")
      schema = arrayOf(inner)?.element ?? inner;
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

/** The list that a value may be, perhaps beside other things. */
function arrayOf(schema: z.core.$ZodType): z.ZodArray | undefined {
  const options = schema instanceof z.ZodUnion ? schema.options.map(unwrap) : [schema];
  return options.find((option) => option instanceof z.ZodArray);
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
