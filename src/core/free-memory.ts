/** Gives the memory of bytes that have gone on back at once: the collector lets tens of megabytes of them gather first. */
import { MessageChannel } from "node:worker_threads";

/** Where bytes are fewer, the collector is the cheaper way. */
export const FREED_BYTES = 4_096;

/**
 * What is transferred to a port that is closed goes nowhere, and its memory is free. `ArrayBuffer.prototype.transfer` is
 * not there in Node.js 20, and would take the pool from under all small buffers; this refuses to.
 */
const { port1: nowhere } = new MessageChannel();
nowhere.close();

/**
 * Every view of this memory is empty from here on: nobody may have one that is still to be read, the system neither, which
 * reads what is being written. Memory that is the pool's stays.
 */
export function freeMemory(memory: ArrayBufferLike): void {
  try {
    nowhere.postMessage(null, [memory as ArrayBuffer]);
  } catch {
    // Not anyone's to give away: the collector's.
  }
}

/** Whether these bytes are all there is in their memory, so that nobody else's can be. */
export function isWhole({ byteLength, buffer }: Uint8Array): boolean {
  return byteLength === buffer.byteLength;
}
