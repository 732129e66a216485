/** Which relayed answers go on for as long as somebody reads them, and so have no deadline behind their head. */
import type { AnswerHeaders } from "../core/operation.ts";
import { essenceOf } from "../http/media-type.ts";
import { EventBoundary, LineBoundary, type StreamBoundary } from "../http/stream-boundary.ts";
import type { OperationPlan } from "../upstream/plan.ts";

/** An answer without an end of its own. */
export interface Endless {
  /** Undefined: it is content-coded, and nobody here can tell where it could end. */
  readonly boundary: StreamBoundary | undefined;
}

export type FindEndless = (headers: AnswerHeaders) => Endless | undefined;

const EVENTS = "text/event-stream";

/** Event streams always are; NDJSON is where the document says so: elsewhere it may be a file of lines. */
export function findEndless({ answers }: Pick<OperationPlan, "answers">): FindEndless {
  const types = Object.values(answers).flatMap((byType) => Object.entries(byType));
  const lines = new Set(types.filter(([, kind]) => kind === "ndjson").map(([type]) => type));
  return function endlessOf(headers) {
    const type = headers["content-type"];
    if (typeof type !== "string") return undefined;
    const essence = essenceOf(type);
    if (essence !== EVENTS && !lines.has(essence)) return undefined;
    const coding = headers["content-encoding"];
    if (coding !== undefined && String(coding).trim().toLowerCase() !== "identity") return CODED;
    return { boundary: essence === EVENTS ? new EventBoundary() : new LineBoundary() };
  };
}

const CODED: Endless = { boundary: undefined };
