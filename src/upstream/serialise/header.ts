/** Header fields and cookies of an operation: style `simple` (not percent-encoded) and `form`. */
import { stringifyJson } from "../../core/exact-json.ts";
import { isFieldValue } from "../../http/header-value.ts";
import { isJson } from "../../http/media-type.ts";
import type { ParameterPlan } from "../plan.ts";
import { encodeNot, encodeReserved, encodeStrict } from "./percent.ts";
import { impossibleInput, invalidInput, type Place, placeIn } from "./place.ts";
import { expandPairs, joinMembers, type PairStyle } from "./style.ts";
import { memberText, toExpandable } from "./values.ts";

export type Fields = Record<string, string | string[]>;
type Values = Readonly<Record<string, unknown>>;

/** Compiles what adds an operation's header fields; undefined when it has none. */
export function compileHeaders(
  plans: readonly ParameterPlan[] = [],
  operation: Place,
): ((values: Values | undefined, fields: Fields) => void) | undefined {
  if (plans.length === 0) return undefined;
  const writers = plans.map((plan) => compileHeader(plan, placeIn(operation, "header", plan.name)));
  return function writeHeaders(values = NOTHING, fields) {
    for (const write of writers) write(values, fields);
  };
}

const NOTHING: Values = {};

function compileHeader(
  plan: ParameterPlan,
  place: Place,
): (values: Values, fields: Fields) => void {
  const { name, explode, mediaType, required } = plan;
  const field = name.toLowerCase();

  function textOf(given: unknown): string | undefined {
    if (given === undefined || given === null) return undefined;
    if (mediaType !== undefined && isJson(mediaType)) return stringifyJson(given);
    const value = toExpandable(given, place);
    if (typeof value !== "object") return value;
    return joinMembers(value, encodeNot, ",", place, explode ? "=" : ",");
  }

  return function writeHeader(values, fields) {
    // Field names are case-insensitive (RFC 9110 §5.1), but inputs are written as the document has them.
    const text = textOf(values[name]);
    if (text !== undefined) fields[field] = checkField(text, place);
    else if (required) throw impossibleInput(place, "is needed");
  };
}

/** The text, if a header field can carry it. */
export function checkField(text: string, place: Place): string {
  if (isFieldValue(text)) return text;
  throw invalidInput(place, "has characters that a header field cannot carry");
}

/**
 * Compiles what adds the `Cookie` field. Exploded values are cookies of their own: the `&` of style `form` has no
 * meaning here (OpenAPI 3.1.1 appendix D, 3.2 style `cookie`).
 */
export function compileCookies(
  plans: readonly ParameterPlan[] = [],
  operation: Place,
): ((values: Values | undefined, fields: Fields) => void) | undefined {
  if (plans.length === 0) return undefined;
  const writers = plans.map((plan) => compileCookie(plan, placeIn(operation, "cookie", plan.name)));
  return function writeCookies(values = NOTHING, fields) {
    const cookies = writers.flatMap((write) => write(values));
    if (cookies.length > 0) fields.cookie = cookies.join("; ");
  };
}

function compileCookie(plan: ParameterPlan, place: Place): (values: Values) => string[] {
  const { name, explode, style, mediaType, required } = plan;
  const encode = plan.reserved ? encodeReserved : encodeStrict;
  const how: PairStyle = { style, explode, encode, encodeName: encode };
  const key = encodeStrict(name);

  function pairsOf(value: unknown): string[] {
    if (mediaType === undefined) return expandPairs(how, key, toExpandable(value, place), place);
    const text = isJson(mediaType) ? stringifyJson(value) : memberText(value, place);
    return text === undefined ? [] : [key, encodeStrict(text)];
  }

  return function writeCookie(values) {
    const value = values[name];
    if (value === undefined || value === null) {
      if (required) throw impossibleInput(place, "is needed");
      return [];
    }
    const pairs = pairsOf(value);
    const cookies: string[] = [];
    for (let index = 0; index < pairs.length; index += 2)
      cookies.push(`${pairs[index]}=${pairs[index + 1]}`);
    return cookies;
  };
}
