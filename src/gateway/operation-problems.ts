/** What a configuration says of single operations, held against those that were generated. */

import { guess } from "../config/guess.ts";
import { formatPath } from "../config/path.ts";
import { type ConfigProblem, showValue } from "../config/problems.ts";
import type { ServiceRules } from "../core/policies.ts";
import { batchFaults } from "../upstream/batch/batch-faults.ts";
import type { ServiceDefinition } from "../upstream/plan.ts";

/** What a service's configuration says of its operations. */
export type OperationSettings = Pick<ServiceRules, "operations" | "batch">;

/**
 * Every problem of `operations` and `batch`, of all services. When the gateway starts, and in the checks of the command
 * line, which have the same plans from the documents.
 * @param settings by service; those that it does not have are passed over
 */
export function operationProblems(
  settings: Readonly<Record<string, OperationSettings>>,
  definitions: readonly ServiceDefinition[],
): ConfigProblem[] {
  return definitions.flatMap((definition) => {
    const { name } = definition;
    const own = Object.hasOwn(settings, name) ? settings[name] : undefined;
    return own === undefined
      ? []
      : [
          ...unknownOperations(definition, own),
          ...unknownSuccessors(definition, own),
          ...batchProblems(definition, own),
        ];
  });
}

function unknownOperations(
  { name: service, operations }: ServiceDefinition,
  settings: OperationSettings,
): ConfigProblem[] {
  const known = Object.keys(operations);
  return Object.keys(settings.operations)
    .filter((name) => !Object.hasOwn(operations, name))
    .map((name) => ({
      path: formatPath(["services", service, "operations", name]),
      message: "is no operation of the service",
      cure: guess(name, known, "name one as it is generated"),
    }));
}

/** A successor takes its parameters from the path of the operation. */
function unknownSuccessors(
  { name: service, operations }: ServiceDefinition,
  settings: OperationSettings,
): ConfigProblem[] {
  return Object.entries(settings.operations).flatMap(([name, { retirement }]) => {
    const pieces = Object.hasOwn(operations, name) ? operations[name]?.path : undefined;
    if (retirement === undefined || pieces === undefined) return [];
    const known = pieces.flatMap((piece) => (typeof piece === "string" ? [] : [piece.name]));
    return retirement.parameters
      .filter((parameter) => !known.includes(parameter))
      .map((parameter) => ({
        path: formatPath(["services", service, "operations", name, "successor"]),
        message: `names {${parameter}}, which is no parameter of the operation's path`,
        value: showValue(retirement.successor),
        cure: guess(
          parameter,
          known,
          known.length === 0 ? "it has none" : `use ${known.join(", ")}`,
        ),
      }));
  });
}

function batchProblems(
  { name: service, operations }: ServiceDefinition,
  settings: OperationSettings,
): ConfigProblem[] {
  return Object.entries(settings.batch).flatMap(([name, rule]) =>
    batchFaults(operations, name, rule, settings.operations[name]).map(
      ({ key, message, value, cure, known = [] }) => ({
        path: formatPath(["services", service, "batch", name, ...(key === undefined ? [] : [key])]),
        message,
        ...(value === undefined ? {} : { value: showValue(value) }),
        cure: guess(value ?? name, known, cure),
      }),
    ),
  );
}
