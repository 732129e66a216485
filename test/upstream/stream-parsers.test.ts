/** Properties of the parsers of streams: the items do not depend on how the bytes are cut. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSplitter } from "../../src/upstream/read/lines.ts";
import { readItems } from "../../src/upstream/read/ndjson.ts";
import { readEvents } from "../../src/upstream/read/sse.ts";

const LIMIT = 1_000_000;

async function* chunksOf(bytes: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  let from = 0;
  for (const cut of [...cuts.map((one) => one % (bytes.length + 1)), bytes.length].sort(
    (a, b) => a - b,
  )) {
    yield bytes.subarray(from, cut);
    from = cut;
  }
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const got: Item[] = [];
  for await (const item of items) got.push(item);
  return got;
}

const cuts = fc.array(fc.nat(), { maxLength: 12 });
const text = (value: string): Uint8Array => Buffer.from(value);

describe("newline-delimited JSON", () => {
  it("is read back, however it is cut", async () => {
    const newline = fc.constantFrom("\n", "\r\n", "\n\n", " \r\n\t\n");
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.jsonValue(), newline)),
        cuts,
        fc.boolean(),
        async (lines, at, open) => {
          const whole = lines.map(([value, end]) => JSON.stringify(value) + end).join("");
          const given = open ? whole.trimEnd() : whole;
          expect(JSON.stringify(await all(readItems(chunksOf(text(given), at), LIMIT)))).toBe(
            JSON.stringify(lines.map(([value]) => value)),
          );
        },
      ),
    );
  });

  it("as a sequence is read back, however it is cut (RFC 7464)", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue()), cuts, async (values, at) => {
        const whole = values.map((value) => `\x1e${JSON.stringify(value, null, 1)}\n`).join("");
        expect(JSON.stringify(await all(readItems(chunksOf(text(whole), at), LIMIT, "\x1e")))).toBe(
          JSON.stringify(values),
        );
      }),
    );
  });

  it("may begin with a byte order mark", async () => {
    expect(await all(readItems(chunksOf(text("\ufeff1\n"), [1, 2]), LIMIT))).toEqual([1]);
  });
});

/** The standard's algorithm over a whole text, written as plainly as can be. */
function reference(whole: string): unknown[] {
  const events: unknown[] = [];
  let event: Record<string, unknown> = {};
  let data: string[] = [];
  const lines = whole.replace(/^\ufeff/, "").split(/\r\n|\n|\r/);
  // What has no line end is no line.
  lines.pop();
  for (const line of lines) {
    if (line === "") {
      if (data.length > 0) events.push({ ...event, data: data.join("\n") });
      event = {};
      data = [];
      continue;
    }
    const [, name = "", , value = ""] = /^([^:]*)(: ?)?(.*)$/s.exec(line) ?? [];
    if (name === "data") data.push(value);
    if (name === "event") {
      if (value === "") delete event.event;
      else event.event = value;
    }
    if (name === "id" && !value.includes("\0")) event.id = value;
    if (name === "retry" && /^[0-9]+$/.test(value)) event.retry = Number(value);
  }
  return events;
}

describe("server-sent events", () => {
  it("are those of the standard's algorithm, however they are cut", async () => {
    const line = fc.oneof(
      fc
        .tuple(
          fc.constantFrom("data", "event", "id", "retry", "", "other"),
          fc.constantFrom(":", ": ", ":  ", ""),
          fc.oneof(fc.string({ unit: "grapheme" }), fc.nat().map(String), fc.constant("a\0b")),
        )
        .map((parts) => parts.join("").replace(/[\r\n]/g, "")),
      fc.constant(""),
      fc.constant(""),
    );
    const end = fc.constantFrom("\n", "\r\n", "\r");
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(line, end)),
        cuts,
        fc.boolean(),
        async (lines, at, mark) => {
          const whole = (mark ? "\ufeff" : "") + lines.flat().join("");
          expect(await all(readEvents(chunksOf(text(whole), at), LIMIT))).toEqual(reference(whole));
        },
      ),
      { numRuns: 300 },
    );
  });

  it("are given as soon as their blank line is there", () => {
    const splitter = createSplitter("line");
    expect(splitter.push("data: 1\r\r")).toEqual(["data: 1", ""]);
    expect(splitter.push("")).toEqual([]);
    expect(splitter.push("\ndata: 2\r")).toEqual(["data: 2"]);
    expect(splitter.push("\n\r\n")).toEqual([""]);
  });
});
