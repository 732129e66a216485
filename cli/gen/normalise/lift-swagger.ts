/** What only Swagger 2.0 has: body and form parameters, `consumes` and `produces`. */
import type {
  AnswerKind,
  BodyKind,
  BodyModel,
  EncodingModel,
  MediaModel,
  Schema,
  SchemaObject,
} from "../model.ts";
import { createRecord, isRecord, own, type RawRecord } from "../read/raw.ts";
import { isMiss, type Located } from "../read/resolve.ts";
import { type Context, member, placeOf } from "./context.ts";
import { bodyModel, unwritable } from "./lift-body.ts";
import { liftAnswerMedia, liftBodyMedia } from "./lift-media.ts";
import { NOT_SCHEMA } from "./lift-parameter.ts";
import { collectionStyleOf } from "./parameter-style.ts";
import { normaliseSchema } from "./schema/normalise-schema.ts";

const FORM = "application/x-www-form-urlencoded";
const MULTIPART = "multipart/form-data";

/** `consumes` or `produces` of an operation, else of the document. */
export function mediaTypesOf(
  operation: RawRecord,
  root: RawRecord,
  key: "consumes" | "produces",
): string[] {
  const list = own(operation, key) ?? own(root, key);
  return Array.isArray(list) ? list.filter((type): type is string => typeof type === "string") : [];
}

/** @throws LeftOut when no media type of it can be written. */
export function liftBody2(
  context: Context,
  parameters: readonly Located[],
  consumes: readonly string[],
  operation: string,
): BodyModel | undefined {
  const body = parameters.find(({ value }) => (value as RawRecord).in === "body");
  if (body !== undefined) return liftBodyParameter(context, body, consumes, operation);
  const fields = parameters.filter(({ value }) => (value as RawRecord).in === "formData");
  return fields.length === 0 ? undefined : liftForm(context, fields, consumes);
}

function liftBodyParameter(
  context: Context,
  at: Located,
  consumes: readonly string[],
  operation: string,
): BodyModel {
  const types = consumes.length === 0 ? ["application/json"] : consumes;
  const media = types
    .map((mediaType) => liftBodyMedia(context, { mediaType, at }, operation))
    .filter((model) => model !== undefined);
  if (media.length === 0) throw unwritable(at, types);
  return bodyModel(at.value as RawRecord, media);
}

/** Form fields become the properties of one object. */
function liftForm(
  context: Context,
  fields: readonly Located[],
  consumes: readonly string[],
): BodyModel {
  const properties = createRecord<Schema>();
  const encoding = createRecord<EncodingModel>();
  const required: string[] = [];
  let hasFile = false;
  for (const at of fields) {
    const raw = at.value as RawRecord;
    const name = String(raw.name);
    const schema = normaliseSchema(context, raw, placeOf(at), { file: at.file }, NOT_SCHEMA);
    const description = own(raw, "description");
    properties[name] =
      typeof description === "string" && typeof schema === "object"
        ? { ...schema, description }
        : schema;
    if (raw.required === true) required.push(name);
    if (raw.type === "file") hasFile = true;
    if (raw.type === "array") {
      const { style, explode } = collectionStyleOf(raw, "query");
      encoding[name] = { style, explode };
    }
  }
  const schema: SchemaObject = {
    type: "object",
    properties,
    ...(required.length === 0 ? {} : { required }),
  };
  const media = formTypes(consumes, hasFile).map(
    (mediaType): MediaModel<BodyKind> => ({
      mediaType,
      kind: mediaType === FORM ? "form" : "multipart",
      schema,
      examples: [],
      ...(Object.keys(encoding).length === 0 ? {} : { encoding }),
    }),
  );
  return { required: required.length > 0, media };
}

/** Files need multipart; else what `consumes` says. Form parameters under another type are a mistake of the document. */
function formTypes(consumes: readonly string[], hasFile: boolean): string[] {
  if (hasFile) return [MULTIPART];
  const types = consumes.map((type) => type.split(";", 1)[0]?.trim().toLowerCase() ?? "");
  const usable = [FORM, MULTIPART].filter((type) => types.includes(type));
  return usable.length === 0 ? [FORM] : usable.sort((a, b) => types.indexOf(a) - types.indexOf(b));
}

/** @param at the response object */
export function answerMediaOf2(
  context: Context,
  at: Located,
  operation: string,
  produces: readonly string[],
): MediaModel<AnswerKind>[] {
  const raw = at.value as RawRecord;
  const examples = own(raw, "examples");
  if (raw.schema === undefined || raw.schema === null) return [];
  const isFile = isFileSchema(context, member(at, "schema", raw.schema));
  const types =
    produces.length > 0 ? produces : [isFile ? "application/octet-stream" : "application/json"];
  const media: MediaModel<AnswerKind>[] = [];
  for (const mediaType of types) {
    const model = liftAnswerMedia(context, { mediaType, at: withoutExamples(at) }, operation);
    if (model === undefined) continue;
    const example = isRecord(examples) ? at.file.exactMember(examples, mediaType) : undefined;
    const lifted = example === undefined ? model : { ...model, examples: [example] };
    media.push(
      isFile ? { ...lifted, kind: "binary", schema: { type: "string", format: "binary" } } : lifted,
    );
  }
  return media;
}

/** In 2.0 `examples` of a response is by media type. */
function withoutExamples(at: Located): Located {
  const raw = at.value as RawRecord;
  return { ...at, value: { schema: raw.schema } };
}

function isFileSchema(context: Context, at: Located): boolean {
  const target = context.resolver.follow(at);
  return !isMiss(target) && isRecord(target.value) && target.value.type === "file";
}
