/** Paths: literals and parameters in the styles `simple`, `label` and `matrix` (RFC 6570 §3.2.2, §3.2.5, §3.2.7). */
import { stringifyJson } from "../../core/exact-json.ts";
import { hasDotSegment } from "../../http/dot-segment.ts";
import type { ParameterPlan, PathPiece } from "../plan.ts";
import { type Encode, encodeReserved, encodeStrict } from "./percent.ts";
import { impossibleInput, invalidInput, type Place, placeIn } from "./place.ts";
import { joinMembers } from "./style.ts";
import { toExpandable } from "./values.ts";

type PathValues = Readonly<Record<string, unknown>>;

/** Compiles the path of an operation; what it gives is complete but for the query. */
export function compilePath(
  pieces: readonly PathPiece[],
  operation: Place,
): (values: PathValues) => string {
  const writers = pieces.map((piece) =>
    typeof piece === "string" ? piece : compilePiece(piece, operation),
  );
  if (writers.every((writer) => typeof writer === "string")) {
    const path = writers.join("");
    return () => path;
  }
  const place = placeIn(operation, "path");

  return function writePath(values) {
    let path = "";
    for (const writer of writers) path += typeof writer === "string" ? writer : writer(values);
    if (hasDotSegment(path)) {
      throw invalidInput(place, 'would make a path segment "." or "..", which leads elsewhere');
    }
    return path;
  };
}

function compilePiece(plan: ParameterPlan, operation: Place): (values: PathValues) => string {
  const { name, mediaType } = plan;
  const place = placeIn(operation, "path", name);
  const encode = plan.reserved ? encodeReservedSegment : encodeStrict;
  const expand = mediaType === undefined ? styled(plan, encode, place) : writeJson;

  function writeJson(value: unknown): string | undefined {
    return value === undefined ? undefined : encode(stringifyJson(value));
  }

  return function writePiece(values) {
    const value = values[name];
    const text = expand(value);
    if (text === undefined) throw impossibleInput(place, "is needed");
    if (text === "") throw invalidInput(place, "must not be empty");
    return text;
  };
}

/** A value must not reach out of its segment (OpenAPI 3.1 §4.8.12.1). */
function encodeReservedSegment(text: string): string {
  return encodeReserved(text).replace(/[/?]/g, encodeStrict);
}

function styled(
  { name, style, explode }: ParameterPlan,
  encode: Encode,
  place: Place,
): (value: unknown) => string | undefined {
  const key = encodeStrict(name);
  const between = style === "label" && explode ? "." : ",";
  const pairing = explode ? "=" : ",";

  function simple(given: unknown): string | undefined {
    if (typeof given === "string") return encode(given);
    const value = toExpandable(given, place);
    if (typeof value !== "object") return value === undefined ? undefined : encode(value);
    return joinMembers(value, encode, between, place, pairing);
  }

  function label(given: unknown): string | undefined {
    const text = simple(given);
    return text === undefined ? undefined : `.${text}`;
  }

  function matrix(given: unknown): string | undefined {
    const value = toExpandable(given, place);
    if (!explode || typeof value !== "object") {
      const text = simple(value);
      return text === undefined ? undefined : matrixPair(key, text);
    }
    const pairs = Array.isArray(value)
      ? value.map((item) => [key, simple([item])] as const)
      : Object.entries(value).map(([member, item]) => [encode(member), simple([item])] as const);
    const texts = pairs.flatMap(([member, text]) =>
      text === undefined ? [] : [matrixPair(member, text)],
    );
    return texts.length === 0 ? undefined : texts.join("");
  }

  if (style === "matrix") return matrix;
  return style === "label" ? label : simple;
}

/** RFC 6570 §3.2.7: no `=` before an empty value. */
function matrixPair(name: string, text: string): string {
  return text === "" ? `;${name}` : `;${name}=${text}`;
}
