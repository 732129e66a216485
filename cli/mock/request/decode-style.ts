/** Reads one text that holds a whole value: the styles `simple`, `label`, `matrix` and those with a delimiter. */
import { type Decode, type RawValue, rawRecord } from "./raw-value.ts";

export type Shape = "scalar" | "list" | "record";
/** Style `simple` (RFC 6570 §3.2.2): `blue,black`, `R,100,G,200`, exploded `R=100,G=200`. */
export function decodeSimple(
  text: string,
  explode: boolean,
  shape: Shape,
  decode: Decode,
): RawValue {
  return decodeMembers(text.split(","), text, explode, shape, decode);
}

/** Style `label` (RFC 6570 §3.2.5): `.blue`, `.blue,black`, exploded `.blue.black`, `.R=100.G=200`. */
export function decodeLabel(
  text: string,
  explode: boolean,
  shape: Shape,
  decode: Decode,
): RawValue {
  const rest = text.startsWith(".") ? text.slice(1) : text;
  // OpenAPI 3.0 still showed `.blue.black` for lists that are not exploded.
  const isOld = !explode && !rest.includes(",") && rest.includes(".");
  return decodeMembers(rest.split(explode || isOld ? "." : ","), rest, explode, shape, decode);
}

/** Style `matrix` (RFC 6570 §3.2.7): `;color=blue`, `;color=blue,black`, exploded `;color=blue;color=black`, `;R=100;G=200`. */
export function decodeMatrix(
  text: string,
  name: string,
  explode: boolean,
  shape: Shape,
  decode: Decode,
): RawValue {
  const pairs = text
    .replace(/^;/, "")
    .split(";")
    .map((part): [string, string] => splitPair(part));
  if (explode && shape === "record") {
    return rawRecord(pairs.map(([key, value]) => [decode(key), decode(value)]));
  }
  const own = pairs.filter(([key]) => decode(key) === name).map(([, value]) => value);
  if (explode && shape === "list") return own.map(decode);
  const [first = ""] = own;
  return decodeMembers(first.split(","), first, false, shape, decode);
}

const DELIMITERS: Readonly<Record<string, RegExp>> = {
  form: /,/,
  simple: /,/,
  spaceDelimited: /%20|\+| /,
  pipeDelimited: /%7C|\|/i,
  tabDelimited: /%09|\t/,
};

/** The value of one `name=value`: not exploded `form` and the delimited styles (OpenAPI 3.1 §4.8.12.4). */
export function decodeDelimited(
  text: string,
  style: string,
  shape: Shape,
  decode: Decode,
): RawValue {
  return decodeMembers(text.split(DELIMITERS[style] ?? ","), text, false, shape, decode);
}

function decodeMembers(
  members: readonly string[],
  whole: string,
  explode: boolean,
  shape: Shape,
  decode: Decode,
): RawValue {
  if (shape === "scalar") return decode(whole);
  if (shape === "list") return whole === "" ? [] : members.map(decode);
  if (whole === "") return rawRecord();
  if (explode) {
    return rawRecord(
      members
        .map((member) => splitPair(member))
        .map(([key, value]) => [decode(key), decode(value)]),
    );
  }
  const pairs: [string, string][] = [];
  for (let at = 0; at < members.length; at += 2) {
    pairs.push([decode(members[at] ?? ""), decode(members[at + 1] ?? "")]);
  }
  return rawRecord(pairs);
}

/** At the first `=`. */
export function splitPair(text: string): [string, string] {
  const at = text.indexOf("=");
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}
