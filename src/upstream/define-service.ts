/** `defineService`: a service as generated code names it. */
import type { LoadSchemas, OperationPlan, ServiceDefinition } from "./plan.ts";

/**
 * A service and the plans of its operations, by name.
 * @param loadSchemas imports what its answers must be, where its configuration asks for it
 */
export function defineService(
  name: string,
  operations: Readonly<Record<string, OperationPlan>>,
  loadSchemas?: LoadSchemas,
): ServiceDefinition {
  return loadSchemas === undefined ? { name, operations } : { name, operations, loadSchemas };
}
