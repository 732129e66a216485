/** Kept answers as they are written to Redis: read again as they were, or not at all. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decodeEntry,
  encodeEntry,
  type SharedEntry,
} from "../../../src/stores/redis/entry-codec.ts";
import { keptEntry } from "../../support/kept-entry.ts";

const text = fc.string({ unit: "binary" });
const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown);

const shared: fc.Arbitrary<SharedEntry> = fc.record({
  entry: fc.record({
    status: fc.integer({ min: 100, max: 599 }),
    headers: fc.dictionary(text, fc.oneof(text, fc.array(text))),
    body: fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes)),
    storedAtMs: fc.nat(),
    meta: fc.dictionary(text, json),
  }),
  tags: fc.array(text),
  generation: fc.maxSafeNat(),
});

describe("an entry in Redis", () => {
  it("is read as it was written", () => {
    fc.assert(
      fc.property(text, shared, (key, entry) => {
        expect(decodeEntry(key, encodeEntry(key, entry))).toEqual(entry);
      }),
    );
  });

  it("is not read at another key", () => {
    fc.assert(
      fc.property(text, text, shared, (key, other, entry) => {
        fc.pre(key !== other);
        expect(decodeEntry(other, encodeEntry(key, entry))).toBeUndefined();
      }),
    );
  });

  it("is not read when a byte of it changed, or when it was cut or lengthened", () => {
    fc.assert(
      fc.property(shared, fc.nat(), fc.integer({ min: 1, max: 255 }), (entry, at, change) => {
        const value = encodeEntry("k", entry);
        const changed = Buffer.from(value);
        const place = at % value.length;
        changed.writeUInt8(changed.readUInt8(place) ^ change, place);
        expect(decodeEntry("k", changed)).toBeUndefined();
        expect(decodeEntry("k", value.subarray(0, place))).toBeUndefined();
        expect(decodeEntry("k", Buffer.concat([value, Buffer.of(change)]))).toBeUndefined();
      }),
    );
  });

  it("is not read from whatever else there is", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const value = Buffer.from(bytes);
        expect(decodeEntry("", value)).toBeUndefined();
        expect(decodeEntry("", Buffer.concat([Buffer.of(0x48, 1), value]))).toBeUndefined();
      }),
    );
  });

  it.each<[string, object]>([
    ["a status that is none", { entry: keptEntry("", { status: 99 }) }],
    ["a status that is a text", { entry: keptEntry("", { status: "200" as never }) }],
    ["no header fields", { entry: keptEntry("", { headers: null as never }) }],
    ["a header field that is a number", { entry: keptEntry("", { headers: { a: 1 as never } }) }],
    ["a list as meta data", { entry: keptEntry("", { meta: [] as never }) }],
    ["no time", { entry: keptEntry("", { storedAtMs: Number.NaN }) }],
    ["tags that are no texts", { tags: [1] }],
    ["half a generation", { generation: 0.5 }],
  ])("with %s is not read", (_, wrong) => {
    const good = { entry: keptEntry("body"), tags: ["t"], generation: 3 };
    expect(decodeEntry("k", encodeEntry("k", good))).toEqual(good);
    expect(
      decodeEntry("k", encodeEntry("k", { ...good, ...wrong } as SharedEntry)),
    ).toBeUndefined();
  });
});
