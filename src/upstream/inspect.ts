/** What the parts of the outbound side tell about themselves: for the admin page and for gauges. */

/** A layer, or what it keeps its state in. */
export interface Inspectable {
  /** Plain data, made when it is asked for. */
  state(): object;
}

/** Is handed every part that has something to tell, under a name that is unique within its service. */
export type Inspect = (name: string, part: Inspectable) => void;

/** What a service's parts tell, by name. */
export type ServiceState = Readonly<Record<string, object>>;

/** Collects the parts of one service. */
export function createInspection(): { readonly inspect: Inspect; state(): ServiceState } {
  const parts = new Map<string, Inspectable>();
  return {
    inspect(name, part) {
      if (parts.has(name)) throw new RangeError(`"${name}" tells its state already`);
      parts.set(name, part);
    },
    state: () => Object.fromEntries([...parts].map(([name, part]) => [name, part.state()])),
  };
}
