/** Resolves the names of a service's addresses at an interval, and tells when they stand for other places. */
import { lookup } from "node:dns/promises";
import type { Address } from "../../core/addressing.ts";
import { nameIn, type Place } from "./target.ts";

/** All places of a name. Rejects, or resolves to none, where it has none. */
export type Resolve = (name: string) => Promise<readonly Place[]>;

/** As the system resolves it, its hosts file included. */
export const resolveBySystem: Resolve = (name) => lookup(name, { all: true });

export type Places = ReadonlyMap<string, readonly Place[]>;

export interface NameWatchOptions {
  readonly everyMs: number;
  readonly resolve: Resolve;
  readonly addresses: () => readonly Address[];
  /** Places have changed. */
  readonly changed: (places: Places) => void;
}

export interface NameWatch {
  /** What is known of every name. */
  readonly places: Places;
  /** Resolves now; addresses may have changed. */
  refresh(): void;
  close(): void;
}

/** A name that cannot be resolved keeps the places that it had. */
export function watchNames(options: NameWatchOptions): NameWatch {
  const { everyMs, resolve, addresses, changed } = options;
  const places = new Map<string, readonly Place[]>();
  let isClosed = false;
  let running: Promise<void> | undefined;
  let isWantedAgain = false;

  async function refreshAll(): Promise<void> {
    const names = new Set(addresses().flatMap(({ url }) => nameIn(url) ?? []));
    for (const name of places.keys()) if (!names.has(name)) places.delete(name);
    const results = await Promise.all([...names].map(placesOf));
    if (isClosed || !results.includes(true)) return;
    changed(places);
  }

  /** Whether they have changed. */
  async function placesOf(name: string): Promise<boolean> {
    const found = oneFamily(await resolve(name).catch(() => []));
    if (found.length === 0 || isSame(found, places.get(name) ?? [])) return false;
    places.set(name, found);
    return true;
  }

  function refresh(): void {
    if (running !== undefined) {
      isWantedAgain = true;
      return;
    }
    running = refreshAll().finally(() => {
      running = undefined;
      if (isWantedAgain && !isClosed) {
        isWantedAgain = false;
        refresh();
      }
    });
  }

  const timer = setInterval(refresh, everyMs).unref();
  refresh();
  return {
    places,
    refresh,
    close() {
      isClosed = true;
      clearInterval(timer);
    },
  };
}

/**
 * Every place once. Of a name that has both kinds, those of IPv4: a machine without a route for IPv6 is told of them
 * all the same, and here nobody races the two (RFC 8305) for each connection.
 */
function oneFamily(places: readonly Place[]): Place[] {
  const family = places.some((place) => place.family === 4) ? 4 : 6;
  const byAddress = new Map(
    places.filter((place) => place.family === family).map((place) => [place.address, place]),
  );
  return [...byAddress.values()].sort((one, other) => (one.address < other.address ? -1 : 1));
}

function isSame(some: readonly Place[], others: readonly Place[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ address }, index) => address === others[index]?.address)
  );
}
