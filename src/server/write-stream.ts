/** Writes a service's body to the client chunk by chunk, no faster than the client reads. Koa has no part in it. */
import { UpstreamError } from "../core/errors.ts";
import type { AnswerStream } from "../upstream/send.ts";
import type { InboundContext } from "./inbound.ts";

/** How much goes to the client before the stream is told that it has: short answers never are. */
const TOLD_BYTES = 16_384;

const NOBODY = { service: undefined, operation: undefined };

/** Resolves when the body is through or has broken off; the client's connection then breaks off as well. */
export function writeStream(
  { state: inbound, res }: InboundContext,
  stream: AnswerStream,
): Promise<void> {
  return new Promise((resolve) => {
    // Whoever has put a `write` of its own here may keep what it sees: to log it, to change it.
    const isOurs = !Object.hasOwn(res, "write");
    let isWaiting = false;
    let untold = 0;
    const resume = (): void => {
      isWaiting = false;
      stream.resume();
    };
    stream.pipe({
      chunk(chunk) {
        inbound.bytes += chunk.length;
        untold += chunk.length;
        const isTold = isOurs && stream.release !== undefined && untold >= TOLD_BYTES;
        if (isTold) untold = 0;
        const hasRoom = isTold ? res.write(chunk, releasing(stream, chunk)) : res.write(chunk);
        // Most answers are never waited for; what was read before the pause comes all the same.
        if (!hasRoom && !isWaiting) {
          isWaiting = true;
          res.once("drain", resume);
        }
        return hasRoom;
      },
      last(chunk) {
        inbound.bytes += chunk.length;
        res.end(chunk);
        resolve();
      },
      end() {
        res.end();
        resolve();
      },
      fail(error) {
        if (!inbound.gone) {
          const { service, operation } = error instanceof UpstreamError ? error : NOBODY;
          inbound.log.warn({ service, operation, err: error }, "a service's answer broke off");
          inbound.breakOff(res);
        }
        resolve();
      },
    });
  });
}

/** Called when a piece has been written. */
function releasing(stream: AnswerStream, chunk: Buffer): (error: Error | null | undefined) => void {
  return (error) => {
    if (error == null) stream.release?.(chunk);
  };
}
