/** What a store is: values by key, for a time, within bounds. */

export interface Entry {
  /** How long the value may be given out. */
  readonly ttlMs: number;
  /** What the value weighs, for the store's bound. */
  readonly bytes: number;
}

export interface Store<Value> {
  /** The value as it was set, not a copy: treat it as read-only. */
  get(key: string): Value | undefined;
  /** False when the value alone is beyond the bounds, and is not kept. */
  set(key: string, value: Value, entry: Entry): boolean;
  delete(key: string): void;
  clear(): void;
  /** Frees timers and values. */
  close(): void;
  readonly entries: number;
  readonly bytes: number;
}
