import { EventEmitter } from "node:events";
import { describe, expect, it, vi } from "vitest";
import type { InboundContext } from "../../src/server/inbound.ts";
import { writeStream } from "../../src/server/write-stream.ts";
import type { AnswerStream, BodySink } from "../../src/upstream/send.ts";

/** Begins to write; what the stream was given, and what the answer was. */
function begin(hasRoom: boolean) {
  const res = Object.assign(new EventEmitter(), { write: vi.fn(() => hasRoom), end: vi.fn() });
  const state = { bytes: 0, gone: false };
  const resume = vi.fn();
  let sink: BodySink | undefined;
  const stream = { pipe: (one: BodySink) => (sink = one), resume } as unknown as AnswerStream;
  const written = writeStream({ state, res } as unknown as InboundContext, stream);
  return { res, state, resume, written, sink: sink as unknown as BodySink };
}

describe("a relayed body", () => {
  it("is counted, also where it is written with its end", async () => {
    const { res, state, written, sink } = begin(true);
    sink.chunk(Buffer.from("abc"));
    sink.last?.(Buffer.from("de"));
    await written;
    expect(res.end).toHaveBeenCalledWith(Buffer.from("de"));
    expect(state.bytes).toBe(5);
  });

  it("goes on each time that the client has read, and leaves no listener behind", () => {
    const { res, resume, sink } = begin(false);
    for (const times of [1, 2]) {
      expect(sink.chunk(Buffer.from("abc"))).toBe(false);
      res.emit("drain");
      expect(resume).toHaveBeenCalledTimes(times);
    }
    expect(res.listenerCount("drain")).toBe(0);
  });

  it("waits once for the client, whatever comes before the pause is heard of", () => {
    const { res, resume, sink } = begin(false);
    for (let count = 0; count < 20; count += 1) sink.chunk(Buffer.from("abc"));
    expect(res.listenerCount("drain")).toBe(1);
    res.emit("drain");
    expect(resume).toHaveBeenCalledTimes(1);
  });
});
