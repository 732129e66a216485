/** Where a document describes a field of an operation's answers. */

import type { AnswerModel, OperationModel, ServiceModel } from "../../gen/model.ts";
import { escapeSegment } from "../../gen/read/pointer.ts";
import type { CallForm } from "../dependencies.ts";
import { answersOf, startsOf } from "./answer-schemas.ts";
import { placed, placesOf } from "./schema-places.ts";

export interface FieldQuery {
  /** Names from the body down; `*` for any item and any unnamed member. */
  readonly path: readonly string[];
  readonly form: CallForm;
  /** As the composer narrows them: see {@link answersOf}. */
  readonly statuses: readonly number[] | undefined;
}

export interface FieldPlaces {
  /** The document's keys of the answers that have the field; absent: those of 2xx. */
  readonly statuses?: readonly string[];
  /** `specs/orders.json#/components/schemas/Order/properties/id` */
  readonly pointers: readonly string[];
}

/** The answers that describe the field, where any does; else all that it may be of, without a pointer. */
export function locateField(
  model: ServiceModel,
  operation: OperationModel,
  { path, form, statuses }: FieldQuery,
): FieldPlaces {
  const candidates = answersOf(operation, form, statuses);
  const found = candidates.map((answer) => ({
    answer,
    pointers: pointersIn(model, operation, answer, form, path),
  }));
  const described = found.filter(({ pointers }) => pointers.length > 0);
  const counted = described.length > 0 ? described : found;
  const pointers = [...new Set(described.flatMap((one) => one.pointers))];
  return statuses === undefined
    ? { pointers }
    : { statuses: counted.map(({ answer }) => answer.status), pointers };
}

function pointersIn(
  { schemas }: ServiceModel,
  { at }: OperationModel,
  answer: AnswerModel,
  form: CallForm,
  path: readonly string[],
): string[] {
  const found = `${at.file}#${at.pointer}/responses/${escapeSegment(answer.status)}`;
  return startsOf(answer, form, path).flatMap((start) =>
    placesOf(schemas, placed(start.schema, found), start.path).map(({ pointer }) => pointer),
  );
}
