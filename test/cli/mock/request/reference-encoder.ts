/** Writes values as the table of OpenAPI 3.1.1 §4.8.12.4 shows, the plainest way there is. */

export type Value = string | readonly string[] | Readonly<Record<string, string>>;

const percent = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*.~_-]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const entriesOf = (value: Value): [string, string][] =>
  typeof value === "string" ? [] : Object.entries(value);

function join(value: Value, between: string, pairing: string): string {
  if (typeof value === "string") return percent(value);
  if (Array.isArray(value)) return value.map(percent).join(between);
  return entriesOf(value)
    .map(([key, item]) => `${percent(key)}${pairing}${percent(item)}`)
    .join(between);
}

export function simple(value: Value, explode: boolean): string {
  return join(value, ",", explode ? "=" : ",");
}

export function label(value: Value, explode: boolean): string {
  return `.${join(value, explode ? "." : ",", explode ? "=" : ",")}`;
}

export function matrix(name: string, value: Value, explode: boolean): string {
  if (typeof value === "string") return `;${name}=${percent(value)}`;
  if (!explode) return `;${name}=${join(value, ",", ",")}`;
  if (Array.isArray(value)) return value.map((item) => `;${name}=${percent(item)}`).join("");
  return entriesOf(value)
    .map(([key, item]) => `;${percent(key)}=${percent(item)}`)
    .join("");
}

export function form(name: string, value: Value, explode: boolean, delimiter = ","): string {
  if (typeof value === "string" || !explode) return `${name}=${join(value, delimiter, delimiter)}`;
  if (Array.isArray(value)) return value.map((item) => `${name}=${percent(item)}`).join("&");
  return entriesOf(value)
    .map(([key, item]) => `${percent(key)}=${percent(item)}`)
    .join("&");
}

export type Tree = string | readonly Tree[] | { readonly [name: string]: Tree };

/** `deepObject`, as far down as the value goes. */
export function deep(name: string, value: Tree): string {
  if (typeof value === "string") return `${percent(name)}=${percent(value)}`;
  return Object.entries(value)
    .map(([key, item]) => deep(`${name}[${key}]`, item as Tree))
    .join("&");
}
