/** `defineService`: a service as generated code names it. */
import type { OperationPlan, ServiceDefinition } from "./plan.ts";

/** A service and the plans of its operations, by name. */
export function defineService(
  name: string,
  operations: Readonly<Record<string, OperationPlan>>,
): ServiceDefinition {
  return { name, operations };
}
