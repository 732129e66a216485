/** Bodies of newline-delimited JSON: one item a line, from a list or as they come. */
import { stringifyJson } from "../../core/exact-json.ts";
import { isRange } from "../../http/media-type.ts";
import type { MediaPlan } from "../plan.ts";
import type { WriteBody } from "./body.ts";
import { invalidInput, type Place } from "./place.ts";

/** Compiles `ndjson`. */
export function compileLines(_media: MediaPlan, place: Place): WriteBody {
  return function writeLines(value, contentType, fields) {
    fields["content-type"] = isRange(contentType) ? "application/x-ndjson" : contentType;
    if (typeof value === "object" && value !== null) {
      if (Symbol.asyncIterator in value) return streamLines(value as AsyncIterable<unknown>);
      if (Symbol.iterator in value) {
        return Array.from(value as Iterable<unknown>, (item) => `${stringifyJson(item)}\n`).join(
          "",
        );
      }
    }
    throw invalidInput(place, "must be a list or an (async) iterable of items");
  };
}

async function* streamLines(items: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  for await (const item of items) yield Buffer.from(`${stringifyJson(item)}\n`);
}
