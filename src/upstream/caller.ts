/** Who a call is made for, as far as its service can tell. */
import type { RequestContext } from "../core/context.ts";

/** The forwarded values of one caller, in a form that can be part of a key. */
export function callerOf({ headers }: RequestContext, forward: readonly string[]): string {
  let caller = "";
  for (const name of forward) {
    caller += `${caller === "" ? "" : "\n"}${name}:${JSON.stringify(headers[name] ?? null)}`;
  }
  return caller;
}
