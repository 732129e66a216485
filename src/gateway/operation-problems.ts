/** What a configuration says of single operations, held against those that were generated. */
import { formatPath } from "../config/path.ts";
import { type ConfigProblem, showValue } from "../config/problems.ts";
import type { GatewaySettings, ServiceSettings } from "../config/settings.ts";
import { guess } from "../config/validate.ts";
import { batchFaults } from "../upstream/batch/batch-faults.ts";
import type { ServiceDefinition } from "../upstream/plan.ts";

/** Every problem of `operations` and `batch`, of all services. */
export function operationProblems(
  settings: GatewaySettings | undefined,
  definitions: readonly ServiceDefinition[],
): ConfigProblem[] {
  return definitions.flatMap((definition) => {
    const own = settings?.services[definition.name];
    return own === undefined
      ? []
      : [...unknownOperations(definition, own), ...batchProblems(definition, own)];
  });
}

function unknownOperations(
  { name: service, operations }: ServiceDefinition,
  settings: ServiceSettings,
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

function batchProblems(
  { name: service, operations }: ServiceDefinition,
  settings: ServiceSettings,
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
