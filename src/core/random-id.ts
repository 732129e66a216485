/** Ids that nobody can guess, drawn from a pool of random bytes: one for every request. */
import { randomFillSync } from "node:crypto";

const BYTES = 16;
const POOL_BYTES = BYTES * 256;

const pool = Buffer.allocUnsafeSlow(POOL_BYTES);
let next = POOL_BYTES;

/** 128 random bits as 32 hexadecimal digits, the form of a trace id (W3C Trace Context §3.2.2.3). */
export function randomId(): string {
  if (next === POOL_BYTES) {
    randomFillSync(pool);
    next = 0;
  }
  const from = next;
  next += BYTES;
  return pool.toString("hex", from, next);
}
