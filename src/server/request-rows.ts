/** What single connections send in one go, turn by turn of the event loop: pipelined requests, or streams of HTTP/2. */

/**
 * All that has come of a connection is read in one go, thousands of pipelined requests among it. What follows in the same
 * turn on other connections is not to answer for the time that this takes.
 */
export class RequestRows {
  #latest: object | undefined;
  #latestMs = 0;
  #isRow = false;
  #ownMs = 0;
  #othersMs = 0;
  #count = 0;
  #countBefore = 0;

  /** Whether the latest request came behind another on its connection. */
  get isRow(): boolean {
    return this.#isRow;
  }

  /** How long the rows of other connections than the latest have taken in this turn. */
  get othersMs(): number {
    return this.#othersMs;
  }

  /** How long the row of the latest has taken, times as many as there are to share a turn. */
  get sharedMs(): number {
    return this.#ownMs * Math.max(this.#count, this.#countBefore);
  }

  /** A turn begins. */
  begin(): void {
    this.#latest = undefined;
    this.#isRow = false;
    this.#ownMs = 0;
    this.#othersMs = 0;
    this.#countBefore = this.#count;
    this.#count = 0;
  }

  /** The next request of the turn has come. */
  follow(connection: object, now: number): void {
    const ms = now - this.#latestMs;
    this.#latestMs = now;
    if (connection === this.#latest) {
      if (!this.#isRow) this.#count += 1;
      this.#isRow = true;
      this.#ownMs += ms;
      return;
    }
    this.#latest = connection;
    // What was only begun of a row goes on when all of it has been read.
    if (this.#isRow) this.#othersMs += this.#ownMs + ms;
    this.#isRow = false;
    this.#ownMs = 0;
  }
}
