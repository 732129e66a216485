/** What everything that belongs to kept answers is called in Redis. */

export interface AnswerKeys {
  readonly entry: (key: string) => string;
  readonly lock: (key: string) => string;
  /** When the tag was invalidated last. */
  readonly tag: (tag: string) => string;
  /** How often something was invalidated. */
  readonly counter: string;
  /** When everything was invalidated last. */
  readonly everything: string;
  /** Where invalidations are published. */
  readonly channel: string;
}

export function answerKeys(prefix: string): AnswerKeys {
  return {
    entry: (key) => `${prefix}answer:${key}`,
    lock: (key) => `${prefix}lock:${key}`,
    tag: (tag) => `${prefix}tag:${tag}`,
    counter: `${prefix}invalidations`,
    everything: `${prefix}invalidated`,
    channel: `${prefix}invalidations`,
  };
}
