/** Which endpoints take calls: all that are well, and of the others as many as the floor keeps. */
import type { Random } from "../chance.ts";
import type { Endpoint } from "./endpoint.ts";
import { createPicker, type Picker } from "./pick.ts";

export interface Rotation {
  readonly all: readonly Endpoint[];
  pick: Picker<Endpoint>;
  has(endpoint: Endpoint): boolean;
  /** Whether one more could be left out. */
  hasRoom(): boolean;
  /** Those there are from now on. */
  set(endpoints: readonly Endpoint[]): void;
  /** Looks anew who is well. */
  refresh(): void;
}

/** @param share of the endpoints that may be left out; one is always kept */
export function createRotation(share: number, random: Random): Rotation {
  let all: readonly Endpoint[] = [];
  /** In the order in which they fell ill: who was first to go stays out. */
  let sick: readonly Endpoint[] = [];
  let used: ReadonlySet<Endpoint> = new Set();

  function mostOut(): number {
    return Math.min(Math.floor(all.length * share), all.length - 1);
  }

  function refresh(): void {
    const known = new Set(sick);
    sick = [
      ...sick.filter((one) => one.isSick && all.includes(one)),
      ...all.filter((one) => one.isSick && !known.has(one)),
    ];
    const out = new Set(sick.slice(0, Math.max(0, mostOut())));
    const rest = all.filter((one) => !out.has(one));
    used = new Set(rest);
    rotation.pick = createPicker(rest, random);
  }

  const rotation: Rotation = {
    get all() {
      return all;
    },
    pick: () => undefined,
    has: (endpoint) => used.has(endpoint),
    hasRoom: () => all.length - used.size < mostOut(),
    set(endpoints) {
      all = endpoints;
      refresh();
    },
    refresh,
  };
  return rotation;
}
