import { describe, expect, it } from "vitest";
import type { AnswerKind, MediaModel, Schema } from "../../../cli/gen/model.ts";
import { answer, media, model, operation, type RunningMock, run } from "./support.ts";

const answering = (content: MediaModel<AnswerKind>): Promise<RunningMock> =>
  run(model([operation("GET /x", { answers: [answer(200, [content])] })]));

describe("streams", () => {
  const events = { kind: "sse", mediaType: "text/event-stream" } as const;
  const item: Schema = {
    type: "object",
    required: ["n"],
    properties: { n: { type: "integer" }, text: { type: "string", enum: ["two\nlines"] } },
  };

  it("of NDJSON are lines that conform", async () => {
    const { call } = await answering(
      media<"ndjson">(undefined, {
        kind: "ndjson",
        mediaType: "application/x-ndjson",
        itemSchema: item,
      }),
    );
    const { text: lines } = await call("GET", "/x");
    const items = lines
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(items).toHaveLength(3);
    expect(items[0]).toEqual({ n: expect.any(Number), text: "two\nlines" });
  });

  it("of server-sent events are events whose data is JSON", async () => {
    const { call } = await answering(
      media<"sse">(undefined, { ...events, itemSchema: item, examples: [[{ n: 1 }, { n: 2 }]] }),
    );
    const reply = await call("GET", "/x");
    expect(reply.headers.get("content-type")).toBe("text/event-stream");
    expect(reply.text).toBe('id: 1\ndata: {"n":1}\n\nid: 2\ndata: {"n":2}\n\n');
  });

  it("of events with text have a field for every line", async () => {
    const { call } = await answering(
      media<"sse">(undefined, { ...events, itemSchema: { const: "a\nb" } }),
    );
    expect((await call("GET", "/x")).text).toMatch(/^id: 1\ndata: a\ndata: b\n\n/);
  });

  it("of JSON text sequences begin every item with a record separator", async () => {
    const { call } = await answering(
      media<"ndjson">(undefined, {
        kind: "ndjson",
        mediaType: "application/json-seq",
        itemSchema: { const: 1 },
      }),
    );
    expect((await call("GET", "/x")).text).toBe("\x1e1\n\x1e1\n\x1e1\n");
  });
});
