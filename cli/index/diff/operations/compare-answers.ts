/** Compares the answers of an operation: statuses, media types, header fields, schemas. */
import { isSuccess } from "../../../gen/emit/accept.ts";
import type { AnswerModel, OperationModel } from "../../../gen/model.ts";
import type { OperationChange } from "../change.ts";
import { below, type Place } from "../place.ts";
import type { SchemaComparer } from "../schema/compare-schemas.ts";
import { mediaPlace } from "./compare-body.ts";
import type { Sides } from "./compare-parameters.ts";
import { matchMedia } from "./match-media.ts";
import type { AnswerSlot } from "./slot.ts";

interface Compared {
  readonly changes: OperationChange[];
  readonly slots: AnswerSlot[];
}

export function compareAnswers(
  { old, now }: Sides<OperationModel>,
  at: Sides<Place>,
  comparer: SchemaComparer,
): Compared {
  const changes: OperationChange[] = [];
  const slots: AnswerSlot[] = [];
  for (const answer of old.answers) {
    const { status } = answer;
    const other = now.answers.find((one) => one.status === status);
    const success = isSuccess(answer, old);
    const place = below(at.old, "responses", status);
    if (other === undefined) {
      const kind = success ? "answer-removed" : "error-removed";
      changes.push({ kind, name: status, status, old: place });
      continue;
    }
    const places = { old: place, now: below(at.now, "responses", status) };
    const compared = compareAnswer({ old: answer, now: other }, places, success, comparer);
    changes.push(...compared.changes);
    slots.push(...compared.slots);
  }
  for (const answer of now.answers) {
    const { status } = answer;
    if (old.answers.some((one) => one.status === status)) continue;
    const kind = isSuccess(answer, now) ? "answer-added" : "error-added";
    changes.push({ kind, name: status, status, now: below(at.now, "responses", status) });
  }
  return { changes, slots };
}

function compareAnswer(
  { old, now }: Sides<AnswerModel>,
  at: Sides<Place>,
  success: boolean,
  comparer: SchemaComparer,
): Compared {
  const { status } = old;
  const changes: OperationChange[] = [];
  const slots: AnswerSlot[] = [];
  const { pairs, gone, fresh } = matchMedia(old.media, now.media);
  for (const media of gone) {
    const name = media.mediaType;
    changes.push({ kind: "answer-media-removed", name, status, old: mediaPlace(at.old, media) });
  }
  for (const [media, other] of pairs) {
    const [place, otherPlace] = [mediaPlace(at.old, media), mediaPlace(at.now, other)];
    const compare = (part: "body" | "item", keyword: "schema" | "itemSchema"): void => {
      const delta = comparer.compare(
        { schema: media[keyword] ?? true, place: below(place, keyword) },
        { schema: other[keyword] ?? true, place: below(otherPlace, keyword) },
      );
      slots.push({ direction: "answer", status, success, part, delta });
    };
    compare("body", "schema");
    if (media.itemSchema !== undefined || other.itemSchema !== undefined)
      compare("item", "itemSchema");
  }
  for (const media of fresh) {
    const name = media.mediaType;
    changes.push({ kind: "answer-media-added", name, status, now: mediaPlace(at.now, media) });
  }
  const headers = compareHeaders({ old, now }, at, success, comparer);
  return {
    changes: [...changes, ...headers.changes],
    slots: [...slots, ...headers.slots],
  };
}

/** Names of fields are compared without case (RFC 9110 §5.1). */
function compareHeaders(
  { old, now }: Sides<AnswerModel>,
  at: Sides<Place>,
  success: boolean,
  comparer: SchemaComparer,
): Compared {
  const { status } = old;
  const changes: OperationChange[] = [];
  const slots: AnswerSlot[] = [];
  const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
  for (const { name, schema } of old.headers) {
    const other = now.headers.find((header) => isSame(header.name, name));
    const place = below(at.old, "headers", name);
    if (other === undefined) {
      changes.push({ kind: "header-removed", name, status, old: place });
      continue;
    }
    const delta = comparer.compare(
      { schema, place: below(place, "schema") },
      { schema: other.schema, place: below(at.now, "headers", other.name, "schema") },
    );
    slots.push({ direction: "answer", status, success, part: "header", delta });
  }
  for (const { name } of now.headers) {
    if (old.headers.some((header) => isSame(header.name, name))) continue;
    changes.push({ kind: "header-added", name, status, now: below(at.now, "headers", name) });
  }
  return { changes, slots };
}
