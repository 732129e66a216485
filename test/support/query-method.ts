/** Servers of Node.js before 20.20 (and 22.2) refuse QUERY as a method that they do not know. */
import { METHODS } from "node:http";

export const takesQuery = METHODS.includes("QUERY");

/** The name of a test that needs it, which says why where it is skipped. */
export function withQuery(name: string): string {
  return takesQuery ? name : `${name} (skipped: this Node.js cannot receive QUERY)`;
}
