/** The order of the outbound side, and that only what is configured is in it. */
import { describe, expect, it } from "vitest";
import { pipelineOf, stack } from "../../src/upstream/pipeline.ts";
import type { Layer, Send, UpstreamAnswer, UpstreamCall } from "../../src/upstream/send.ts";
import { settingsOf } from "./support.ts";

const answer: UpstreamAnswer = { status: 200, headers: {}, body: Buffer.alloc(0) };

describe("a stack of layers", () => {
  it("passes a call through the first listed first, and its answer through it last", async () => {
    const seen: string[] = [];
    const named =
      (name: string): Layer =>
      (next) =>
      async (call) => {
        seen.push(`${name} in`);
        const result = await next(call);
        seen.push(`${name} out`);
        return result;
      };
    const transport: Send = async () => {
      seen.push("transport");
      return answer;
    };
    await stack([named("outer"), undefined, named("inner")], transport)({} as UpstreamCall);
    expect(seen).toEqual(["outer in", "inner in", "transport", "inner out", "outer out"]);
  });

  it("is the transport itself when no layer is configured", () => {
    const transport: Send = async () => answer;
    expect(stack([undefined, undefined], transport)).toBe(transport);
  });
});

describe("the outbound order", () => {
  const lines = (more = {}, events = {}): [string, boolean][] =>
    pipelineOf({
      settings: settingsOf("http://x", more),
      events,
      clock: () => 0,
      now: () => 0,
      random: () => 0,
    }).map(({ name, layer }) => [name, layer !== undefined]);

  it("is this", () => {
    expect(
      lines({ headers: { a: "b" }, deadlineHeader: "x-left" }, { call: () => undefined }),
    ).toEqual([
      ["observe", true],
      ["fallback", true],
      ["once", true],
      ["batch", false],
      ["coalesce", true],
      ["cache", false],
      ["validate", false],
      ["retry", true],
      ["hedge", true],
      ["circuit breaker", true],
      ["bulkhead", true],
      ["attempt timeout", true],
      ["deadline header", true],
      ["credentials", true],
    ]);
  });

  it("leaves out what is not configured", () => {
    const present = lines({ retry: undefined, breaker: undefined, coalesce: false })
      .filter(([, isPresent]) => isPresent)
      .map(([name]) => name);
    expect(present).toEqual(["fallback", "once", "hedge", "bulkhead", "attempt timeout"]);
    expect(lines({ forward: ["authorization"] }).at(-1)).toEqual(["credentials", true]);
  });
});
