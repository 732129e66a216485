/** Lifts the answers of an operation. */

import { byCodePoint } from "../emit/by-code-point.ts";
import type { AnswerKind, AnswerModel, HeaderModel, MediaModel } from "../model.ts";
import { isRecord, own, type RawRecord, textOf } from "../read/raw.ts";
import type { Located } from "../read/resolve.ts";
import { type Context, follow, member, placeOf } from "./context.ts";
import { liftAnswerMedia } from "./lift-media.ts";
import { NOT_SCHEMA } from "./lift-parameter.ts";
import { answerMediaOf2 } from "./lift-swagger.ts";
import { LeftOut } from "./report.ts";
import { normaliseSchema } from "./schema/normalise-schema.ts";

const STATUS = /^([1-5]\d\d|[1-5]XX|default)$/;

/**
 * @param at the `responses` of the operation
 * @param produces Swagger 2.0: the media types of the operation's answers
 */
export function liftAnswers(
  context: Context,
  at: Located,
  operation: string,
  produces: readonly string[],
): AnswerModel[] {
  if (!isRecord(at.value)) return [];
  const answers: AnswerModel[] = [];
  for (const key of Object.keys(at.value)) {
    if (key.startsWith("x-")) continue;
    const place = member(at, key, at.value[key]);
    const status = /^[1-5]xx$/i.test(key) ? key.toUpperCase() : key;
    if (!STATUS.test(status)) {
      context.report.add({
        code: "operation-invalid",
        place: placeOf(place),
        operation,
        message: `"${key}" is not a status`,
        cure: "use 200, 2XX or default; until then this answer is left out",
      });
      continue;
    }
    answers.push(liftAnswer(context, place, status, operation, produces));
  }
  return answers.sort((a, b) => byCodePoint(a.status, b.status));
}

function liftAnswer(
  context: Context,
  at: Located,
  status: string,
  operation: string,
  produces: readonly string[],
): AnswerModel {
  const target = follow(context, at);
  if (!isRecord(target.value)) return { status, description: "", headers: [], media: [] };
  const { file, value, pointer } = target;
  const raw = value as RawRecord;
  return {
    status,
    description: textOf(raw.description) ?? "",
    headers: liftHeaders(context, { file, value: raw.headers, pointer: `${pointer}/headers` }),
    media:
      context.specification === "2.0"
        ? answerMediaOf2(context, target, operation, produces)
        : mediaOf(context, target, operation),
  };
}

function mediaOf(context: Context, at: Located, operation: string): MediaModel<AnswerKind>[] {
  const content = own(at.value as RawRecord, "content");
  if (!isRecord(content)) return [];
  const contentAt = member(at, "content", content);
  const types = Object.keys(content);
  const media = types
    .map((mediaType) =>
      liftAnswerMedia(
        context,
        { mediaType, at: member(contentAt, mediaType, content[mediaType]) },
        operation,
      ),
    )
    .filter((model) => model !== undefined);
  if (types.length > 0 && media.length === 0) {
    throw new LeftOut({
      code: "media-unsupported",
      place: placeOf(contentAt),
      message: `an answer of ${types.join(", ")} cannot be read`,
      cure: "write media types as type/subtype",
    });
  }
  return media;
}

/** OpenAPI 3.1 §4.8.17.1: `Content-Type` is said by `content`. */
function liftHeaders(context: Context, at: Located): HeaderModel[] {
  if (!isRecord(at.value)) return [];
  const headers: HeaderModel[] = [];
  for (const name of Object.keys(at.value)) {
    if (name.toLowerCase() === "content-type") continue;
    const target = follow(context, member(at, name, at.value[name]));
    if (!isRecord(target.value)) continue;
    headers.push(liftHeader(context, target, target.value, name));
  }
  return headers;
}

function liftHeader(context: Context, at: Located, raw: RawRecord, name: string): HeaderModel {
  const description = textOf(raw.description);
  const base = { name, required: raw.required === true, schema: headerSchema(context, at, raw) };
  return description === undefined ? base : { ...base, description };
}

function headerSchema(context: Context, at: Located, raw: RawRecord): HeaderModel["schema"] {
  if (Object.hasOwn(raw, "schema"))
    return normaliseSchema(context, raw.schema, placeOf(member(at, "schema", raw.schema)));
  if (isRecord(raw.content)) {
    const [media] = Object.values(raw.content);
    if (isRecord(media) && Object.hasOwn(media, "schema"))
      return normaliseSchema(context, media.schema, { file: at.file, node: media, key: "schema" });
  }
  if (raw.type !== undefined)
    return normaliseSchema(context, raw, placeOf(at), { file: at.file }, NOT_SCHEMA);
  return { type: "string" };
}
