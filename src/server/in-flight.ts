/** The answers that are not complete: counted for metrics, waited for by a stop. */
import type { ServerResponse } from "node:http";

export interface InFlight extends Iterable<ServerResponse> {
  readonly size: number;
  add(res: ServerResponse): void;
  delete(res: ServerResponse): void;
  /** Resolves when there is none. */
  drained(): Promise<void>;
}

export function createInFlight(): InFlight {
  const answers = new Set<ServerResponse>();
  let waiting: (() => void)[] = [];
  return {
    get size() {
      return answers.size;
    },
    add(res) {
      answers.add(res);
    },
    delete(res) {
      answers.delete(res);
      if (answers.size > 0 || waiting.length === 0) return;
      for (const resolve of waiting) resolve();
      waiting = [];
    },
    drained() {
      return new Promise((resolve) => {
        if (answers.size === 0) resolve();
        else waiting.push(resolve);
      });
    },
    [Symbol.iterator]: () => answers.values(),
  };
}
