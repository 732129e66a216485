/** Writes a composer's answer event by event, as NDJSON lines or server-sent events, no faster than it is read. */
import type { ServerResponse } from "node:http";
import type { StreamEvent, StreamedAnswer } from "../compose/stream-composer.ts";
import { stringifyJson } from "../core/exact-json.ts";
import type { Inbound, InboundContext } from "./inbound.ts";
import { problemDocument, toGatewayError } from "./problem-document.ts";
import { reportProblem } from "./report-problem.ts";

export type StreamForm = "application/x-ndjson" | "text/event-stream";

/** Resolves when the last event is written or the client has left. The fields of the head must be set already. */
export async function writeEvents(
  ctx: InboundContext,
  { status, events }: Pick<StreamedAnswer, "status" | "events">,
  form: StreamForm,
): Promise<void> {
  const { state: inbound, res } = ctx;
  const format = form === "text/event-stream" ? formatEvent : formatLine;

  /** What has no JSON form (it refers to itself) is the problem of its own part, not of the whole answer. */
  function formatSafely(event: StreamEvent): string {
    try {
      return format(event, inbound);
    } catch (error) {
      if (!("value" in event)) throw error;
      return format({ at: event.at, problem: error }, inbound);
    }
  }

  ctx.respond = false;
  inbound.fields.writeHead(res, status);
  if (ctx.req.method === "HEAD") {
    await events.return?.();
    res.end();
    return;
  }
  res.flushHeaders();
  for await (const event of events) {
    const text = formatSafely(event);
    inbound.bytes += Buffer.byteLength(text);
    if (!res.write(text)) await drained(res);
    // Leaving the loop ends the events, and the calls that are still under way.
    if (inbound.gone) return;
  }
  res.end();
}

/** NDJSON: one JSON text a line. */
function formatLine(event: StreamEvent, inbound: Inbound): string {
  return `${stringifyJson(tell(event, inbound))}\n`;
}

/** HTML Living Standard §9.2.6: `event` and `data`, then an empty line. JSON text has no line breaks of its own. */
function formatEvent(event: StreamEvent, inbound: Inbound): string {
  const kind = "end" in event ? "end" : "problem" in event ? "problem" : "value";
  return `event: ${kind}\ndata: ${stringifyJson(tell(event, inbound))}\n\n`;
}

/** What rescue is to an answer, this is to a part: the client is told what it may know, the log the rest. */
function tell(event: StreamEvent, inbound: Inbound): unknown {
  if (!("problem" in event)) return event;
  const error = toGatewayError(event.problem);
  // A part that was given up with its client is nobody's error.
  if (!inbound.gone) reportProblem(inbound, error);
  return { at: event.at, problem: problemDocument(error, inbound.id) };
}

function drained(res: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      res.off("drain", done).off("close", done);
      resolve();
    };
    res.on("drain", done).on("close", done);
    if (res.destroyed) done();
  });
}
