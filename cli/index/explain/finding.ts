/** What could be better about a route: where, how, and what it would save. */
import type { OperationModel, Schema, ServiceModel } from "../../gen/model.ts";
import type { Change } from "./plan.ts";
import type { PlanNode } from "./plan-nodes.ts";
import type { CallSite } from "./walk.ts";

/**
 * `series`: a call waits for one whose answer it does not need. `loop`: items are asked for one after the other. `bulk`:
 * many calls for one thing each, where the service may answer many at once. `fan-out`: as many calls at once as there are
 * items. `repeat`: the same call is written twice. `limit`: a list is asked for without saying how much of it.
 */
export const FINDING_KINDS = ["series", "loop", "bulk", "fan-out", "repeat", "limit"] as const;

export type FindingKind = (typeof FINDING_KINDS)[number];

export interface Finding {
  readonly kind: FindingKind;
  /** `file:line:column` */
  readonly at: string;
  /** `orders.getOrder` */
  readonly call: string;
  readonly message: string;
  readonly cure: string;
  /** How much earlier the route would be answered, by the plan. */
  readonly savesMs: number;
}

/** One that is not yet weighed. */
export interface Suspicion extends Omit<Finding, "savesMs"> {
  readonly changes: readonly Change[];
}

export interface FindingTask {
  readonly nodes: readonly PlanNode[];
  readonly sites: ReadonlyMap<string, CallSite>;
  readonly models: ReadonlyMap<string, ServiceModel>;
  readonly batchOf: (service: string, operation: string) => string | undefined;
  readonly latencyOf: (service: string, operation: string) => number;
}

export function nameOf({ call }: PlanNode): string {
  return `${call.service}.${call.operation}`;
}

export function operationOf(
  { models }: Pick<FindingTask, "models">,
  { call }: PlanNode,
): OperationModel | undefined {
  return models.get(call.service)?.operations.find(({ name }) => name === call.operation);
}

/** RFC 9110 §9.2.1, and RFC 10008 for QUERY: only these may be made earlier than they are. */
const SAFE = ["GET", "HEAD", "OPTIONS", "TRACE", "QUERY"];

/** Absent where the document does not tell. */
export function methodOf(
  task: Pick<FindingTask, "models">,
  node: PlanNode,
): OperationModel["method"] | undefined {
  return operationOf(task, node)?.method;
}

/** False where the document does not tell. */
export function isSafe(task: Pick<FindingTask, "models">, node: PlanNode): boolean {
  return SAFE.includes(methodOf(task, node) ?? "");
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  const unique = [...new Set(names)];
  const last = unique.pop() ?? "";
  return unique.length === 0 ? last : `${unique.join(", ")} and ${last}`;
}

/** The schema of the first good JSON answer. */
export function answerSchemaOf({ answers }: OperationModel): Schema | undefined {
  return answers
    .filter(({ status }) => status.startsWith("2"))
    .flatMap(({ media }) => media.filter(({ kind }) => kind === "json"))[0]?.schema;
}
