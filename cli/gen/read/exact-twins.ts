/** Finds again, in a value that was read with every digit, what stands in the value that was read with doubles. */

/** Object or array -> the same one, with exact integers. Empty where a file has none. */
export type Twins = ReadonlyMap<object, object>;

/** @param exact the same document, or undefined. */
export function findTwins(value: unknown, exact: unknown): Twins {
  const twins = new Map<object, object>();
  const queue: [unknown, unknown][] = [[value, exact]];
  for (let pair = queue.pop(); pair !== undefined; pair = queue.pop()) {
    const [one, other] = pair;
    if (!isContainer(one) || !isContainer(other) || twins.has(one)) continue;
    twins.set(one, other);
    for (const key of Object.keys(one)) queue.push([memberOf(one, key), memberOf(other, key)]);
  }
  return twins;
}

/** The member as its file's text has it; what is not of the file stays as it is. */
export function exactMember(twins: Twins, holder: object, key: string): unknown {
  const value = memberOf(holder, key);
  if (isContainer(value)) return twins.get(value) ?? value;
  const twin = twins.get(holder);
  return twin === undefined ? value : memberOf(twin, key);
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function memberOf(holder: object, key: string): unknown {
  return Object.hasOwn(holder, key) ? (holder as Record<string, unknown>)[key] : undefined;
}
