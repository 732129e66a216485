/** What is wrong with a batching rule, held against the plans of its operations. */
import type { BatchRule, OperationRules } from "../../core/policies.ts";
import type { OperationPlan } from "../plan.ts";
import { hasParameter } from "./compiled-batch.ts";
import { type NeededInput, neededInputs } from "./single-input.ts";

export interface BatchFault {
  /** The key of the rule; undefined: the single operation does not fit. */
  readonly key: "with" | "ids" | undefined;
  /** To be read after the path: `is no operation of the service`. */
  readonly message: string;
  readonly value?: string;
  readonly cure: string;
  /** What it could have been meant to be. */
  readonly known?: readonly string[];
}

/**
 * Everything that is wrong with the rule of one single operation.
 * @param rules what configuration says of the single operation
 */
export function batchFaults(
  operations: Readonly<Record<string, OperationPlan>>,
  name: string,
  rule: BatchRule,
  rules: OperationRules | undefined,
): BatchFault[] {
  const single = planOf(operations, name);
  const bulk = planOf(operations, rule.with);
  return [
    ...(single === undefined ? [unknown(undefined, name, operations)] : singleFaults(single)),
    ...(rules === undefined ? [] : keepingFaults(name, rules)),
    ...(bulk === undefined
      ? [unknown("with", rule.with, operations)]
      : bulkFaults(bulk, rule, name)),
  ];
}

function planOf(
  operations: Readonly<Record<string, OperationPlan>>,
  name: string,
): OperationPlan | undefined {
  return Object.hasOwn(operations, name) ? operations[name] : undefined;
}

function unknown(key: BatchFault["key"], value: string, operations: object): BatchFault {
  const known = Object.keys(operations);
  return {
    key,
    message: "is no operation of the service",
    ...(key === undefined ? {} : { value }),
    cure: "name one as it is generated",
    known,
  };
}

function singleFaults(plan: OperationPlan): BatchFault[] {
  const faults: BatchFault[] = [];
  if (plan.method !== "GET") {
    const message = `is a ${plan.method}, and only GET can become a bulk call`;
    faults.push({ key: undefined, message, cure: "remove the rule" });
  }
  const needed = neededInputs(plan);
  const [first] = needed;
  if (first === undefined) {
    const message = "needs no input, so there is no id";
    faults.push({ key: undefined, message, cure: "remove the rule" });
  } else if (needed.length > 1) {
    const message = `needs ${list(needed)}, and a bulk call has one list of ids`;
    faults.push({ key: undefined, message, cure: "remove the rule" });
  } else if (first.part !== "path" && first.part !== "query") {
    const message = `needs ${list(needed)}, and an id comes from the path or the query`;
    faults.push({ key: undefined, message, cure: "remove the rule" });
  }
  return faults;
}

function keepingFaults(name: string, { cache, staleMs }: OperationRules): BatchFault[] {
  const said = [cache === undefined ? "" : "cache", staleMs === undefined ? "" : "stale"];
  return said
    .filter((key) => key !== "")
    .map((key) => ({
      key: undefined,
      message: `would never be used: operations.${name}.${key} asks for each answer by itself`,
      cure: `remove one of them; ${key} can be said of the bulk operation`,
    }));
}

function bulkFaults(plan: OperationPlan, { ids }: BatchRule, name: string): BatchFault[] {
  const value = ids.join(".");
  if (plan.name === name) {
    const cure = "name the operation that takes a list of ids";
    return [{ key: "with", message: "is the single operation itself", value: name, cure }];
  }
  const [part = "", first = "", ...more] = ids;
  const whole = [first, ...more].join(".");
  const isThere = hasParameter(plan, part, whole) || hasParameter(plan, part, first);
  const faults: BatchFault[] = [];
  if (!isThere) {
    faults.push({
      key: "ids",
      message: `is no input of ${plan.name}`,
      value,
      cure: "name what takes the list of ids",
      known: placesOf(plan),
    });
  }
  const others = neededInputs(plan).filter((needed) => {
    return needed.part !== part || (part !== "body" && ![first, whole].includes(needed.name));
  });
  if (others.length > 0 && isThere) {
    const message = `needs ${list(others)} beside the ids`;
    faults.push({ key: "with", message, value: plan.name, cure: "name another operation" });
  }
  return faults;
}

/** Everything that could take a list, as `ids` would name it. */
function placesOf({ query = [], header = [], path, body }: OperationPlan): string[] {
  return [
    ...query.map(({ name }) => `query.${name}`),
    ...(body === undefined ? [] : ["body"]),
    ...header.map(({ name }) => `header.${name}`),
    ...path.flatMap((piece) => (typeof piece === "string" ? [] : [`path.${piece.name}`])),
  ];
}

function list(inputs: readonly NeededInput[]): string {
  return inputs.map(({ part, name }) => (name === "" ? part : `${part}.${name}`)).join(" and ");
}
