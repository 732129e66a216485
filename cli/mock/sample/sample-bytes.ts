/** Bytes that a reader of the media type can read: the smallest image, document or archive, else a few by chance. */
import { createRandom, hash } from "../random.ts";

const fromHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));

/** One pixel, one empty page, no entry. */
const SMALLEST: Readonly<Record<string, () => Uint8Array>> = {
  "image/png": () =>
    fromHex(
      "89504e470d0a1a0a0000000d4948445200000001000000010806000000" +
        "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082",
    ),
  "image/gif": () =>
    fromHex(
      "47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b",
    ),
  "image/svg+xml": () =>
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'),
  "application/pdf": () =>
    Buffer.from(
      "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n" +
        "2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
    ),
  "application/zip": () => fromHex(`504b0506${"00".repeat(18)}`),
  "application/gzip": () => fromHex("1f8b08000000000000030300000000000000000000"),
  "application/x-tar": () => new Uint8Array(1024),
};

/** @param at part of the draw, for media types that have no smallest form here. */
export function sampleBytes(mediaType: string, at: string): Uint8Array {
  const essence = mediaType.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  const smallest = Object.hasOwn(SMALLEST, essence) ? SMALLEST[essence] : undefined;
  if (smallest !== undefined) return smallest();
  const random = createRandom(hash(at));
  return Uint8Array.from({ length: 64 }, () => random.between(0, 255));
}
