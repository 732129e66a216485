/** What a service's second attempts are paid from: at most a share of its calls, so that retries never make an outage worse. */

/** So many retries may be saved up: after a quiet time, and for services that are seldom called. */
const MAX_TOKENS = 10;
/** Sums of shares such as 0.2 fall short of a whole by a few units in the last place. */
const EPSILON = 1e-9;

/** A token bucket that every call fills a little. It starts full, or the first failure of all could not be mended. */
export class RetryBudget {
  readonly #share: number;
  #tokens = MAX_TOKENS;

  /** @param share of calls that may be retries, from 0 to 1. */
  constructor(share: number) {
    this.#share = share;
  }

  /** A call is made. */
  earn(): void {
    const tokens = this.#tokens + this.#share;
    this.#tokens = tokens > MAX_TOKENS ? MAX_TOKENS : tokens;
  }

  /** Pays for one second attempt; false: there is nothing left to pay it from. */
  spend(): boolean {
    if (this.#tokens < 1 - EPSILON) return false;
    this.#tokens -= 1;
    return true;
  }

  state(): { readonly tokens: number } {
    return { tokens: Math.floor(this.#tokens + EPSILON) };
  }
}
