/** `Expect: 100-continue` (RFC 9110 §10.1.1): a client that waits is told to go on when its body is wanted, not before. */
import type { IncomingMessage, ServerResponse } from "node:http";

// Node.js closes the connection after an answer that came without the invitation: whether a body follows is then open.

const waiting = new WeakSet<IncomingMessage>();

/** Remembers that a client waits; for the server's `checkContinue` event. */
export function noteExpectation(req: IncomingMessage): void {
  waiting.add(req);
}

/** Tells a client that waits to send its body. */
export function inviteBody(req: IncomingMessage, res: ServerResponse): void {
  if (waiting.delete(req)) res.writeContinue();
}

/** Whether a client still waits, and so sends nothing. */
export function isWaiting(req: IncomingMessage): boolean {
  return waiting.has(req);
}
