/** Puts one keyword of a schema, repaired where it is wrong, into the normal form. */
import type { Schema, SchemaObject } from "../../model.ts";
import { isRecord } from "../../read/raw.ts";
import type { Place } from "../report.ts";
import { expectationOf, isNames, isPlainKeyword } from "./keywords.ts";
import { SCHEMA_KEYWORDS, SCHEMA_LIST_KEYWORDS, SCHEMA_MAP_KEYWORDS } from "./subschemas.ts";
import { readType } from "./type-keyword.ts";

const ONE: ReadonlySet<string> = new Set(SCHEMA_KEYWORDS);
const LIST: ReadonlySet<string> = new Set(SCHEMA_LIST_KEYWORDS);
const MAP: ReadonlySet<string> = new Set(SCHEMA_MAP_KEYWORDS);

/** What the keywords that hold schemas need. */
export interface SchemaReader {
  read(value: unknown, place: Place): Schema;
  readMap(value: Readonly<Record<string, unknown>>, place: Place): Record<string, Schema>;
  invalid(place: Place, message: string, cure: string): void;
}

const IGNORED = "correct it; until then it is ignored";

/** Keywords that JSON Schema 2020-12 does not have are left out. */
export function applyKeyword(
  reader: SchemaReader,
  schema: SchemaObject,
  key: string,
  value: unknown,
  place: Place,
): void {
  if (isPlainKeyword(key)) {
    // YAML: a keyword with nothing behind it.
    if (value === null && key !== "const" && key !== "default") return;
    const wanted = expectationOf(key, value);
    if (wanted === undefined) schema[key] = value;
    else reader.invalid(place, `${key} must be ${wanted}`, IGNORED);
  } else if (value !== null && value !== undefined) {
    if (ONE.has(key) || LIST.has(key) || MAP.has(key)) {
      applySchemas(reader, schema, key, value, place);
    } else applySpecial(reader, schema, key, value, place);
  }
}

function applySchemas(
  reader: SchemaReader,
  schema: SchemaObject,
  key: string,
  value: unknown,
  place: Place,
): void {
  const isList = Array.isArray(value) && value.length > 0;
  // A list in `items` is a tuple of older drafts.
  if (isList && (LIST.has(key) || key === "items")) {
    const { file } = place;
    const read = (item: unknown, index: number): Schema =>
      reader.read(item, { file, node: value, key: index });
    schema[key === "items" ? "prefixItems" : key] = value.map(read);
  } else if (ONE.has(key)) schema[key] = reader.read(value, place);
  else if (MAP.has(key) && isRecord(value)) schema[key] = reader.readMap(value, place);
  else {
    const wanted = MAP.has(key) ? "map names to schemas" : "be a list of schemas";
    reader.invalid(place, `${key} must ${wanted}`, IGNORED);
  }
}

function applySpecial(
  reader: SchemaReader,
  schema: SchemaObject,
  key: string,
  value: unknown,
  place: Place,
): void {
  if (key === "required") {
    if (!isNames(value)) {
      reader.invalid(place, "required must be a list of property names", IGNORED);
    } else if (value.length > 0) schema.required = [...new Set(value)];
  } else if (key === "type") {
    const { type, file, wrong } = readType(value);
    if (type !== undefined) schema.type = type;
    if (file === true) schema.format = "binary";
    if (wrong !== undefined) {
      const cure = "use null, boolean, object, array, number, string or integer";
      reader.invalid(place, wrong, cure);
    }
  } else if (key === "example") {
    schema.examples ??= [value];
  } else if (key === "examples") {
    const list = Array.isArray(value) ? value : isRecord(value) ? Object.values(value) : [];
    if (list.length > 0) schema.examples = list;
  }
}
