/** A path in an answer as the index writes it: `/lines/*`, as a JSON pointer (RFC 6901 §4) would. */
export function fieldOf(path: readonly string[]): string {
  return path.map((name) => `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
