/** What one item of a stream holds: a line of NDJSON, the `data` of a server-sent event. */
import type { Schema } from "../model.ts";
import { isRecord, own } from "../read/raw.ts";
import { isMiss, type Located } from "../read/resolve.ts";
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
  if (key === "itemSchema")
    return kind === "sse" ? eventSchemaOf(context, start) : schemaAt(context, start);
  return schemaAt(context, itemOfList(context, start));
}

function schemaAt(context: Context, { value, file, pointer }: Located): Schema {
  return normaliseSchema(context, value, { file, pointer });
}

/** One event, or several kinds of them: a union of what their data may be. */
function eventSchemaOf(context: Context, at: Located): Schema {
  const event = behind(context, at);
  for (const keyword of ["oneOf", "anyOf"] as const) {
    const kinds = isRecord(event.value) ? own(event.value, keyword) : undefined;
    if (!Array.isArray(kinds) || kinds.length === 0) continue;
    const list = member(event, keyword, kinds);
    const places = kinds.map((kind: unknown, index) =>
      dataOfEvent(context, member(list, index, kind)),
    );
    return { anyOf: places.map((place) => schemaAt(context, place)) };
  }
  return schemaAt(context, dataOfEvent(context, at));
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
  const target = context.resolver.follow(at);
  return isMiss(target) ? at : target;
}
