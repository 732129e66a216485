/** Names for things of the document, each of which only one thing has. */

/** The wanted name, with a number behind it where somebody else has it already. */
export type UniqueNames = (wanted: string) => string;

/** @param fallback the name of what has no letter that a name may have */
export function createUniqueNames(fallback: string): UniqueNames {
  const taken = new Set<string>();
  return (wanted) => {
    const base = wanted.replaceAll(/[^A-Za-z0-9._-]+/g, "_") || fallback;
    let name = base;
    for (let number = 2; taken.has(name); number += 1) name = `${base}${number}`;
    taken.add(name);
    return name;
  };
}

/** `orders` -> `Orders`, `order-line` and `order_line` -> `OrderLine`. */
export function pascalCase(text: string): string {
  return text
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}
