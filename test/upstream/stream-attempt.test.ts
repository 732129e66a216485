import { describe, expect, it, vi } from "vitest";
import type { BodySink, UpstreamCall } from "../../src/upstream/send.ts";
import { StreamAttempt } from "../../src/upstream/transport/stream.ts";
import { createContext } from "./support.ts";

const NO_CONTROLLER = { abort: () => undefined, pause: () => undefined, resume: () => undefined };
type Controller = Parameters<StreamAttempt["onRequestStart"]>[0];
const controller = NO_CONTROLLER as unknown as Controller;

/** An answer of which these chunks have come, and its head. */
function answerOf(...chunks: string[]): StreamAttempt {
  const call = { context: createContext(), timeoutMs: 1_000 } as unknown as UpstreamCall;
  const attempt = new StreamAttempt(call, vi.fn(), vi.fn());
  attempt.begin();
  attempt.onRequestStart(controller);
  attempt.onResponseStart(controller, 200, {});
  for (const chunk of chunks) attempt.onResponseData(controller, Buffer.from(chunk));
  return attempt;
}

function sinkInto(told: string[], isPausing = false): BodySink {
  return {
    chunk: (chunk) => {
      told.push(`chunk ${chunk}`);
      return !isPausing;
    },
    end: () => void told.push("end"),
    fail: () => void told.push("fail"),
  };
}

describe("a streamed answer is handed over", () => {
  it("with its end in one, where it has come as a whole", () => {
    const told: string[] = [];
    const answer = answerOf("ab");
    answer.onResponseEnd();
    answer.pipe({ ...sinkInto(told), last: (chunk) => void told.push(`last ${chunk}`) });
    answer.resume();
    expect(told).toEqual(["last ab"]);
  });

  it("chunk by chunk, and the last with the end, to a sink that makes it wait", () => {
    const told: string[] = [];
    const answer = answerOf("ab", "cd");
    answer.onResponseEnd();
    answer.pipe({ ...sinkInto(told, true), last: (chunk) => void told.push(`last ${chunk}`) });
    expect(told).toEqual(["chunk ab"]);
    answer.resume();
    expect(told).toEqual(["chunk ab", "last cd"]);
  });

  it("not with its end, where that has not come", () => {
    const told: string[] = [];
    const answer = answerOf("ab");
    answer.pipe({ ...sinkInto(told), last: (chunk) => void told.push(`last ${chunk}`) });
    answer.onResponseEnd();
    expect(told).toEqual(["chunk ab", "end"]);
  });

  it("chunk and end, to a sink that does not take both", () => {
    const told: string[] = [];
    const answer = answerOf("ab");
    answer.onResponseEnd();
    answer.pipe(sinkInto(told));
    expect(told).toEqual(["chunk ab", "end"]);
  });
});
