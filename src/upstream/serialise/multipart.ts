/** Bodies of `multipart/form-data` (RFC 7578), written as browsers do (HTML Living Standard §4.10.21.8). */
import { randomBytes } from "node:crypto";
import { stringifyJson } from "../../core/exact-json.ts";
import type { BinaryInput } from "../../core/operation.ts";
import { essenceOf, isJson, isRange, isWithin } from "../../http/media-type.ts";
import type { EncodingPlan, MediaPlan } from "../plan.ts";
import { bytesOf, isBinary, lengthOf } from "./binary.ts";
import type { WriteBody } from "./body.ts";
import { encodeNot } from "./percent.ts";
import { impossibleInput, type Place, placeIn } from "./place.ts";
import { expandPairs } from "./style.ts";
import { memberText, toExpandable } from "./values.ts";

/** One part: its head as text, and its content. */
interface BodyPart {
  readonly head: string;
  readonly content: Uint8Array | BinaryInput;
}

/**
 * Compiles `multipart`. Binary values are files, lists are repeated parts, records are JSON, and null and undefined
 * are left out. The body is streamed when a part is; its length is declared when it can be known.
 */
export function compileMultipart({ encoding = {} }: MediaPlan, place: Place): WriteBody {
  return function writeMultipart(value, contentType, fields) {
    if (typeof value !== "object" || value === null)
      throw impossibleInput(place, "must be an object");
    const boundary = `heddle-${randomBytes(16).toString("hex")}`;
    const mediaType = isRange(contentType) ? "multipart/form-data" : essenceOf(contentType);
    fields["content-type"] = `${mediaType}; boundary=${boundary}`;
    const entries = value instanceof FormData ? [...value] : Object.entries(value);
    const parts = entries.flatMap(([name, member]) =>
      Array.from(partsOf(name, member, own(encoding, name), placeIn(place, name))),
    );
    if (parts.every(({ content }) => content instanceof Uint8Array)) {
      return Buffer.concat([...inMemory(parts, boundary)]);
    }
    const length = lengthOfParts(parts, boundary);
    if (length !== undefined) fields["content-length"] = String(length);
    return streamed(parts, boundary);
  };
}

function own(encoding: Readonly<Record<string, EncodingPlan>>, name: string): EncodingPlan {
  return (Object.hasOwn(encoding, name) ? encoding[name] : undefined) ?? {};
}

function* partsOf(
  name: string,
  value: unknown,
  plan: EncodingPlan,
  place: Place,
): Generator<BodyPart> {
  if (value === undefined || value === null) return;
  const { contentType } = plan;
  if (isBinary(value)) {
    yield file(name, value, contentType);
  } else if (plan.style !== undefined) {
    const { style, explode = style === "form" } = plan;
    const how = { style, explode, encode: encodeNot, encodeName: encodeNot };
    const pairs = expandPairs(how, name, toExpandable(value, place), place);
    for (let index = 0; index < pairs.length; index += 2) {
      yield text(pairs[index] ?? "", pairs[index + 1] ?? "", undefined);
    }
  } else if (contentType !== undefined && isJson(contentType)) {
    yield text(name, stringifyJson(value), contentType);
  } else if (Array.isArray(value)) {
    for (const item of value) yield* partsOf(name, item, plan, place);
  } else {
    const member = toExpandable(value, place);
    if (typeof member === "object") yield text(name, stringifyJson(member), "application/json");
    else yield text(name, memberText(member, place) ?? "", single(contentType));
  }
}

/** A content type that can be written: the document may list several, or a range. */
function single(contentType: string | undefined): string | undefined {
  return contentType === undefined || /[*,]/.test(contentType) ? undefined : contentType;
}

function text(name: string, content: string, contentType: string | undefined): BodyPart {
  const type = contentType === undefined ? "" : `\r\nContent-Type: ${contentType}`;
  return {
    head: `Content-Disposition: form-data; name="${quote(name)}"${type}`,
    content: Buffer.from(content),
  };
}

function file(name: string, value: BinaryInput, contentType: string | undefined): BodyPart {
  const { name: given, type } = value as { name?: unknown; type?: unknown };
  const fileName = typeof given === "string" && given !== "" ? given : "blob";
  const fileType = typeOfFile(typeof type === "string" ? type : "", contentType);
  return {
    head: `Content-Disposition: form-data; name="${quote(name)}"; filename="${quote(fileName)}"\r\nContent-Type: ${fileType}`,
    content: value instanceof ArrayBuffer ? new Uint8Array(value) : value,
  };
}

/** The file's own type where the document allows it, else the first that the document names. */
function typeOfFile(type: string, declared: string | undefined): string {
  const allowed = declared?.split(",").map((one) => one.trim()) ?? [];
  const safe = /^[\w.+-]+\/[\w.+-]+(?:\s*;[\x20-\x7e]*)?$/.test(type) ? type : "";
  if (
    safe !== "" &&
    (allowed.length === 0 || allowed.some((range) => isWithin(essenceOf(safe), range)))
  ) {
    return safe;
  }
  return allowed.find((one) => !isRange(one)) ?? (safe || "application/octet-stream");
}

/** HTML Living Standard, "escape" of names and file names: `"`, CR and LF. */
function quote(name: string): string {
  return name.replace(/["\r\n]/g, (found) =>
    found === '"' ? "%22" : found === "\r" ? "%0D" : "%0A",
  );
}

function opening({ head }: BodyPart, boundary: string): Buffer {
  return Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`);
}

const NEW_LINE = Buffer.from("\r\n");

function closing(boundary: string): Buffer {
  return Buffer.from(`--${boundary}--\r\n`);
}

function* inMemory(parts: readonly BodyPart[], boundary: string): Generator<Uint8Array> {
  for (const part of parts) {
    yield opening(part, boundary);
    yield part.content as Uint8Array;
    yield NEW_LINE;
  }
  yield closing(boundary);
}

async function* streamed(parts: readonly BodyPart[], boundary: string): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    yield opening(part, boundary);
    const bytes = bytesOf(part.content);
    if (bytes instanceof Uint8Array) yield bytes;
    else yield* bytes;
    yield NEW_LINE;
  }
  yield closing(boundary);
}

function lengthOfParts(parts: readonly BodyPart[], boundary: string): number | undefined {
  let total = closing(boundary).length;
  for (const part of parts) {
    const length = lengthOf(part.content);
    if (length === undefined) return undefined;
    total += opening(part, boundary).length + length + NEW_LINE.length;
  }
  return total;
}
