/** Bounds how deep a document nests, so that everything behind may recurse. */

/** The way to the first place beyond the limit; `undefined`: there is none. Recurses at most `limit` deep. */
export function tooDeepAt(value: unknown, limit: number): string[] | undefined {
  const way: string[] = [];

  function visit(node: object): boolean {
    if (way.length >= limit) return true;
    if (Array.isArray(node)) {
      for (let index = 0; index < node.length; index += 1) {
        const child: unknown = node[index];
        if (typeof child === "object" && child !== null && enter(String(index), child)) return true;
      }
      return false;
    }
    const record = node as Record<string, unknown>;
    for (const key of Object.keys(record)) {
      const child = record[key];
      if (typeof child === "object" && child !== null && enter(key, child)) return true;
    }
    return false;
  }

  function enter(key: string, child: object): boolean {
    way.push(key);
    if (visit(child)) return true;
    way.pop();
    return false;
  }

  return typeof value === "object" && value !== null && visit(value) ? way : undefined;
}
