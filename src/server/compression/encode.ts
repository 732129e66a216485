/** Compresses a body: short ones at once, long ones in another thread. */
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from "node:zlib";
import type { Coding } from "../../http/content-coding.ts";

/** Longer bodies would hold up every other request for as long as they take. */
const MAX_SYNC_BYTES = 16_384;
/** Of eleven: above this brotli takes several times as long for a few per cent. */
const BROTLI_QUALITY = 4;

/** Undefined: it would not be any shorter. */
export function encode(
  coding: Coding,
  body: Buffer,
): Buffer | undefined | Promise<Buffer | undefined> {
  const shorter = (coded: Buffer): Buffer | undefined =>
    coded.byteLength < body.byteLength ? coded : undefined;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: body.byteLength,
  };
  if (body.byteLength <= MAX_SYNC_BYTES) {
    return shorter(coding === "br" ? brotliCompressSync(body, { params }) : gzipSync(body));
  }
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, coded: Buffer): void => {
      if (error === null) resolve(shorter(coded));
      else reject(error);
    };
    if (coding === "br") brotliCompress(body, { params }, done);
    else gzip(body, done);
  });
}
