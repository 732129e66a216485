/** What a path parameter stands for across services: `{id}` of `/customers/{id}` is a `customerId`. */
import { identifierFrom } from "../gen/emit/printer.ts";

/** Names that say nothing without the segment before them. */
const VAGUE = new Set(["id", "uuid", "guid", "key", "slug", "code", "name", "number", "no", "sid"]);

/** An identifier for the parameter `name` of the template `path`. */
export function parameterMeaning(path: string, name: string): string {
  const own = identifierFrom(name, "id");
  const before = path.slice(0, Math.max(0, path.indexOf(`{${name}}`)));
  const segment = before
    .split("/")
    .filter((part) => part !== "" && !part.includes("{"))
    .at(-1);
  if (!VAGUE.has(own.toLowerCase()) || segment === undefined) return own;
  const owner = identifierFrom(singular(segment), "item");
  return `${owner.charAt(0).toLowerCase()}${owner.slice(1)}${own.charAt(0).toUpperCase()}${own.slice(1)}`;
}

/** Good enough for names: `categories` -> `category`, `boxes` -> `box`, `orders` -> `order`. */
function singular(word: string): string {
  if (/ies$/i.test(word)) return word.replace(/ies$/i, "y");
  if (/(ss|sh|ch|x|z|tus|ias)es$/i.test(word)) return word.slice(0, -2);
  return /[^su]s$/i.test(word) ? word.slice(0, -1) : word;
}
