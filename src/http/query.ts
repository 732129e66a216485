/** A query as names and values (WHATWG URL §5.1), but strict: what cannot be decoded is refused, not guessed. */

/** Null-prototype. A name that occurs more than once holds an array. */
export type Query = Record<string, string | string[] | undefined>;

/** Shared by all requests without a query. */
export const NO_QUERY: Query = Object.freeze(Object.create(null));

/**
 * Reads a query, without `?`.
 * @throws URIError when a percent-encoding is invalid.
 */
export function parseQuery(text: string | undefined): Query {
  if (text === undefined || text === "") return NO_QUERY;
  const query: Query = Object.create(null);
  for (const pair of text.split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const name = decode(equals === -1 ? pair : pair.slice(0, equals));
    const value = equals === -1 ? "" : decode(pair.slice(equals + 1));
    const before = query[name];
    if (before === undefined) query[name] = value;
    else if (typeof before === "string") query[name] = [before, value];
    else before.push(value);
  }
  return query;
}

function decode(text: string): string {
  const spaced = text.includes("+") ? text.replaceAll("+", " ") : text;
  return spaced.includes("%") ? decodeURIComponent(spaced) : spaced;
}
