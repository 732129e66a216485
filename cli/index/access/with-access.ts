/** Adds to a route what the documents of the operations that it calls say of its callers and of its end. */
import type { AccessRequirement } from "../../../src/core/access.ts";
import { byCodePoint } from "../../gen/emit/by-code-point.ts";
import {
  type CallDependency,
  type OperationEnding,
  type RouteDependencies,
  withBulk,
} from "../dependencies.ts";
import type { OperationFacts } from "./operation-facts.ts";

/** Tells what the documents say of an operation; nothing of one that they do not have. */
export interface FactsSource {
  factsOf(service: string, operation: string): Promise<OperationFacts>;
}

/** Every call counts for access, in a branch and with a fallback too: whoever may not make it may not ask for the route. */
export async function withAccess(
  route: RouteDependencies,
  source: FactsSource,
): Promise<RouteDependencies> {
  const access = new Map<string, { service: string; operations: string[]; anyOf: Alternatives }>();
  const endings: OperationEnding[] = [];
  for (const calls of byOperation(route.calls.flatMap(withBulk))) {
    const [{ service, operation } = { service: "", operation: "" }] = calls;
    const { anyOf, ending } = await source.factsOf(service, operation);
    if (anyOf !== undefined) {
      const key = JSON.stringify([service, anyOf]);
      const known = access.get(key) ?? { service, operations: [], anyOf };
      known.operations.push(operation);
      access.set(key, known);
    }
    if (ending !== undefined) {
      const parts = calls.flatMap(({ part }) => (part === undefined ? [] : [part]));
      endings.push({
        service,
        operation,
        ...ending,
        optional: calls.every(isOptional),
        parts: [...new Set(parts)].sort(byCodePoint),
      });
    }
  }
  return {
    ...route,
    ...(access.size === 0 ? {} : { access: [...access.values()] }),
    ...(endings.length === 0 ? {} : { endings }),
  };
}

type Alternatives = AccessRequirement["anyOf"];

/** By service, then name. */
function byOperation(calls: readonly CallDependency[]): CallDependency[][] {
  const groups = new Map<string, CallDependency[]>();
  for (const call of calls) {
    const key = JSON.stringify([call.service, call.operation]);
    groups.set(key, [...(groups.get(key) ?? []), call]);
  }
  return [...groups.values()].sort(([one], [other]) => {
    return (
      byCodePoint(one?.service ?? "", other?.service ?? "") ||
      byCodePoint(one?.operation ?? "", other?.operation ?? "")
    );
  });
}

/** Stale answers stand in for a while only: what ends for good does not come back before they are too old. */
function isOptional({ when, fallback }: CallDependency): boolean {
  return when.includes("branch") || fallback.includes("default");
}
