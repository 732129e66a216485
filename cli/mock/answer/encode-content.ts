/** Writes the content of an answer in its media type. */
import { stringifyJson } from "../../../src/core/exact-json.ts";
import type { AnswerKind } from "../../gen/model.ts";

/** A body in one piece, or in pieces that are sent one after the other. */
export type Content =
  | { readonly kind: "whole"; readonly bytes: Buffer }
  | { readonly kind: "stream"; readonly pieces: readonly Buffer[] };

export function encodeContent(kind: AnswerKind, mediaType: string, value: unknown): Content {
  if (kind === "ndjson" || kind === "sse") {
    const items = value as readonly unknown[];
    const write =
      kind === "sse" ? eventText : /json-seq\b/i.test(mediaType) ? recordText : lineText;
    return { kind: "stream", pieces: items.map((item, at) => Buffer.from(write(item, at))) };
  }
  return {
    kind: "whole",
    bytes: kind === "binary" ? Buffer.from(value as Uint8Array) : Buffer.from(textOf(kind, value)),
  };
}

function textOf(kind: AnswerKind, value: unknown): string {
  if (kind === "text") return String(value);
  return kind === "form" ? formText(value) : stringifyJson(value);
}

const lineText = (item: unknown): string => `${stringifyJson(item)}\n`;
/** RFC 7464 §2.2. */
const recordText = (item: unknown): string => `\x1e${stringifyJson(item)}\n`;

/** HTML Living Standard §9.2.5: every line of the data is a field of its own. */
function eventText(data: unknown, at: number): string {
  const text = typeof data === "string" ? data : stringifyJson(data);
  const lines = text.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`);
  return `id: ${at + 1}\n${lines.join("")}\n`;
}

function formText(value: unknown): string {
  const form = new URLSearchParams();
  for (const [name, item] of Object.entries((value ?? {}) as object)) {
    for (const one of [item].flat()) {
      if (one !== null && one !== undefined)
        form.append(name, typeof one === "object" ? stringifyJson(one) : String(one));
    }
  }
  return form.toString();
}
