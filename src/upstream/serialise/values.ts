/** What a value is to the styles of OpenAPI 3.1 §4.8.12: nothing, a text, a list or a record. */
import { stringifyJson } from "../../core/exact-json.ts";
import { impossibleInput, type Place } from "./place.ts";

/** Nothing is `undefined`: RFC 6570 §2.3 counts null, and lists and records without members, as undefined. */
export type Expandable =
  | undefined
  | string
  | readonly unknown[]
  | Readonly<Record<string, unknown>>;

/**
 * Sorts a value. Dates become ISO 8601, bigints and exact integers their digits, other objects with `toJSON` what
 * that gives.
 */
export function toExpandable(value: unknown, place: Place): Expandable {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
      if (Number.isFinite(value)) return String(value);
      throw impossibleInput(place, `is ${value}, which has no text on the wire`);
    case "boolean":
    case "bigint":
      return String(value);
    case "undefined":
      return undefined;
    case "object":
      return value === null ? undefined : objectToExpandable(value, place);
    default:
      throw impossibleInput(place, `is a ${typeof value}, which has no text on the wire`);
  }
}

function objectToExpandable(value: object, place: Place): Expandable {
  if (Array.isArray(value)) return value;
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw impossibleInput(place, "is an invalid date");
    return value.toISOString();
  }
  if (value instanceof Number || value instanceof String || value instanceof Boolean) {
    return value.toString();
  }
  const { toJSON } = value as { toJSON?: unknown };
  if (typeof toJSON === "function") return toExpandable(toJSON.call(value), place);
  return value as Readonly<Record<string, unknown>>;
}

/**
 * The text of one member of a list or record; nothing for null (RFC 6570 §2.3). What is nested deeper has no form in
 * any style but `deepObject`, and is written as JSON.
 */
export function memberText(value: unknown, place: Place): string | undefined {
  const member = toExpandable(value, place);
  return typeof member === "object" ? stringifyJson(member) : member;
}
