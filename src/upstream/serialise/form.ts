/** Bodies of `application/x-www-form-urlencoded` (OpenAPI 3.1 §4.8.14.3, §4.8.15). */
import { stringifyJson } from "../../core/exact-json.ts";
import { isJson, isRange } from "../../http/media-type.ts";
import type { EncodingPlan, MediaPlan } from "../plan.ts";
import type { WriteBody } from "./body.ts";
import { encodeForm, encodeReservedForm } from "./percent.ts";
import { impossibleInput, type Place, placeIn } from "./place.ts";
import { compilePairs, type WriteValue } from "./query.ts";
import { memberText } from "./values.ts";

/**
 * Compiles `form`. A property without an encoding: lists repeat their name, records are JSON. Null and undefined are
 * left out, as in queries; to send an empty value, send `""`.
 */
export function compileForm({ encoding = {} }: MediaPlan, place: Place): WriteBody {
  const compiled = new Map(
    Object.keys(encoding).map((name) => [name, compileProperty(name, encoding[name] ?? {}, place)]),
  );

  return function writeForm(value, contentType, fields) {
    fields["content-type"] = isRange(contentType)
      ? "application/x-www-form-urlencoded"
      : contentType;
    if (typeof value === "string") return value;
    if (typeof value !== "object" || value === null)
      throw impossibleInput(place, "must be an object");
    let text = "";
    for (const [name, member] of propertiesOf(value)) {
      const write = compiled.get(name) ?? compileProperty(name, {}, place);
      const written = write(member);
      if (written !== "") text = text === "" ? written : `${text}&${written}`;
    }
    return text;
  };
}

function propertiesOf(value: object): Iterable<[string, unknown]> {
  return value instanceof URLSearchParams ? value : Object.entries(value);
}

function compileProperty(name: string, plan: EncodingPlan, form: Place): WriteValue {
  const place = placeIn(form, name);
  const encode = plan.reserved ? encodeReservedForm : encodeForm;
  const key = encodeForm(name);
  // Any of the three makes the others' defaults apply, and `contentType` is ignored (OpenAPI 3.1 §4.8.15.1.1).
  if (plan.style !== undefined || plan.explode !== undefined || plan.reserved !== undefined) {
    const { style = "form" } = plan;
    const { explode = style === "form" } = plan;
    return compilePairs(key, { style, explode, encode, encodeName: encode }, place);
  }
  const json = plan.contentType !== undefined && isJson(plan.contentType);

  return function writeProperty(value) {
    if (value === undefined || value === null) return "";
    if (json) return `${key}=${encode(stringifyJson(value))}`;
    if (!Array.isArray(value)) return `${key}=${encode(memberText(value, place) ?? "")}`;
    return value
      .flatMap((item) => {
        const text = memberText(item, place);
        return text === undefined ? [] : [`${key}=${encode(text)}`];
      })
      .join("&");
  };
}
