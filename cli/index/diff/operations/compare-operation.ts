/** Compares one operation with what has become of it. */
import type { OperationModel, ServiceModel } from "../../../gen/model.ts";
import { parsePointer } from "../../../gen/read/pointer.ts";
import type { OperationChange } from "../change.ts";
import { below, type Place } from "../place.ts";
import type { SchemaComparer } from "../schema/compare-schemas.ts";
import { compareAnswers } from "./compare-answers.ts";
import { compareBodies } from "./compare-body.ts";
import { compareParameters, type Sides } from "./compare-parameters.ts";
import { compareSecurity } from "./compare-security.ts";
import { addressOf } from "./match-operations.ts";
import type { Slot } from "./slot.ts";

export interface ComparedOperation {
  readonly old: OperationModel;
  readonly now: OperationModel;
  /** Beside those of its schemas. */
  readonly changes: readonly OperationChange[];
  readonly slots: readonly Slot[];
}

export function compareOperation(
  operation: Sides<OperationModel>,
  services: Sides<ServiceModel>,
  comparer: SchemaComparer,
): ComparedOperation {
  const { old, now } = operation;
  const at = { old: placeOf(old), now: placeOf(now) };
  const parameters = compareParameters(operation, at, comparer);
  const bodies = compareBodies(operation, at, comparer);
  const answers = compareAnswers(operation, at, comparer);
  return {
    old,
    now,
    changes: [
      ...compareNames(operation, at),
      ...compareEnds(operation, at),
      ...parameters.changes,
      ...bodies.changes,
      ...answers.changes,
      ...compareSecurity(operation, services, at),
      ...compareServers(operation, services, at),
    ],
    slots: [...parameters.slots, ...bodies.slots, ...answers.slots],
  };
}

/** Where the model says that an operation stands. */
export function placeOf({ at: { file, pointer } }: OperationModel): Place {
  return { file, pointer: parsePointer(pointer) ?? [] };
}

function compareNames({ old, now }: Sides<OperationModel>, at: Sides<Place>): OperationChange[] {
  const changes: OperationChange[] = [];
  if (old.name !== now.name)
    changes.push({ kind: "operation-renamed", from: old.name, to: now.name, ...at });
  if (addressOf(old) !== addressOf(now)) {
    const [from, to] = [old, now].map(({ method, path }) => `${method} ${path}`);
    changes.push({ kind: "operation-moved", from, to, ...at });
  }
  return changes;
}

/** That it is deprecated, and until when it is there. */
function compareEnds({ old, now }: Sides<OperationModel>, at: Sides<Place>): OperationChange[] {
  const changes: OperationChange[] = [];
  const isDeprecated = ({ deprecated, deprecatedFrom }: OperationModel): boolean =>
    deprecated || deprecatedFrom !== undefined;
  if (isDeprecated(now) && !isDeprecated(old))
    changes.push({ kind: "operation-deprecated", old: at.old, now: below(at.now, "deprecated") });
  const [before, after] = [old, now].map(({ sunset = "" }) => Date.parse(sunset) || NEVER);
  if (before === after || before === undefined || after === undefined) return changes;
  const kind = after < before ? "sunset-sooner" : "sunset-later";
  const days = {
    ...(old.sunset === undefined ? {} : { from: old.sunset }),
    ...(now.sunset === undefined ? {} : { to: now.sunset }),
  };
  // Those who have another word for it are shown the operation.
  const places = { old: below(at.old, "x-sunset"), now: below(at.now, "x-sunset") };
  return [...changes, { kind, ...days, ...places }];
}

const NEVER = Number.POSITIVE_INFINITY;

/** The operation's own addresses, else the document's. */
function compareServers(
  { old, now }: Sides<OperationModel>,
  services: Sides<ServiceModel>,
  at: Sides<Place>,
): OperationChange[] {
  const addresses = (operation: OperationModel, service: ServiceModel): string =>
    (operation.servers ?? service.servers).join(", ");
  const from = addresses(old, services.old);
  const to = addresses(now, services.now);
  if (from === to) return [];
  const place = (operation: OperationModel, own: Place): Place =>
    operation.servers === undefined ? { pointer: ["servers"] } : below(own, "servers");
  const kind = pathsOf(from) === pathsOf(to) ? "hosts-changed" : "base-path-changed";
  return [{ kind, from, to, old: place(old, at.old), now: place(now, at.now) }];
}

/** Below which paths the operations of these addresses are. */
function pathsOf(addresses: string): string {
  const paths = addresses
    .split(", ")
    .map((address) => address.replace(/^([a-z][a-z0-9+.-]*:)?\/\/[^/]*/i, "").replace(/\/+$/, ""));
  return [...new Set(paths)].sort().join(", ");
}
