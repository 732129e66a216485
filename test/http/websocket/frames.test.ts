/** Where frames of WebSocket end: held against those that `ws` makes, cut anywhere. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as ws from "ws";
import { followAll } from "../../../src/http/stream-boundary.ts";
import { closeFrame, FrameBoundary } from "../../../src/http/websocket/frames.ts";

const frame = fc
  .record({
    opcode: fc.constantFrom(0, 1, 2, 8, 9, 10),
    fin: fc.boolean(),
    mask: fc.boolean(),
    rsv1: fc.boolean(),
    length: fc.oneof(fc.nat(130), fc.constantFrom(0, 125, 126, 65_535, 65_536, 70_000)),
  })
  .map(({ opcode, fin, mask, rsv1, length }) => {
    const isControl = opcode >= 8;
    const data = Buffer.alloc(isControl ? Math.min(length, 125) : length, 0x88);
    const options = { opcode, fin: fin || isControl, mask, rsv1, readOnly: true };
    const parts = (
      ws as unknown as { Sender: { frame(data: Buffer, options: object): Buffer[] } }
    ).Sender.frame(data, options);
    return { opcode, bytes: Buffer.concat(parts) };
  });

describe("frames", () => {
  it("end where they end, wherever their bytes are cut", () => {
    fc.assert(
      fc.property(
        fc.array(frame, { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat()),
        (frames, cuts) => {
          const all = Buffer.concat(frames.map(({ bytes }) => bytes));
          const ends = new Set<number>();
          let end = 0;
          for (const { bytes } of frames) {
            end += bytes.length;
            ends.add(end);
          }
          const boundary = new FrameBoundary();
          const seen = new Set<number>();
          const places = [...new Set([...cuts.map((cut) => cut % all.length), all.length])].sort(
            (a, b) => a - b,
          );
          let begin = 0;
          for (const place of places) {
            const chunk = all.subarray(begin, place);
            for (let at = 0; at < chunk.length; ) {
              at = boundary.next(chunk, at);
              if (boundary.isBetween) seen.add(begin + at);
            }
            expect(boundary.isBetween).toBe(place === 0 || ends.has(place));
            begin = place;
          }
          expect(seen).toEqual(ends);
          expect(boundary.sawClose).toBe(frames.some(({ opcode }) => opcode === 8));
          expect(boundary.isLost).toBe(false);
        },
      ),
    );
  });

  it.each([
    ["a reserved opcode", [0x83, 0]],
    ["a reserved control opcode", [0x8b, 0]],
    ["a control frame in pieces", [0x09, 0]],
    ["a control frame that is too long", [0x89, 126, 0, 126]],
    [
      "a length beyond all that can be counted",
      [0x82, 127, 255, 255, 255, 255, 255, 255, 255, 255],
    ],
  ])("are lost after %s, and nothing is taken for an end again", (_, bytes) => {
    const boundary = new FrameBoundary();
    followAll(boundary, Buffer.from([...bytes, 0x81, 0, 0x88, 0]));
    expect([boundary.isLost, boundary.isBetween, boundary.sawClose]).toEqual([true, false, false]);
  });

  it("that say goodbye are whole, and masked where they must be", () => {
    for (const mask of [undefined, Buffer.from([1, 2, 3, 4])]) {
      const bytes = closeFrame(1001, mask);
      const boundary = new FrameBoundary();
      expect(boundary.next(bytes, 0)).toBe(bytes.length);
      expect([boundary.isBetween, boundary.sawClose]).toEqual([true, true]);
    }
    expect(closeFrame(1001, undefined)).toEqual(Buffer.from([0x88, 2, 0x03, 0xe9]));
    expect(closeFrame(1001, Buffer.from([1, 2, 3, 4]))).toEqual(
      Buffer.from([0x88, 0x82, 1, 2, 3, 4, 0x03 ^ 1, 0xe9 ^ 2]),
    );
  });
});
