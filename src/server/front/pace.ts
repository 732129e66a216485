/** Whether something that comes in bytes comes fast enough: never still for too long, and not too slow on the whole. */

export interface PaceLimits {
  /** How long nothing may come; and when the rate begins to count. */
  readonly timeoutMs: number;
  readonly minBytesPerSecond: number;
}

export class Pace {
  readonly #limits: PaceLimits;
  #bytes: number;
  #stillMs = 0;
  #wholeMs = 0;
  #wholeBytes = 0;

  /** @param bytes that had come when the watch began. */
  constructor(limits: PaceLimits, bytes: number) {
    this.#limits = limits;
    this.#bytes = bytes;
  }

  /** Not the other side's fault: what passed until now does not count against it. */
  excuse(bytes: number): void {
    this.#bytes = bytes;
    this.#stillMs = 0;
  }

  /** @returns whether it is too slow, `bytes` having come altogether, and `ms` having passed since the last look. */
  isTooSlow(bytes: number, ms: number): boolean {
    const come = bytes - this.#bytes;
    this.#bytes = bytes;
    this.#stillMs = come === 0 ? this.#stillMs + ms : 0;
    this.#wholeMs += ms;
    this.#wholeBytes += come;
    const { timeoutMs, minBytesPerSecond } = this.#limits;
    if (this.#stillMs >= timeoutMs) return true;
    const least = (minBytesPerSecond * this.#wholeMs) / 1_000;
    return this.#wholeMs >= timeoutMs && this.#wholeBytes < least;
  }
}
