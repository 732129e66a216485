/** Lifts one parameter of any version. */
import type { ParameterLocation, ParameterModel, Schema } from "../model.ts";
import { isRecord, own, plainText, type RawRecord, textOf } from "../read/raw.ts";
import type { Located } from "../read/resolve.ts";
import { type Context, member, placeOf } from "./context.ts";
import { examplesOf } from "./examples.ts";
import { collectionStyleOf, styleOf } from "./parameter-style.ts";
import { normaliseSchema } from "./schema/normalise-schema.ts";

const LOCATIONS: ReadonlySet<string> = new Set([
  "path",
  "query",
  "header",
  "cookie",
  "querystring",
]);
/** OpenAPI 3.1 §4.8.12.1: such parameters are ignored; they follow from content and security. */
const IGNORED_HEADERS: ReadonlySet<string> = new Set(["accept", "content-type", "authorization"]);
/** Keys of a Swagger 2.0 parameter or header that are not of its schema. */
export const NOT_SCHEMA: ReadonlySet<string> = new Set([
  "name",
  "in",
  "required",
  "description",
  "$ref",
]);

/** `undefined`: it is ignored, or the report says what is wrong with it. */
export function liftParameter(
  context: Context,
  at: Located,
  operation: string,
): ParameterModel | undefined {
  const raw = at.value as RawRecord;
  const name = plainText(raw.name) ?? "";
  const location = String(raw.in);
  const is2 = context.specification === "2.0";
  if (is2 && (location === "body" || location === "formData")) return undefined;
  if (!LOCATIONS.has(location) || (location === "querystring" && context.specification !== "3.2")) {
    invalidParameter(
      context,
      at,
      operation,
      `parameters cannot be in "${location}"`,
      "use path, query, header or cookie; until then the parameter is left out",
    );
    return undefined;
  }
  if (location === "header" && isIgnored(name, is2)) return undefined;
  // One parameter may be used by hundreds of operations.
  const known = context.parameters.get(raw);
  if (known !== undefined) return known;
  const lifted = liftKnown(context, at, raw, name, location as ParameterLocation, operation);
  context.parameters.set(raw, lifted);
  return lifted;
}

/** Swagger 2.0 does not say what to do with these; its `Authorization` parameters often are the only security. */
function isIgnored(name: string, is2: boolean): boolean {
  const lower = name.toLowerCase();
  return IGNORED_HEADERS.has(lower) && !(is2 && lower === "authorization");
}

function liftKnown(
  context: Context,
  at: Located,
  raw: RawRecord,
  name: string,
  location: ParameterLocation,
  operation: string,
): ParameterModel {
  const description = textOf(raw.description);
  const isInline =
    context.specification === "2.0" ||
    (!Object.hasOwn(raw, "schema") && !Object.hasOwn(raw, "content"));
  const { style, explode, wrong } =
    isInline && context.specification === "2.0"
      ? collectionStyleOf(raw, location)
      : styleOf(raw, location);
  if (wrong !== undefined)
    invalidParameter(context, at, operation, wrong, `it is written as ${style}`);
  const content = isInline ? undefined : contentOf(at);
  const body = content?.at ?? at;
  const base = {
    name,
    in: location,
    required: location === "path" || raw.required === true,
    schema: isInline ? inlineSchema(context, at, operation) : schemaOf(context, body),
    style,
    explode,
    allowReserved: raw.allowReserved === true,
    examples: examplesOf(context, body),
  };
  return {
    ...base,
    ...(description === undefined ? {} : { description }),
    ...(raw.deprecated === true ? { deprecated: true } : {}),
    ...(content === undefined ? {} : { mediaType: content.mediaType }),
  };
}

/** A parameter has one media type at most. */
function contentOf(at: Located): { readonly mediaType: string; readonly at: Located } | undefined {
  const raw = at.value as RawRecord;
  if (Object.hasOwn(raw, "schema") || !isRecord(raw.content)) return undefined;
  const [mediaType] = Object.keys(raw.content);
  if (mediaType === undefined) return undefined;
  const content = member(at, "content", raw.content);
  return { mediaType, at: member(content, mediaType, own(raw.content, mediaType) ?? {}) };
}

function schemaOf(context: Context, at: Located): Schema {
  const raw = isRecord(at.value) ? at.value : {};
  const schema = own(raw, "schema");
  if (schema === undefined) return true;
  return normaliseSchema(context, schema, {
    file: at.file,
    pointer: member(at, "schema", schema).pointer,
  });
}

/** Swagger 2.0, and 3.x documents written as if they were. */
function inlineSchema(context: Context, at: Located, operation: string): Schema {
  const raw = at.value as RawRecord;
  if (context.specification !== "2.0") {
    invalidParameter(
      context,
      at,
      operation,
      `the parameter "${String(raw.name)}" has neither schema nor content`,
      "give it a schema",
    );
  }
  if (raw.type === undefined && raw.enum === undefined)
    return isRecord(raw.schema) ? schemaOf(context, at) : true;
  return normaliseSchema(context, raw, placeOf(at), { file: at.file }, NOT_SCHEMA);
}

export function invalidParameter(
  context: Context,
  at: Located,
  operation: string,
  message: string,
  cure: string,
): void {
  context.report.add({ code: "parameter-invalid", place: placeOf(at), message, cure, operation });
}
