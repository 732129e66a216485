/** Makes camelCase names of whatever a document says. */

/** The words of ASCII letters and digits in a text; accents are taken off, other scripts have none. */
export function wordsOf(text: string): string[] {
  const plain = text.normalize("NFD").replaceAll(/[\u0300-\u036f]/g, "");
  return plain.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
}

/** Capitals inside of words stay: `["actions", "list", "ReposJSON"]` is `actionsListReposJSON`. */
export function camelCase(words: readonly string[]): string {
  const [first = "", ...rest] = words;
  // A first word all in capitals is an abbreviation or a method.
  const head =
    first === first.toUpperCase()
      ? first.toLowerCase()
      : first.charAt(0).toLowerCase() + first.slice(1);
  const name = head + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  return /^\d/.test(name) ? `_${name}` : name;
}
