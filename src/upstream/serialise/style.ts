/** The table of styles (OpenAPI 3.1.1 §4.8.12.4, RFC 6570 §3.2), for parameters that become `name=value` pairs. */
import type { ParameterStyle } from "../plan.ts";
import type { Encode } from "./percent.ts";
import { type Place, placeIn } from "./place.ts";
import { type Expandable, memberText, toExpandable } from "./values.ts";

/** Between the members of one value; encoded where a URI could not hold it. */
const DELIMITERS: Readonly<Partial<Record<ParameterStyle, string>>> = {
  spaceDelimited: " ",
  pipeDelimited: "|",
  tabDelimited: "\t",
};

export interface PairStyle {
  readonly style: ParameterStyle;
  readonly explode: boolean;
  readonly encode: Encode;
  /** For names that come from the value. */
  readonly encodeName: Encode;
}

/**
 * The pairs that a value makes, names and values alternating; none when there is nothing to send.
 *
 * Where the specification says "n/a", we do what services expect: an exploded `spaceDelimited`, `pipeDelimited` or
 * `tabDelimited` list repeats its name, and a single value is `name=value` in every style. A list in `deepObject` is
 * numbered (`a[0]=x`).
 */
export function expandPairs(
  how: PairStyle,
  name: string,
  value: Expandable,
  place: Place,
): string[] {
  if (value === undefined) return [];
  if (typeof value === "string") return [name, how.encode(value)];
  if (how.style === "deepObject") return deepPairs(how, name, value, place);
  if (!how.explode) {
    const joined = joinMembers(
      value,
      how.encode,
      how.encode(DELIMITERS[how.style] ?? "") || ",",
      place,
    );
    return joined === undefined ? [] : [name, joined];
  }
  return Array.isArray(value)
    ? listTexts(value, how.encode, place).flatMap((text) => [name, text])
    : recordPairs(how, value as Readonly<Record<string, unknown>>, place);
}

/** `R=100`, `G=200`; a list in a record repeats its name. */
function recordPairs(
  { encode, encodeName }: PairStyle,
  value: Readonly<Record<string, unknown>>,
  place: Place,
): string[] {
  return Object.keys(value).flatMap((key) => {
    const at = placeIn(place, key);
    const member = toExpandable(value[key], at);
    if (Array.isArray(member))
      return listTexts(member, encode, at).flatMap((text) => [encodeName(key), text]);
    const text = memberText(member, at);
    return text === undefined ? [] : [encodeName(key), encode(text)];
  });
}

/** `color[R]=100`, `lines[0][sku]=a`. */
function deepPairs(how: PairStyle, name: string, value: Expandable, place: Place): string[] {
  if (value === undefined) return [];
  if (typeof value !== "object") return [name, how.encode(value)];
  return Object.keys(value).flatMap((key) => {
    const at = placeIn(place, key);
    const member = (value as Readonly<Record<string, unknown>>)[key];
    return deepPairs(how, `${name}${how.encodeName(`[${key}]`)}`, toExpandable(member, at), at);
  });
}

function listTexts(value: readonly unknown[], encode: Encode, place: Place): string[] {
  const texts: string[] = [];
  for (let index = 0; index < value.length; index++) {
    const text = memberText(value[index], place);
    if (text !== undefined) texts.push(encode(text));
  }
  return texts;
}

/** `blue,black` of a list, `R,100,G,200` of a record; undefined when there is no member. */
export function joinMembers(
  value: readonly unknown[] | Readonly<Record<string, unknown>>,
  encode: Encode,
  delimiter: string,
  place: Place,
  pairing = delimiter,
): string | undefined {
  const texts = Array.isArray(value)
    ? listTexts(value, encode, place)
    : Object.entries(value).flatMap(([key, member]) => {
        const text = memberText(member, placeIn(place, key));
        return text === undefined ? [] : [`${encode(key)}${pairing}${encode(text)}`];
      });
  return texts.length === 0 ? undefined : texts.join(delimiter);
}
