/** How the body of a request comes, for whoever watches over slow clients. */
import type { IncomingMessage } from "node:http";
import { isWaiting } from "../expect-continue.ts";
import { Http2Request } from "./http2-messages.ts";

/** Bytes that have come so far; undefined: none is to come. */
export function bytesCome(req: IncomingMessage): number | undefined {
  if (req.complete) return undefined;
  if (req instanceof Http2Request) return req.bytesCome;
  return req.socket.bytesRead;
}

/** Whether it is the gateway that does not want more for now. */
export function isHeldBack(req: IncomingMessage): boolean {
  return isWaiting(req) || req.readableLength >= req.readableHighWaterMark;
}
