/** Compares the bodies that an operation takes. */

import type { BodyModel, MediaModel, OperationModel } from "../../../gen/model.ts";
import type { OperationChange } from "../change.ts";
import { below, type Place } from "../place.ts";
import type { SchemaComparer } from "../schema/compare-schemas.ts";
import type { Sides } from "./compare-parameters.ts";
import { matchMedia } from "./match-media.ts";
import type { RequestSlot } from "./slot.ts";

interface Compared {
  readonly changes: readonly OperationChange[];
  readonly slots: readonly RequestSlot[];
}

export function compareBodies(
  { old, now }: Sides<OperationModel>,
  at: Sides<Place>,
  comparer: SchemaComparer,
): Compared {
  const places = { old: below(at.old, "requestBody"), now: below(at.now, "requestBody") };
  const sent = "body";
  if (old.body !== undefined && now.body !== undefined)
    return compareMedia(old.body, now.body, places, comparer);
  if (old.body !== undefined)
    return { changes: [{ kind: "body-removed", sent, old: places.old }], slots: [] };
  if (now.body === undefined) return { changes: [], slots: [] };
  const kind = now.body.required ? "body-added-required" : "body-added";
  return { changes: [{ kind, sent, now: places.now }], slots: [] };
}

function compareMedia(
  old: BodyModel,
  now: BodyModel,
  at: Sides<Place>,
  comparer: SchemaComparer,
): Compared {
  const sent = "body";
  const changes: OperationChange[] = [];
  const slots: RequestSlot[] = [];
  if (old.required !== now.required)
    changes.push({ kind: now.required ? "body-required" : "body-optional", sent, ...at });
  const { pairs, gone, fresh } = matchMedia(old.media, now.media);
  for (const media of gone) {
    const place = mediaPlace(at.old, media);
    changes.push({ kind: "body-media-removed", name: media.mediaType, sent, old: place });
  }
  for (const [media, other] of pairs) {
    const [place, otherPlace] = [mediaPlace(at.old, media), mediaPlace(at.now, other)];
    const [from, to] = [media.encoding, other.encoding].map((one) => JSON.stringify(one));
    if (from !== to) {
      const places = { old: place, now: otherPlace };
      changes.push({ kind: "body-encoding", name: media.mediaType, sent, ...places });
    }
    const delta = comparer.compare(
      { schema: media.schema ?? true, place: below(place, "schema") },
      { schema: other.schema ?? true, place: below(otherPlace, "schema") },
    );
    slots.push({ direction: "request", sent, delta });
  }
  for (const media of fresh) {
    const place = mediaPlace(at.now, media);
    changes.push({ kind: "body-media-added", name: media.mediaType, sent, now: place });
  }
  return { changes, slots };
}

export function mediaPlace(place: Place, { mediaType }: MediaModel): Place {
  return below(place, "content", mediaType);
}
