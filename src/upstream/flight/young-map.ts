/** A map for what comes and goes all the time: it never grows old. */

/** Fewer and entries are moved too often; more and the map is old before it is replaced. */
const MOST_ADDED = 512;

/**
 * A `Map` that is replaced by a new one after so many additions. Under a constant coming and going V8 replaces a map's
 * table again and again, each old table holds on to the next, and once one of them is old the collector carries all that
 * was ever under way into the old generation with it.
 */
export class YoungMap<Value> {
  #map = new Map<string, Value>();
  #added = 0;

  get(key: string): Value | undefined {
    return this.#map.get(key);
  }

  set(key: string, value: Value): void {
    this.#added += 1;
    if (this.#added > Math.max(MOST_ADDED, 2 * this.#map.size)) {
      this.#map = new Map(this.#map);
      this.#added = this.#map.size;
    }
    this.#map.set(key, value);
  }

  delete(key: string): void {
    this.#map.delete(key);
  }

  get size(): number {
    return this.#map.size;
  }
}
