/** Bodies of newline-delimited JSON, or JSON text sequences (RFC 7464): from a list, or item by item as they come. */
import { stringifyJson } from "../../core/exact-json.ts";
import { essenceOf, isRange } from "../../http/media-type.ts";
import type { MediaPlan } from "../plan.ts";
import type { WriteBody } from "./body.ts";
import { impossibleInput, type Place } from "./place.ts";

/** Compiles `ndjson`. `json-seq` begins every item with a record separator. */
export function compileLines(_media: MediaPlan, place: Place): WriteBody {
  return function writeLines(value, contentType, fields) {
    const mark = essenceOf(contentType).endsWith("json-seq") ? "\x1e" : "";
    fields["content-type"] = isRange(contentType) ? "application/x-ndjson" : contentType;
    if (typeof value === "object" && value !== null) {
      if (Symbol.asyncIterator in value) return streamLines(value as AsyncIterable<unknown>, mark);
      if (Symbol.iterator in value) {
        return Array.from(value as Iterable<unknown>, (item) => lineOf(item, mark)).join("");
      }
    }
    throw impossibleInput(place, "must be a list or an (async) iterable of items");
  };
}

function lineOf(item: unknown, mark: string): string {
  return `${mark}${stringifyJson(item)}\n`;
}

async function* streamLines(
  items: AsyncIterable<unknown>,
  mark: string,
): AsyncGenerator<Uint8Array> {
  for await (const item of items) yield Buffer.from(lineOf(item, mark));
}
