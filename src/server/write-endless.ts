/** Writes an answer that has no end of its own, chunk by chunk and at once, until one side has had enough or must go. */
import type { StreamSettings } from "../config/streams.ts";
import { UpstreamError } from "../core/errors.ts";
import { followAll } from "../http/stream-boundary.ts";
import type { AnswerStream } from "../upstream/send.ts";
import type { Endless } from "./endless.ts";
import type { InFlight } from "./in-flight.ts";
import type { InboundContext } from "./inbound.ts";

export interface EndlessOptions extends StreamSettings {
  readonly inFlight: Pick<InFlight, "onDrain" | "offDrain">;
}

/**
 * Resolves when the answer is over. The head must have been written. The deadline ends it no more; silence, the limit of
 * its length and a drain do: between two events the client sees a whole answer and comes again, within one it waits
 * for that event's end. A service that breaks off breaks the client's connection off.
 */
export function writeEndless(
  { state: inbound, res }: InboundContext,
  stream: AnswerStream,
  { boundary }: Endless,
  { idleMs, maxMs, inFlight }: EndlessOptions,
): Promise<void> {
  inbound.deadline.lift();
  // A client waits for the head, which may be long before the first event.
  res.flushHeaders();
  return new Promise((resolve) => {
    let isOver = false;
    let isEnding = false;
    const finish = (): boolean => {
      if (isOver) return false;
      isOver = true;
      clearTimeout(idle);
      clearTimeout(limit);
      inFlight.offDrain(drain);
      res.off("drain", resume);
      resolve();
      return true;
    };
    const endWhole = (): void => {
      if (!finish()) return;
      res.end();
      stream.discard();
    };
    /** Now, or behind the event that is under way. */
    const end = (): void => {
      isEnding = true;
      if (boundary?.isBetween === true) endWhole();
    };
    const breakOff = (error: unknown): void => {
      if (!finish() || inbound.gone) return;
      const { service, operation } = error instanceof UpstreamError ? error : NOBODY;
      inbound.log.warn({ service, operation, err: error }, "a service's answer broke off");
      inbound.breakOff(res);
    };
    const silent = (): void => {
      inbound.log.info({ idleMs }, "a stream was silent for too long");
      // What the client has not read cannot be followed by an end.
      if (!res.writableNeedDrain) end();
      if (!finish()) return;
      inbound.breakOff(res);
      stream.discard();
    };
    const drain = (): void => end();
    const resume = (): void => {
      idle.refresh();
      stream.resume();
    };
    const idle = setTimeout(silent, idleMs);
    const limit = maxMs === undefined ? undefined : setTimeout(end, maxMs);
    res.on("drain", resume);
    stream.pipe({
      chunk(chunk) {
        if (isOver) return true;
        idle.refresh();
        if (isEnding && boundary !== undefined) {
          const last = chunk.subarray(0, boundary.next(chunk, 0));
          inbound.bytes += last.length;
          const hasRoom = res.write(last);
          if (boundary.isBetween) endWhole();
          return hasRoom;
        }
        if (boundary !== undefined) followAll(boundary, chunk);
        inbound.bytes += chunk.length;
        return res.write(chunk);
      },
      end() {
        if (finish()) res.end();
      },
      fail: breakOff,
    });
    // Last: at once when the gateway is draining already.
    inFlight.onDrain(drain);
  });
}

const NOBODY = { service: undefined, operation: undefined };
