/** Compares the parameters of an operation. */
import type { OperationModel, ParameterModel } from "../../../gen/model.ts";
import type { OperationChange } from "../change.ts";
import { below, type Place, type Step } from "../place.ts";
import type { SchemaComparer } from "../schema/compare-schemas.ts";
import type { RequestSlot } from "./slot.ts";

export interface Sides<Item> {
  readonly old: Item;
  readonly now: Item;
}

interface Compared {
  readonly changes: OperationChange[];
  readonly slots: RequestSlot[];
}

export function compareParameters(
  operation: Sides<OperationModel>,
  at: Sides<Place>,
  comparer: SchemaComparer,
): Compared {
  const changes: OperationChange[] = [];
  const slots: RequestSlot[] = [];
  const renamed = renamedInPath(operation);
  const after = new Map(operation.now.parameters.map((parameter) => [keyOf(parameter), parameter]));
  for (const parameter of operation.old.parameters) {
    const newName = renamed.get(parameter.name);
    const key = parameter.in === "path" ? (newName ?? parameter.name) : parameter.name;
    const other = after.get(keyOf({ ...parameter, name: key }));
    const old = below(at.old, stepTo(parameter));
    const { name } = parameter;
    const sent = sentAs(parameter);
    if (other === undefined) {
      changes.push({ kind: "parameter-removed", name, from: parameter.in, sent, old });
      continue;
    }
    after.delete(keyOf(other));
    const places = { old, now: below(at.now, stepTo(other)) };
    if (other.name !== name)
      changes.push({ kind: "parameter-renamed", name, to: other.name, sent, ...places });
    changes.push(...compareParameter(parameter, other, { sent, ...places }));
    slots.push({
      direction: "request",
      sent,
      delta: comparer.compare(
        { schema: parameter.schema, place: belowSchema(parameter, places.old) },
        { schema: other.schema, place: belowSchema(other, places.now) },
      ),
    });
  }
  for (const parameter of after.values()) {
    const { name, required } = parameter;
    const kind = required ? "parameter-added-required" : "parameter-added";
    const now = below(at.now, stepTo(parameter));
    changes.push({ kind, name, to: parameter.in, sent: sentAs(parameter), now });
  }
  return { changes, slots };
}

function compareParameter(
  old: ParameterModel,
  now: ParameterModel,
  common: Pick<OperationChange, "sent" | "old" | "now">,
): OperationChange[] {
  const { name } = old;
  const [from, to] = [wireFormOf(old), wireFormOf(now)];
  const flip = now.required ? "parameter-required" : "parameter-optional";
  return [
    ...(old.required === now.required ? [] : [{ kind: flip, name, ...common } as const]),
    ...(from === to ? [] : [{ kind: "parameter-style", name, from, to, ...common } as const]),
    ...(now.deprecated === true && old.deprecated !== true
      ? [{ kind: "operation-deprecated", name, ...common } as const]
      : []),
  ];
}

/** How a value is written into the request: `form, explode`. */
function wireFormOf({ style, explode, allowReserved, mediaType }: ParameterModel): string {
  return [
    mediaType ?? style,
    ...(explode ? ["explode"] : []),
    ...(allowReserved ? ["allowReserved"] : []),
  ].join(", ");
}

/** Parameters of the path that stand where one of another name stood. */
function renamedInPath({ old, now }: Sides<OperationModel>): Map<string, string> {
  const [before, after] = [namesIn(old.path), namesIn(now.path)];
  if (before.length !== after.length) return new Map();
  const kept = new Set(before.filter((name) => after.includes(name)));
  return new Map(
    before.flatMap((name, index) => {
      const other = after[index] ?? name;
      return kept.has(name) || kept.has(other) ? [] : [[name, other] as const];
    }),
  );
}

function namesIn(path: string): string[] {
  return [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name = ""]) => name);
}

function keyOf({ name, in: location }: Pick<ParameterModel, "name" | "in">): string {
  return `${location} ${location === "header" ? name.toLowerCase() : name}`;
}

function sentAs({ name, in: location }: ParameterModel): string {
  return location === "querystring" ? "querystring" : `${location}.${name}`;
}

function stepTo({ name, in: location }: ParameterModel): Step {
  return { parameter: name, in: location };
}

function belowSchema({ mediaType }: ParameterModel, place: Place): Place {
  return mediaType === undefined
    ? below(place, "schema")
    : below(place, "content", mediaType, "schema");
}
