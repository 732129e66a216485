/** Lifts the request body of an operation. */
import type { BodyKind, BodyModel, MediaModel } from "../model.ts";
import { isRecord, own, type RawRecord, textOf } from "../read/raw.ts";
import type { Located } from "../read/resolve.ts";
import { type Context, follow, member, placeOf } from "./context.ts";
import { liftBodyMedia } from "./lift-media.ts";
import { LeftOut } from "./report.ts";

/**
 * OpenAPI 3.x.
 * @param at the `requestBody` of the operation
 * @throws LeftOut when no media type of it can be written.
 */
export function liftBody(context: Context, at: Located, operation: string): BodyModel | undefined {
  const target = follow(context, at);
  if (!isRecord(target.value)) return undefined;
  const content = own(target.value, "content");
  if (!isRecord(content)) return undefined;
  const contentAt = member(target, "content", content);
  const types = Object.keys(content);
  const media = types
    .map((mediaType) =>
      liftBodyMedia(
        context,
        { mediaType, at: member(contentAt, mediaType, content[mediaType]) },
        operation,
      ),
    )
    .filter((model) => model !== undefined);
  if (types.length > 0 && media.length === 0) throw unwritable(contentAt, types);
  return media.length === 0 ? undefined : bodyModel(target.value, media);
}

export function bodyModel(raw: RawRecord, media: readonly MediaModel<BodyKind>[]): BodyModel {
  const description = textOf(raw.description);
  return {
    required: raw.required === true,
    media: jsonFirst(media),
    ...(description === undefined ? {} : { description }),
  };
}

export function unwritable(at: Located, types: readonly string[]): LeftOut {
  return new LeftOut({
    code: "media-unsupported",
    place: placeOf(at),
    message: `a body of ${types.join(", ")} cannot be written`,
    cure: "offer application/json or multipart/form-data as well",
  });
}

function jsonFirst(media: readonly MediaModel<BodyKind>[]): MediaModel<BodyKind>[] {
  return [
    ...media.filter(({ kind }) => kind === "json"),
    ...media.filter(({ kind }) => kind !== "json"),
  ];
}
