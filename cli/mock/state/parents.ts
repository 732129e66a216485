/** The path parameters above a collection, called as its objects call them. */
import type { Item } from "./collections.ts";
import type { Resource } from "./find-resources.ts";
import { plain } from "./json-shapes.ts";

/** `{id}` of `/customers/{id}/addresses` is the `customerId` of an address, not its `id`. */
export function parentsOf(
  { collection, item, idProperty }: Resource,
  path: Item,
): Record<string, unknown> {
  const parents: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(path)) {
    if (name === item?.parameter.name && !collection.includes(`{${name}}`)) continue;
    const isOwn = plain(name) === "id" || plain(name) === plain(idProperty);
    parents[isOwn ? `${ownerOf(collection, name)}Id` : name] = value;
  }
  return parents;
}

/** The literal before a parameter, in the singular. */
function ownerOf(collection: string, name: string): string {
  const before = collection.slice(0, Math.max(0, collection.indexOf(`/{${name}}`)));
  const literal = before.slice(before.lastIndexOf("/") + 1);
  return literal.replace(/ies$/, "y").replace(/s$/, "");
}
