/** Whether something that comes in bytes comes fast enough: never still for too long, and not too slow in any such time. */

export interface PaceLimits {
  /** How long nothing may come; and when the rate begins to count. */
  readonly timeoutMs: number;
  readonly minBytesPerSecond: number;
}

/**
 * A buffer that is full tells of room only when a good part of it is free: who reads steadily is seen to take it in steps,
 * each after a stand of about the same length, with some to spare.
 */
const NEXT_STAND = 1.25;

export class Pace {
  readonly #limits: PaceLimits;
  #bytes: number;
  #growthBytes: number;
  #stillMs = 0;
  /** Of the time for which there were none, the part since the last that came. */
  #standMs = 0;
  #wholeMs = 0;
  #wholeBytes = 0;

  /**
   * @param bytes that had come when the watch began.
   * @param growthBytes that buffers on the way may take as they grow, without anybody reading: up to so many, bytes that
   * come take back half of the time for which there were none, and not all of it. Always so much that another stand as
   * long as the last is not the end: whoever comes back in time each time is not too slow.
   */
  constructor(limits: PaceLimits, bytes: number, growthBytes = 0) {
    this.#limits = limits;
    this.#bytes = bytes;
    this.#growthBytes = growthBytes;
  }

  /** Not the other side's fault: what passed until now does not count against it. */
  excuse(bytes: number): void {
    this.#bytes = bytes;
    this.#stillMs = 0;
    this.#standMs = 0;
  }

  /** Nothing is to come for now: time does not count, bytes that have come since the last look do. @returns how many */
  rest(bytes: number): number {
    const come = bytes - this.#bytes;
    this.#bytes = bytes;
    this.#growthBytes -= come;
    if (come > 0) this.#goOn();
    return come;
  }

  #goOn(): void {
    const room = this.#limits.timeoutMs - NEXT_STAND * this.#standMs;
    this.#stillMs = this.#growthBytes > 0 ? Math.max(0, Math.min(this.#stillMs / 2, room)) : 0;
    this.#standMs = 0;
  }

  /** @returns whether it is too slow, `bytes` having come altogether, and `ms` having passed since the last look. */
  isTooSlow(bytes: number, ms: number): boolean {
    const come = this.rest(bytes);
    if (come === 0) {
      this.#stillMs += ms;
      this.#standMs += ms;
    }
    this.#wholeMs += ms;
    this.#wholeBytes += come;
    const { timeoutMs, minBytesPerSecond } = this.#limits;
    if (this.#stillMs >= timeoutMs) return true;
    if (this.#wholeMs < timeoutMs) return false;
    const least = (minBytesPerSecond * this.#wholeMs) / 1_000;
    const isSlow = this.#wholeBytes < least;
    // Anew: whoever was fast once would be so for ever.
    this.#wholeMs = 0;
    this.#wholeBytes = 0;
    return isSlow;
  }
}
