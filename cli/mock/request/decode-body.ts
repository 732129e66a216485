/** Reads a body by its media type into the value that the document describes. */
import { parseJson } from "../../../src/core/exact-json.ts";
import { essenceOf, isWithin } from "../../../src/http/media-type.ts";
import type { BodyKind, BodyModel, MediaModel } from "../../gen/model.ts";
import { Refusal } from "../refusal.ts";
import type { SchemaView } from "../schema/schema-view.ts";
import { decodeForm } from "./decode-form.ts";
import { decodeMultipart } from "./decode-multipart.ts";
import { parseMultipart } from "./parse-multipart.ts";
import { Undecodable } from "./raw-value.ts";
import type { Validator, Violation } from "./validator.ts";

/** RFC 7464: stands before every item of a JSON text sequence. */
const RECORD_SEPARATOR = "\x1e";

export interface DecodedBody {
  readonly media: MediaModel<BodyKind>;
  /** As the schema sees it. */
  readonly value: unknown;
  /** As `value`, with every digit of the integers in JSON. */
  readonly exact: unknown;
}

/**
 * The body, or undefined where there is none.
 *
 * @throws Refusal 415 for a media type that the operation does not take, 400 for a body that is not what it says.
 */
export function decodeBody(
  view: SchemaView,
  body: BodyModel,
  bytes: Buffer,
  contentType: string | undefined,
): DecodedBody | undefined {
  if (bytes.length === 0 && (contentType === undefined || !isEmptiable(body, contentType)))
    return undefined;
  const media = contentType === undefined ? undefined : chooseMedia(body, contentType);
  if (media === undefined) {
    const taken = body.media.map(({ mediaType }) => mediaType).join(", ");
    // RFC 9110 §15.5.16: what would have been taken is said in `Accept`.
    throw new Refusal(415, {
      detail: `takes ${taken}, not ${contentType ?? "a body without Content-Type"}`,
      headers: { accept: taken },
    });
  }
  try {
    return { media, ...read(view, media, bytes, contentType ?? "") };
  } catch (error) {
    if (error instanceof Undecodable)
      throw new Refusal(400, { detail: `the body cannot be read: ${error.message}` });
    throw error;
  }
}

/** An empty text, form or file is a body, too. */
function isEmptiable(body: BodyModel, contentType: string): boolean {
  const kind = chooseMedia(body, contentType)?.kind;
  return kind !== undefined && kind !== "json" && kind !== "multipart";
}

function chooseMedia(body: BodyModel, contentType: string): MediaModel<BodyKind> | undefined {
  const essence = essenceOf(contentType);
  return (
    body.media.find(({ mediaType }) => mediaType.toLowerCase() === contentType.toLowerCase()) ??
    body.media.find(({ mediaType }) => essenceOf(mediaType) === essence) ??
    body.media.find(({ mediaType }) => isWithin(essence, essenceOf(mediaType)))
  );
}

function read(
  view: SchemaView,
  media: MediaModel<BodyKind>,
  bytes: Buffer,
  contentType: string,
): Omit<DecodedBody, "media"> {
  const same = (value: unknown): Omit<DecodedBody, "media"> => ({ value, exact: value });
  switch (media.kind) {
    case "json": {
      const text = bytes.toString("utf8");
      return { value: parse(() => JSON.parse(text)), exact: parse(() => parseJson(text)) };
    }
    case "ndjson": {
      const lines = bytes
        .toString("utf8")
        .replaceAll(RECORD_SEPARATOR, "\n")
        .split(/\r?\n/)
        .filter((line) => line.trim() !== "");
      return same(lines.map((line) => parse(() => JSON.parse(line))));
    }
    case "form":
      return same(decodeForm(view, media, bytes.toString("utf8")));
    case "multipart":
      return same(decodeMultipart(view, media, parseMultipart(bytes, contentType)));
    case "text":
      return same(bytes.toString("utf8"));
    default:
      return same(bytes);
  }
}

function parse(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    throw new Undecodable("it is not valid JSON");
  }
}

/** What is wrong with a decoded body; bytes and texts are taken as they are. */
export function checkBody(validator: Validator, { media, value }: DecodedBody): Violation[] {
  const { kind, schema, itemSchema } = media;
  if (kind === "binary" || kind === "text") return [];
  if (kind === "ndjson") {
    if (itemSchema === undefined) return [];
    return (value as unknown[]).flatMap((item, index) =>
      validator.check(itemSchema, item, `/body/${index}`),
    );
  }
  return schema === undefined ? [] : validator.check(schema, value, "/body");
}
