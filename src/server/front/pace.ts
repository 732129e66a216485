/** Whether something that comes in bytes comes fast enough: never still for too long, and not too slow in any such time. */

export interface PaceLimits {
  /** How long nothing may come; and when the rate begins to count. */
  readonly timeoutMs: number;
  readonly minBytesPerSecond: number;
}

export class Pace {
  readonly #limits: PaceLimits;
  #bytes: number;
  #growthBytes: number;
  #stillMs = 0;
  #wholeMs = 0;
  #wholeBytes = 0;

  /**
   * @param bytes that had come when the watch began.
   * @param growthBytes that buffers on the way may take as they grow, without anybody reading: up to so many, bytes that
   * come take back half of the time for which there were none, and not all of it.
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
  }

  /** Nothing is to come for now: time does not count, bytes that have come since the last look do. @returns how many */
  rest(bytes: number): number {
    const come = bytes - this.#bytes;
    this.#bytes = bytes;
    this.#growthBytes -= come;
    if (come > 0) this.#stillMs = this.#growthBytes > 0 ? this.#stillMs / 2 : 0;
    return come;
  }

  /** @returns whether it is too slow, `bytes` having come altogether, and `ms` having passed since the last look. */
  isTooSlow(bytes: number, ms: number): boolean {
    const come = this.rest(bytes);
    if (come === 0) this.#stillMs += ms;
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
