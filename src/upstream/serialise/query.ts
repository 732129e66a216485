/** Queries: `form`, delimited and `deepObject` parameters, JSON in a parameter, and whole query strings (OpenAPI 3.2). */
import { stringifyJson } from "../../core/exact-json.ts";
import { isJson } from "../../http/media-type.ts";
import type { OperationPlan, ParameterPlan } from "../plan.ts";
import { encodeForm, encodeReserved, encodeStrict } from "./percent.ts";
import { impossibleInput, type Place, placeIn } from "./place.ts";
import { expandPairs, type PairStyle } from "./style.ts";
import { memberText, toExpandable } from "./values.ts";

/** The pairs of a value joined by `&`; empty when there is nothing to send. */
export type WriteValue = (value: unknown) => string;

/** Compiles everything after `?`; empty when there is no query. */
export function compileQuery(
  { query = [], querystring, fixedQuery = "" }: OperationPlan,
  operation: Place,
): (values: Readonly<Record<string, unknown>> | undefined, whole: unknown) => string {
  if (querystring !== undefined) {
    const write = compileWhole(querystring.mediaType, placeIn(operation, "querystring"));
    return (_values, whole) => joinQuery(fixedQuery, write(whole));
  }
  if (query.length === 0) return () => fixedQuery;
  const names = query.map(({ name }) => name);
  const writers = query.map((plan) =>
    compileParameter(plan, placeIn(operation, "query", plan.name)),
  );

  return function writeQuery(values = NOTHING) {
    let text = fixedQuery;
    for (let index = 0; index < names.length; index++) {
      const written = writers[index]?.(values[names[index] as string]) ?? "";
      if (written !== "") text = text === "" ? written : `${text}&${written}`;
    }
    return text;
  };
}

const NOTHING: Readonly<Record<string, unknown>> = {};

function joinQuery(first: string, second: string): string {
  return first === "" || second === "" ? first + second : `${first}&${second}`;
}

function compileParameter(plan: ParameterPlan, place: Place): WriteValue {
  const encode = plan.reserved ? encodeReserved : encodeStrict;
  const write =
    plan.mediaType === undefined
      ? compilePairs(
          encodeStrict(plan.name),
          { style: plan.style, explode: plan.explode, encode, encodeName: encode },
          place,
        )
      : compileContent(plan.name, plan.mediaType, place);
  if (plan.required === undefined) return write;

  return function writeRequired(value) {
    if (value === undefined || value === null) throw impossibleInput(place, "is needed");
    return write(value);
  };
}

/** Compiles a `name=value` writer. The name is already encoded. */
export function compilePairs(name: string, how: PairStyle, place: Place): WriteValue {
  return function writePairs(value) {
    if (typeof value === "string") return `${name}=${how.encode(value)}`;
    if (value === undefined || value === null) return "";
    const pairs = expandPairs(how, name, toExpandable(value, place), place);
    let text = "";
    for (let index = 0; index < pairs.length; index += 2) {
      text += `${index === 0 ? "" : "&"}${pairs[index]}=${pairs[index + 1]}`;
    }
    return text;
  };
}

/** A parameter with `content`: its value is a small document (OpenAPI 3.1 §4.8.12.3). */
function compileContent(name: string, mediaType: string, place: Place): WriteValue {
  const json = isJson(mediaType);
  const key = encodeStrict(name);
  return function writeContent(value) {
    if (value === undefined) return "";
    const text = json ? stringifyJson(value) : (memberText(value, place) ?? "");
    return `${key}=${encodeStrict(text)}`;
  };
}

/** OpenAPI 3.2 §4.12.1, `in: querystring`. */
function compileWhole(mediaType: string, place: Place): WriteValue {
  if (mediaType === "application/x-www-form-urlencoded") {
    const how: PairStyle = {
      style: "form",
      explode: true,
      encode: encodeForm,
      encodeName: encodeForm,
    };
    const write = compilePairs("", how, place);
    return (value) => (typeof value === "string" ? value : write(value));
  }
  const json = isJson(mediaType);
  return function writeWhole(value) {
    if (value === undefined) return "";
    return encodeStrict(json ? stringifyJson(value) : (memberText(value, place) ?? ""));
  };
}
