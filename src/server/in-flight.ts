/** The answers that are not complete: counted for metrics, waited for by a stop. */
import type { ServerResponse } from "node:http";

/** Where an answer is kept while it is in flight. */
interface Place {
  readonly res: ServerResponse;
  index: number;
}

export interface InFlight {
  readonly size: number;
  /** What is added is taken out once, by {@link InFlight.delete} of what this returns. */
  add(res: ServerResponse): Place;
  delete(place: Place): void;
  /** The answers in flight now. */
  all(): ServerResponse[];
  /** Resolves when there is none. */
  drained(): Promise<void>;
  /** Asks those that have no end of their own (event streams, tunnels) to end as soon as they can do so cleanly. */
  drain(): void;
  /** {@link InFlight.drain} was called. */
  readonly isDraining: boolean;
  /** Asks to be called once by {@link InFlight.drain}; at once when that has been called. */
  onDrain(end: () => void): void;
  offDrain(end: () => void): void;
}

/**
 * A list in which the last takes the place of one that leaves. Not a `Set`: under a constant coming and going V8
 * replaces a set's table again and again, each old table holds on to the next and to the answers that were in flight,
 * and so the collector carries nearly every request into the old generation (a tenth of a request's price).
 */
export function createInFlight(): InFlight {
  const places: Place[] = [];
  let waiting: (() => void)[] = [];
  const endless = new Set<() => void>();
  let isDraining = false;
  return {
    get isDraining() {
      return isDraining;
    },
    drain() {
      isDraining = true;
      const asked = [...endless];
      endless.clear();
      for (const end of asked) end();
    },
    onDrain(end) {
      if (isDraining) end();
      else endless.add(end);
    },
    offDrain: (end) => void endless.delete(end),
    get size() {
      return places.length;
    },
    add(res) {
      const place = { res, index: places.length };
      places.push(place);
      return place;
    },
    delete(place) {
      const last = places.pop();
      if (last !== undefined && last !== place) {
        last.index = place.index;
        places[place.index] = last;
      }
      if (places.length > 0 || waiting.length === 0) return;
      for (const resolve of waiting) resolve();
      waiting = [];
    },
    all: () => places.map(({ res }) => res),
    drained() {
      return new Promise((resolve) => {
        if (places.length === 0) resolve();
        else waiting.push(resolve);
      });
    },
  };
}
