/** Makes a good answer bad, for drills. */
import type { Schema } from "../../gen/model.ts";
import { conforms } from "../schema/conforms.ts";
import type { SchemaView } from "../schema/schema-view.ts";

/** The value, changed so that it no longer conforms; as little as will do. Where the schema takes all, null. */
export function wrongShape(view: SchemaView, schema: Schema | undefined, value: unknown): unknown {
  const cleaned = schema === undefined ? true : view.of(schema);
  return [...wrongValues(value)].find((wrong) => !conforms(view, cleaned, wrong)) ?? null;
}

function* wrongValues(value: unknown): Iterable<unknown> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.slice(0, 1).entries()) {
      for (const wrong of wrongValues(item)) yield value.with(index, wrong);
    }
  } else if (typeof value === "object" && value !== null) {
    for (const name of Object.keys(value)) {
      const { [name]: _removed, ...rest } = value as Record<string, unknown>;
      yield rest;
    }
    for (const name of Object.keys(value)) yield { ...value, [name]: { wrong: "shape" } };
  }
  yield* [null, [], {}, "wrong shape", 0, true];
}

/** JSON text that ends too early to be JSON. */
export function invalidJson(bytes: Buffer): Buffer {
  const text = bytes.toString("utf8");
  const cut = text.slice(0, Math.max(1, Math.floor(text.length / 2)));
  try {
    JSON.parse(cut);
    return Buffer.from(`${cut},`);
  } catch {
    return Buffer.from(cut);
  }
}
