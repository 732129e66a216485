/** Reads streamed answers item by item. */
import { GatewayError } from "../../core/errors.ts";
import { parseJson } from "../../core/exact-json.ts";
import { JsonLimitError } from "../../core/json-limits.ts";
import type { ServerSentEvent } from "../../core/operation.ts";
import type { UpstreamCall } from "../send.ts";
import { failure } from "../transport/failures.ts";
import { readItems } from "./ndjson.ts";
import { readEvents } from "./sse.ts";

export type StreamKind = "ndjson" | "json-seq" | "sse" | "sse-text";

/**
 * The items of a body, to be iterated once. Whoever stops early ends the transfer; the deadline holds until the end.
 * Errors of the iteration are those of the call: `service-contract` for what cannot be read.
 */
export async function* readStream(
  call: UpstreamCall,
  chunks: AsyncIterable<Uint8Array>,
  kind: StreamKind,
  maxItemLength: number,
): AsyncGenerator<unknown, void, undefined> {
  try {
    if (kind === "ndjson") yield* readItems(chunks, maxItemLength);
    else if (kind === "json-seq") yield* readItems(chunks, maxItemLength, "\x1e");
    else
      for await (const event of readEvents(chunks, maxItemLength))
        yield kind === "sse" ? decode(event) : event;
  } catch (error) {
    // What the transport throws is an error of the table, or the reason for which the request was given up.
    if (error instanceof GatewayError || call.context.deadline.aborted || call.signal?.aborted)
      throw error;
    const what =
      error instanceof JsonLimitError ? `has JSON that ${error.message}` : "cannot be read";
    throw failure(call, "service-contract", `the service's stream ${what}`, error);
  }
}

/**
 * Data that is an object or a list in JSON is given as such; `[DONE]` and other text stay text.
 * @throws JsonLimitError for JSON that cannot be given: a text in its place would be a surprise.
 */
function decode(event: ServerSentEvent): ServerSentEvent<unknown> {
  if (!/^\s*[[{]/.test(event.data)) return event;
  try {
    return { ...event, data: parseJson(event.data) };
  } catch (error) {
    if (error instanceof JsonLimitError) throw error;
    return event;
  }
}
