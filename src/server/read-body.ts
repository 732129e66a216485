/** Reads a request's body, never more of it than is allowed, and never past the deadline. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Abortable, Deadline } from "../core/deadline.ts";
import { type GatewayError, problem } from "../core/errors.ts";
import { inviteBody, isWaiting } from "./expect-continue.ts";
import { Http2Request } from "./front/http2-messages.ts";
import { endConnectionWith } from "./last-request.ts";
import { lingerOnClose } from "./linger.ts";
import { PassedOn } from "./passed-on.ts";

/**
 * How much of a body that nobody wants is thrown away before its connection is: so many limits, and never less than
 * what most clients send before they look for an answer.
 */
const DISCARDED_LIMITS = 8;
const DISCARDED_BYTES = 1_048_576;

/** RFC 9112 §6: a message has a body when one of these fields says so; in HTTP/2, when its head is not its end. */
export function hasBody(req: IncomingMessage): boolean {
  if (req instanceof Http2Request) return !req.complete;
  const { "content-length": length, "transfer-encoding": coding } = req.headers;
  return coding !== undefined || (length !== undefined && length !== "0");
}

/**
 * The refusal of a body that is longer than `limitBytes`. It is the connection's last answer: where the body ends, and
 * the next request begins, the client alone knows. What is still to come of it is thrown away.
 */
export function refuseBody(req: IncomingMessage, limitBytes: number): GatewayError {
  endConnectionWith(req);
  if (!req.complete && !isWaiting(req)) lingerOnClose(req, discardable(limitBytes));
  discardBody(req, limitBytes);
  return problem("body-too-large", {
    detail: `the body is larger than ${limitBytes} bytes`,
    headers: { Connection: "close" },
  });
}

/**
 * Throws away what is still to come of a body, so that the client gets to read its answer: one that sees its
 * connection reset while it sends may never look at what it was told. Past several limits it is cut off.
 */
export function discardBody(req: IncomingMessage, limitBytes: number): void {
  if (req.complete || isWaiting(req)) return;
  let left = discardable(limitBytes);
  req.on("data", (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) req.destroy();
  });
  // Without a listener the reset of a client that leaves would be an uncaught error.
  req.on("error", () => {});
  req.resume();
}

function discardable(limitBytes: number): number {
  // Where there is no limit, nobody has said how much is too much.
  if (limitBytes === Number.POSITIVE_INFINITY) return DISCARDED_BYTES;
  return Math.max(limitBytes * DISCARDED_LIMITS, DISCARDED_BYTES);
}

/**
 * The whole body.
 * @throws GatewayError `body-too-large`, `bad-request` when it ends early, or what the deadline ends with.
 */
export function readBody(
  req: IncomingMessage,
  res: ServerResponse,
  limitBytes: number,
  deadline: Deadline,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const stop = (): void => {
      req.off("data", data).off("end", end).off("close", close).off("error", close);
      deadline.unwatch(watcher);
    };
    const fail = (error: unknown): void => {
      stop();
      reject(error);
    };
    const data = (chunk: Buffer): void => {
      bytes += chunk.length;
      if (bytes > limitBytes) fail(refuseBody(req, limitBytes));
      else chunks.push(chunk);
    };
    const end = (): void => {
      stop();
      const [first] = chunks;
      resolve(chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks, bytes));
    };
    const close = (): void => fail(problem("bad-request", { detail: "the body ended early" }));
    const watcher: Abortable = {
      aborted(reason) {
        fail(reason);
        discardBody(req, limitBytes);
      },
    };
    if (deadline.aborted) return watcher.aborted(deadline.reason);
    deadline.watch(watcher);
    req.on("data", data).on("end", end).on("close", close).on("error", close);
    inviteBody(req, res);
  });
}

/**
 * A body as it comes, for whoever sends it on, and keeps none of it: pieces are freed some way behind the one asked for.
 * @throws GatewayError `body-too-large` from the iteration once the limit is passed.
 */
export async function* streamBody(
  req: IncomingMessage,
  res: ServerResponse,
  limitBytes: number,
): AsyncGenerator<Buffer> {
  let bytes = 0;
  const passedOn = new PassedOn();
  inviteBody(req, res);
  // A service that answers before it has read everything must not cost the client its connection.
  for await (const chunk of req.iterator({ destroyOnReturn: false })) {
    bytes += (chunk as Buffer).length;
    if (bytes > limitBytes) throw refuseBody(req, limitBytes);
    yield chunk as Buffer;
    // Who listened before the gateway had it may keep what it saw.
    if (req.listenerCount("data") === 0) passedOn.add(chunk as Buffer);
  }
}
