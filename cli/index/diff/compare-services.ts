/** Compares two documents of one service: every operation, and every schema that they lead to. */
import type { OperationModel, ServiceModel } from "../../gen/model.ts";
import { type ComparedOperation, compareOperation } from "./operations/compare-operation.ts";
import type { Sides } from "./operations/compare-parameters.ts";
import { matchOperations } from "./operations/match-operations.ts";
import { createSchemaComparer } from "./schema/compare-schemas.ts";

export interface ComparedServices {
  readonly old: ServiceModel;
  readonly now: ServiceModel;
  /** Those that are still there, whatever their name. */
  readonly operations: readonly ComparedOperation[];
  readonly removed: readonly OperationModel[];
  readonly added: readonly OperationModel[];
}

/** @param onProgress called with one line about each longer step */
export function compareServices(
  services: Sides<ServiceModel>,
  onProgress?: (step: string) => void,
): ComparedServices {
  const { old, now } = services;
  const comparer = createSchemaComparer({ old: old.schemas, now: now.schemas });
  const { pairs, removed, added } = matchOperations(old.operations, now.operations);
  const operations = pairs.map(([before, after], at) => {
    if (at % 100 === 0) onProgress?.(`comparing ${old.name}: ${at} of ${pairs.length} operations`);
    return compareOperation({ old: before, now: after }, services, comparer);
  });
  return { old, now, operations, removed, added };
}
