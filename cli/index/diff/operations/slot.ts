/** The schemas of an operation: where each one is used, and how it has changed. */
import type { Delta } from "../schema/delta.ts";

/** What a schema describes. */
export type Slot = RequestSlot | AnswerSlot;

export interface RequestSlot {
  readonly direction: "request";
  /** As calls name what they send: `path.orderId`, `body`. */
  readonly sent: string;
  readonly delta: Delta;
}

export interface AnswerSlot {
  readonly direction: "answer";
  readonly status: string;
  /** Whether a plain call resolves to it. */
  readonly success: boolean;
  /** What is described: the body, one item of a stream, a header field. */
  readonly part: "body" | "item" | "header";
  readonly delta: Delta;
}
