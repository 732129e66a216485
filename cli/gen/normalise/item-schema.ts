/** What one item of a stream holds: a line of NDJSON, the `data` of a server-sent event. */
import type { Schema } from "../model.ts";
import { isRecord, own } from "../read/raw.ts";
import { isMiss, type Located, refOf } from "../read/resolve.ts";
import { type Context, member } from "./context.ts";
import { parseMediaType } from "./media-kind.ts";
import { normaliseSchema } from "./schema/normalise-schema.ts";

/** @param at the media type object; OpenAPI 3.2 `itemSchema`, else its `schema`. */
export function itemSchemaOf(
  context: Context,
  at: Located,
  kind: "ndjson" | "sse",
): Schema | undefined {
  const raw = isRecord(at.value) ? at.value : {};
  const key = Object.hasOwn(raw, "itemSchema") ? "itemSchema" : "schema";
  const value = own(raw, key);
  if (value === undefined) return undefined;
  const start = member(at, key, value);
  const item =
    key === "schema"
      ? itemOfList(context, start)
      : kind === "sse"
        ? dataOfEvent(context, start)
        : start;
  return normaliseSchema(context, item.value, { file: item.file, pointer: item.pointer });
}

/** Before 3.2 streams are written as arrays of what comes. */
function itemOfList(context: Context, at: Located): Located {
  const target = behind(context, at);
  if (!isRecord(target.value)) return at;
  const { type, items } = target.value;
  return type === "array" && isRecord(items) ? member(target, "items", items) : at;
}

/** OpenAPI 3.2 describes the whole event, `{ event, data, id, retry }`: its data, decoded where it is JSON. */
function dataOfEvent(context: Context, at: Located): Located {
  const event = behind(context, at);
  const properties = isRecord(event.value) ? own(event.value, "properties") : undefined;
  const data = isRecord(properties) ? own(properties, "data") : undefined;
  if (data === undefined) return at;
  const place = member(member(event, "properties", properties), "data", data);
  const decoded = isRecord(data) ? own(data, "contentSchema") : undefined;
  const mediaType = isRecord(data) ? own(data, "contentMediaType") : undefined;
  const media = typeof mediaType === "string" ? parseMediaType(mediaType) : undefined;
  const isJson = media?.essence === "application/json" || media?.suffix === "json";
  return decoded !== undefined && isJson ? member(place, "contentSchema", decoded) : place;
}

function behind(context: Context, at: Located): Located {
  if (refOf(at.value) === undefined) return at;
  const target = context.resolver.follow(at);
  return isMiss(target) ? at : target;
}
