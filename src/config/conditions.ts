/** Conditions held against each other: which is the narrower, which holds whenever another does, which never do both. */
import { isHostWithin } from "./host-pattern.ts";
import type { Conditions, FieldCondition } from "./route-settings.ts";

/** Conditions of one host at most: what is tried by itself. */
export interface SingleConditions {
  readonly host: string | undefined;
  readonly headers: readonly FieldCondition[];
  readonly query: readonly FieldCondition[];
}

/** One for each host, or one for all. */
export function singly({ hosts, headers, query }: Conditions): readonly SingleConditions[] {
  const all: readonly (string | undefined)[] = hosts.length === 0 ? [undefined] : hosts;
  return all.map((host) => ({ host, headers, query }));
}

/**
 * Which is tried first: below zero, `one`. A named host before names below one, the longer of these before the shorter,
 * either before none; then the more conditions; then the more values. What holds whenever another does comes after it,
 * so nothing is hidden behind what asks for less.
 */
export function compareConditions(one: SingleConditions, other: SingleConditions): number {
  return (
    hostRank(other.host) - hostRank(one.host) ||
    sizeOf(other) - sizeOf(one) ||
    valuesOf(other) - valuesOf(one)
  );
}

/** A name is narrower than whatever is below one, which the longer its name the fewer there are. */
function hostRank(host: string | undefined): number {
  if (host === undefined) return 0;
  return host.startsWith("*.") ? host.length : Number.MAX_SAFE_INTEGER;
}

function sizeOf({ headers, query }: SingleConditions): number {
  return headers.length + query.length;
}

function valuesOf({ headers, query }: SingleConditions): number {
  return [...headers, ...query].filter(([, value]) => value !== true).length;
}

/** The same text for conditions that hold for the same requests. */
export function keyOfConditions({ host = "", headers, query }: SingleConditions): string {
  return JSON.stringify([host, inOrder(headers), inOrder(query)]);
}

function inOrder(fields: readonly FieldCondition[]): readonly FieldCondition[] {
  return [...fields].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Whether `other` holds whenever `one` does. */
export function implies(one: SingleConditions, other: SingleConditions): boolean {
  const isWithin =
    other.host === undefined || (one.host !== undefined && isHostWithin(one.host, other.host));
  return isWithin && covers(one.headers, other.headers) && covers(one.query, other.query);
}

function covers(one: readonly FieldCondition[], other: readonly FieldCondition[]): boolean {
  return other.every(([name, value]) =>
    one.some(([given, has]) => given === name && (value === true || value === has)),
  );
}

/** Whether no request can have both. A query may have several values of a name, a field has one. */
export function excludes(one: SingleConditions, other: SingleConditions): boolean {
  if (one.host !== undefined && other.host !== undefined) {
    if (!isHostWithin(one.host, other.host) && !isHostWithin(other.host, one.host)) return true;
  }
  return one.headers.some(([name, value]) =>
    other.headers.some(
      ([given, has]) => given === name && value !== true && has !== true && value !== has,
    ),
  );
}

/** For people: `host api.example.com, header x-canary: 1, query v`. */
export function formatConditions({ hosts, headers, query }: Conditions): string {
  const pair =
    (mark: string) =>
    ([name, value]: FieldCondition): string =>
      value === true ? name : `${name}${mark}${value}`;
  return [
    ...(hosts.length === 0 ? [] : [`host ${hosts.join(" or ")}`]),
    ...headers.map((field) => `header ${pair(": ")(field)}`),
    ...query.map((field) => `query ${pair("=")(field)}`),
  ].join(", ");
}
