/** The observers of a histogram, one for each set of labels. */

interface Child {
  observe(seconds: number): void;
}

type MakeChild = (first: string, second: string, third: string | number) => Child;

/** Finds the observer of three labels, and makes it once. A map in a map costs less than a key put together every time. */
export function createChildren(make: MakeChild): MakeChild {
  const root = new Map<string, Map<string, Map<string | number, Child>>>();
  return function childOf(first, second, third) {
    const known = root.get(first)?.get(second)?.get(third);
    if (known !== undefined) return known;
    const child = make(first, second, third);
    const seconds = root.get(first) ?? new Map<string, Map<string | number, Child>>();
    const thirds = seconds.get(second) ?? new Map<string | number, Child>();
    root.set(first, seconds.set(second, thirds.set(third, child)));
    return child;
  };
}

/** The same for two labels, of whatever there is one of for each. */
export function createPairs<One>(
  make: (first: string, second: string) => One,
): (first: string, second: string) => One {
  const root = new Map<string, Map<string, One>>();
  return function pairOf(first, second) {
    const known = root.get(first)?.get(second);
    if (known !== undefined) return known;
    const one = make(first, second);
    const seconds = root.get(first) ?? new Map<string, One>();
    root.set(first, seconds.set(second, one));
    return one;
  };
}
