/** Where a stream can end: between two events or lines, however its bytes come. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EventBoundary, followAll, LineBoundary } from "../../src/http/stream-boundary.ts";

const bytes = (text: string): Buffer => Buffer.from(text, "utf8");
const isBetween = (text: string): boolean => {
  const boundary = new EventBoundary();
  followAll(boundary, bytes(text));
  return boundary.isBetween;
};

describe("an event stream", () => {
  it.each([
    ["", true],
    ["data: 1", false],
    ["data: 1\n", false],
    ["data: 1\n\n", true],
    ["data: 1\r\n\r\n", true],
    ["data: 1\r\r", true],
    ["data: 1\r\n", false],
    ["data: 1\r\n\n", true],
    [": a comment", false],
    [": a comment\n", true],
    ["data: 1\n: a comment\n", false],
    ["data: 1\n\n: a comment\r\n", true],
    ["\n", true],
    ["data: 1\n\ndata", false],
  ])("that has come as far as %j can end there: %s", (text, expected) => {
    expect(isBetween(text)).toBe(expected);
  });

  it("ends behind its next event, not within it, wherever the chunk is cut", () => {
    const event = fc
      .tuple(
        fc.array(fc.constantFrom("data: x", "data:", "id: 7", "event: tick", ": note"), {
          minLength: 1,
          maxLength: 4,
        }),
        fc.constantFrom("\n", "\r\n", "\r"),
      )
      .map(([lines, end]) => lines.map((line) => line + end).join("") + end);
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 5 }),
        event,
        event,
        fc.nat(),
        (before, last, after, at) => {
          const boundary = new EventBoundary();
          followAll(boundary, bytes(before.join("")));
          expect(boundary.isBetween).toBe(true);
          const whole = bytes(`data: y\n${last}${after}`);
          const cut = at % whole.length;
          let taken = boundary.next(whole.subarray(0, cut), 0);
          if (!boundary.isBetween || taken === 0) {
            expect(taken).toBe(cut);
            taken += boundary.next(whole.subarray(cut), 0);
          }
          const text = whole.subarray(0, taken).toString();
          // A line feed may be left behind where the chunk was cut within the line's end.
          expect([`data: y\n${last}`, `data: y\n${last}`.slice(0, -1)]).toContain(text);
        },
      ),
    );
  });
});

describe("a stream of lines", () => {
  it("can end behind each of them", () => {
    const boundary = new LineBoundary();
    expect(boundary.isBetween).toBe(true);
    expect(boundary.next(bytes('{"a":1}\n{"b"'), 0)).toBe(8);
    expect(boundary.isBetween).toBe(true);
    followAll(boundary, bytes('{"a":1}\n{"b"'));
    expect(boundary.isBetween).toBe(false);
    followAll(boundary, bytes(":2}\n"));
    expect(boundary.isBetween).toBe(true);
    expect(boundary.next(bytes(""), 0)).toBe(0);
    expect(boundary.isBetween).toBe(true);
  });
});
