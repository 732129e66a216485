/** Server-sent events (HTML Living Standard §9.2.6). */
import type { ServerSentEvent } from "../../core/operation.ts";
import { splitStream } from "./lines.ts";

/** Collects lines until a blank one completes an event. */
export function createEventParser(): (line: string) => ServerSentEvent | undefined {
  let event: string | undefined;
  let id: string | undefined;
  let retry: number | undefined;
  let data: string[] = [];

  function dispatch(): ServerSentEvent | undefined {
    const done: ServerSentEvent | undefined =
      data.length === 0
        ? undefined
        : {
            ...(event === undefined || event === "" ? {} : { event }),
            data: data.join("\n"),
            ...(id === undefined ? {} : { id }),
            ...(retry === undefined ? {} : { retry }),
          };
    event = undefined;
    id = undefined;
    retry = undefined;
    data = [];
    return done;
  }

  return function parseLine(line) {
    if (line === "") return dispatch();
    const colon = line.indexOf(":");
    // A line that begins with a colon is a comment.
    if (colon === 0) return undefined;
    const name = colon < 0 ? line : line.slice(0, colon);
    const text = colon < 0 ? "" : line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1);
    if (name === "data") data.push(text);
    else if (name === "event") event = text;
    else if (name === "id" && !text.includes("\0")) id = text;
    else if (name === "retry" && /^\d+$/.test(text)) retry = Number(text);
    return undefined;
  };
}

/** The events of a stream. One that is not completed by a blank line is dropped, as the standard demands. */
export async function* readEvents(
  chunks: AsyncIterable<Uint8Array>,
  maxLength: number,
): AsyncGenerator<ServerSentEvent, void, undefined> {
  const parse = createEventParser();
  let length = 0;
  for await (const line of splitStream(chunks, "line", maxLength)) {
    length = line === "" ? 0 : length + line.length;
    if (length > maxLength) throw new RangeError("the event does not end");
    const event = parse(line);
    if (event !== undefined) yield event;
  }
}
