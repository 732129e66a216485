/** Lifts one entry of a `content` object: a media type, its schema, its examples. */
import type {
  AnswerKind,
  BodyKind,
  EncodingModel,
  MediaModel,
  Schema,
  SchemaObject,
} from "../model.ts";
import { createRecord, isRecord, own, type RawRecord } from "../read/raw.ts";
import type { Located } from "../read/resolve.ts";
import { type Context, follow, member } from "./context.ts";
import { namedExamplesOf } from "./examples.ts";
import { itemSchemaOf } from "./item-schema.ts";
import {
  answerKindOf,
  bodyKindOf,
  isAnyMedia,
  type MediaType,
  parseMediaType,
} from "./media-kind.ts";
import { normaliseSchema } from "./schema/normalise-schema.ts";
import { inheritOrigin } from "./schema/origins.ts";
import { typesOf } from "./schema/type-keyword.ts";

/** Where a media type stands, so that a malformed one can be placed. */
export interface MediaSource {
  readonly mediaType: string;
  /** The media type object. */
  readonly at: Located;
}

/** `undefined`: the media type is malformed or cannot be written; the report says so. */
export function liftBodyMedia(
  context: Context,
  source: MediaSource,
  operation: string,
): MediaModel<BodyKind> | undefined {
  const media = parsed(context, source, operation);
  if (media === undefined) return undefined;
  const { schema, rest } = liftContent(context, source, media);
  const kind = isAnyMedia(media) ? kindBySchema(schema) : bodyKindOf(media);
  if (kind === undefined) {
    unsupported(
      context,
      source,
      operation,
      `${source.mediaType} cannot be written`,
      "offer application/json or multipart/form-data as well",
    );
    return undefined;
  }
  // A range is not a Content-Type: name the type that is sent.
  const mediaType = source.mediaType.includes("*")
    ? concreteType(source.mediaType, kind)
    : source.mediaType;
  return mediaModel({ ...rest, mediaType, kind }, schema);
}

/** As {@link liftBodyMedia}, for an answer. */
export function liftAnswerMedia(
  context: Context,
  source: MediaSource,
  operation: string,
): MediaModel<AnswerKind> | undefined {
  const media = parsed(context, source, operation);
  if (media === undefined) return undefined;
  const { schema, rest } = liftContent(context, source, media);
  const kind = isAnyMedia(media) ? kindBySchema(schema) : answerKindOf(media);
  return mediaModel({ ...rest, mediaType: source.mediaType, kind }, schema);
}

type Rest = Pick<MediaModel, "examples" | "exampleNames" | "itemSchema" | "encoding">;

function liftContent(
  context: Context,
  source: MediaSource,
  media: MediaType,
): { schema: Schema | undefined; rest: Rest } {
  // OpenAPI 3.2: `components.mediaTypes`.
  const at = follow(context, source.at);
  if (!isRecord(at.value)) return { schema: undefined, rest: { examples: [] } };
  const raw = at.value;
  const kind = answerKindOf(media);
  const examples = namedExamplesOf(context, at);
  const rest: { -readonly [Key in keyof Rest]: Rest[Key] } = {
    examples: examples.map(([, value]) => value),
  };
  if (examples.some(([name]) => name !== "")) rest.exampleNames = examples.map(([name]) => name);
  if (kind === "ndjson" || kind === "sse") {
    const itemSchema = itemSchemaOf(context, at, kind);
    if (itemSchema !== undefined) rest.itemSchema = itemSchema;
  }
  const encoding = liftEncoding(raw);
  if (encoding !== undefined) rest.encoding = encoding;
  const rawSchema = own(raw, "schema");
  const schema =
    rawSchema === undefined
      ? undefined
      : normaliseSchema(context, rawSchema, {
          file: at.file,
          pointer: member(at, "schema", rawSchema).pointer,
        });
  return { schema, rest };
}

/** The one form a body of this kind can have: text is a string, whatever XML schema describes it. */
function mediaModel<Kind extends BodyKind | AnswerKind>(
  media: Omit<MediaModel<Kind>, "schema">,
  schema: Schema | undefined,
): MediaModel<Kind> {
  if (media.kind !== "text" && media.kind !== "binary")
    return schema === undefined ? media : { ...media, schema };
  const examples =
    media.kind === "text" ? media.examples.filter((example) => typeof example === "string") : [];
  const { encoding: _encoding, exampleNames: _names, ...rest } = media;
  if (schema === undefined) return { ...rest, examples } as MediaModel<Kind>;
  const isString =
    typeof schema === "object" && schema.$ref === undefined && typesOf(schema).includes("string");
  const text: SchemaObject =
    media.kind === "binary" ? { type: "string", format: "binary" } : { type: "string" };
  const written: SchemaObject = isString ? { ...(schema as SchemaObject), ...text } : text;
  if (typeof schema === "object") inheritOrigin(written, schema);
  return { ...rest, examples, schema: written } as MediaModel<Kind>;
}

function kindBySchema(schema: Schema | undefined): "json" | "text" | "binary" {
  if (schema === undefined || typeof schema === "boolean") return "binary";
  const types = typesOf(schema).filter((type) => type !== "null");
  if (types.length !== 1 || types[0] !== "string")
    return types.length === 0 && Object.keys(schema).length === 0 ? "binary" : "json";
  return schema.format === "binary" ? "binary" : "text";
}

function concreteType(range: string, kind: BodyKind): string {
  if (kind === "json") return "application/json";
  if (kind === "text") return "text/plain";
  return range.startsWith("*/") || range.startsWith("application/")
    ? "application/octet-stream"
    : range;
}

function liftEncoding(raw: RawRecord): Record<string, EncodingModel> | undefined {
  const encoding = own(raw, "encoding");
  if (!isRecord(encoding)) return undefined;
  const lifted = createRecord<EncodingModel>();
  for (const name of Object.keys(encoding)) {
    const value = own(encoding, name);
    if (!isRecord(value)) continue;
    const { contentType, style, explode, allowReserved } = value;
    lifted[name] = {
      ...(typeof contentType === "string" ? { contentType } : {}),
      ...(typeof style === "string" ? { style } : {}),
      ...(typeof explode === "boolean" ? { explode } : {}),
      ...(typeof allowReserved === "boolean" ? { allowReserved } : {}),
    };
  }
  return Object.keys(lifted).length === 0 ? undefined : lifted;
}

function parsed(context: Context, source: MediaSource, operation: string): MediaType | undefined {
  const media = parseMediaType(source.mediaType);
  if (media === undefined) {
    unsupported(
      context,
      source,
      operation,
      `"${source.mediaType}" is not a media type`,
      "write type/subtype, for example application/json",
    );
  }
  return media;
}

function unsupported(
  context: Context,
  source: MediaSource,
  operation: string,
  message: string,
  cure: string,
): void {
  const { file, pointer } = source.at;
  context.report.add({
    code: "media-unsupported",
    place: { file, pointer },
    message,
    cure,
    operation,
  });
}
