/** `exclusiveMinimum: true` of 2.0 and 3.0 as the number that 3.1 writes. */
import type { SchemaObject } from "../../model.ts";
import { own, type RawRecord } from "../../read/raw.ts";

const PAIRS = [
  ["exclusiveMinimum", "minimum"],
  ["exclusiveMaximum", "maximum"],
] as const;

/** @param counts whether a keyword of the document is looked at */
export function conformBounds(
  schema: SchemaObject,
  raw: RawRecord,
  counts: (key: string) => boolean,
): void {
  for (const [exclusive, inclusive] of PAIRS) {
    const value = counts(exclusive) ? own(raw, exclusive) : undefined;
    if (typeof value === "number") schema[exclusive] = value;
    else if (value === true && schema[inclusive] !== undefined) {
      schema[exclusive] = schema[inclusive];
      delete schema[inclusive];
    }
  }
}
