/** Hosts as conditions name them: a name, an address, or every name below one. */
import { isAuthority } from "../http/authority.ts";
import type { Rule } from "./rules.ts";

const WILD = "*.";

export const aHostPattern: Rule = (text) => {
  const name = text.startsWith(WILD) ? text.slice(WILD.length) : text;
  if (name === "") return "is empty";
  if (name.includes("*")) return 'has a "*" that is not its whole first label';
  if (text !== name && name.startsWith("[")) return "has names below an address";
  if (!isAuthority(name) || name.includes("%")) return "is not a host";
  if (/:\d*$/.test(name.replace(/^\[.*\]/, ""))) return "has a port";
  return undefined;
};

/** The host of an authority as conditions are held against it: lower case, without port and without the root's dot. */
export function hostOf(authority: string): string {
  const colon = authority.lastIndexOf(":");
  const host = colon > authority.lastIndexOf("]") ? authority.slice(0, colon) : authority;
  const name = host.endsWith(".") ? host.slice(0, -1) : host;
  return name.toLowerCase();
}

/** Whether a host (as {@link hostOf} tells it) is one that a pattern names. */
export function isHostOf(pattern: string, host: string): boolean {
  if (!pattern.startsWith(WILD)) return pattern === host;
  return host.length >= pattern.length && host.endsWith(pattern.slice(1));
}

/** Whether every host of `one` is a host of `other`. */
export function isHostWithin(one: string, other: string): boolean {
  return one === other || (other.startsWith(WILD) && one.endsWith(other.slice(1)));
}
