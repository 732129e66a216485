/** The query of a composed route: `fields` is the gateway's, the rest is the composer's. */
import { problem } from "../core/errors.ts";
import { parseQuery, type Query } from "../http/query.ts";

export interface ComposedQuery {
  readonly query: Query;
  readonly fields: string | undefined;
}

const NO_QUERY: ComposedQuery = Object.freeze({ query: parseQuery(undefined), fields: undefined });

/** @throws GatewayError `bad-request` for an invalid percent-encoding. */
export function readComposedQuery(text: string | undefined): ComposedQuery {
  if (text === undefined || text === "") return NO_QUERY;
  let query: Query;
  try {
    query = parseQuery(text);
  } catch (cause) {
    throw problem("bad-request", { detail: "the query has an invalid percent-encoding" }, cause);
  }
  const { fields } = query;
  if (fields === undefined) return { query, fields };
  delete query.fields;
  return { query, fields: typeof fields === "string" ? fields : fields.join(",") };
}
