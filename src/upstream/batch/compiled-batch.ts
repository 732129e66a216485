/** How the single calls of one operation become a bulk call, decided before they are made. */
import type { BatchRule } from "../../core/policies.ts";
import type { Caller, Options } from "../operation-call.ts";
import type { OperationInput, OperationPlan } from "../plan.ts";
import type { UpstreamCall } from "../send.ts";
import { type Id, idIn, type NeededInput, neededInputs } from "./single-input.ts";

export interface CompiledBatch {
  /** The bulk operation. */
  readonly bulk: Caller;
  /** Where the single operation takes its id. */
  readonly single: NeededInput;
  /** Where the bulk operation takes its ids. */
  readonly idsAt: readonly string[];
  readonly key: readonly string[];
  readonly items: readonly string[] | undefined;
  readonly max: number;
}

/** What makes a call one that others can join. */
export interface BatchTicket {
  readonly batch: CompiledBatch;
  readonly id: Id;
}

/**
 * Undefined where the rule does not fit its operations, which is told when the gateway is created.
 * @param bulk its own stand-ins are left out: every single call has its own
 */
export function compileBatch(
  rule: BatchRule,
  plan: OperationPlan,
  bulk: Caller,
): CompiledBatch | undefined {
  const [single, ...more] = neededInputs(plan);
  if (single === undefined || more.length > 0) return undefined;
  if (single.part !== "path" && single.part !== "query") return undefined;
  const { rules } = bulk;
  return {
    bulk:
      rules === undefined
        ? bulk
        : { ...bulk, rules: { ...rules, fallback: undefined, staleMs: undefined } },
    single,
    idsAt: placeOfIds(rule.ids, bulk.operation.plan),
    key: rule.key.split("."),
    items: rule.items?.split("."),
    max: rule.max,
  };
}

/** `query.filter.ids` is the parameter `filter.ids`, or `ids` within the parameter `filter`. */
function placeOfIds(ids: readonly string[], plan: OperationPlan): readonly string[] {
  const [part = "", ...steps] = ids;
  const whole = steps.join(".");
  return part !== "body" && hasParameter(plan, part, whole) ? [part, whole] : ids;
}

/** Whether the operation takes a parameter there; for a body, whether it takes one. */
export function hasParameter(plan: OperationPlan, part: string, name: string): boolean {
  switch (part) {
    case "body":
      return plan.body !== undefined;
    case "path":
      return plan.path.some((piece) => typeof piece !== "string" && piece.name === name);
    case "query":
    case "header":
      return plan[part]?.some((parameter) => parameter.name === name) ?? false;
    default:
      return false;
  }
}

/**
 * The ticket of a call, if it can be one of several: it has nothing but the id, and says nothing about itself but what
 * stands in for it. An answer that is to be kept, or not to be, is asked for by itself.
 */
export function ticketFor(
  batch: CompiledBatch,
  { cache, staleMs }: Pick<UpstreamCall, "cache" | "staleMs">,
  input: OperationInput,
  { headers, signal, timeout, hedge, retry }: Options,
): BatchTicket | undefined {
  const isPlain =
    headers === undefined &&
    signal === undefined &&
    timeout === undefined &&
    hedge === undefined &&
    retry === undefined &&
    cache === undefined &&
    staleMs === undefined;
  if (!isPlain) return undefined;
  const id = idIn(input, batch.single);
  return id === undefined ? undefined : { batch, id };
}

/** The input of a bulk call. */
export function bulkInput({ idsAt }: CompiledBatch, ids: readonly Id[]): OperationInput {
  return idsAt.reduceRight<unknown>((inner, step) => ({ [step]: inner }), ids) as OperationInput;
}
