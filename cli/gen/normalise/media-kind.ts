/** Media types (RFC 9110 §8.3.1), and how a body of each is written and read. */
import type { AnswerKind, BodyKind } from "../model.ts";

export interface MediaType {
  /** Lower case, without parameters. */
  readonly essence: string;
  readonly type: string;
  readonly subtype: string;
  /** Behind the last `+` of the subtype (RFC 6838 §4.2.8). */
  readonly suffix: string;
  /** Lower case, `name=value`. */
  readonly parameters: readonly string[];
}

const TOKEN = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;

/** `undefined`: malformed. */
export function parseMediaType(text: string): MediaType | undefined {
  const [head = "", ...rest] = text.split(";");
  const essence = head.trim().toLowerCase();
  const [type = "", subtype = "", ...more] = essence.split("/");
  if (more.length > 0 || !TOKEN.test(type) || !TOKEN.test(subtype)) return undefined;
  const plus = subtype.lastIndexOf("+");
  const parameters = rest
    .map((parameter) => parameter.trim().toLowerCase())
    .filter((parameter) => parameter !== "");
  return { essence, type, subtype, suffix: plus < 0 ? "" : subtype.slice(plus + 1), parameters };
}

const NDJSON: ReadonlySet<string> = new Set([
  "application/x-ndjson",
  "application/ndjson",
  "application/jsonl",
  "application/x-jsonl",
  "application/jsonlines",
  "application/x-jsonlines",
  "application/json-seq",
  "application/stream+json",
  "application/x-json-stream",
]);
/** Text in all but the registered type. */
const TEXT: ReadonlySet<string> = new Set([
  "application/xml",
  "application/yaml",
  "application/x-yaml",
  "application/graphql",
  "application/javascript",
]);

/** How an answer is read. */
export function answerKindOf(media: MediaType): AnswerKind {
  const kind = kindOf(media);
  if (kind === "multipart") return "binary";
  return kind;
}

/** How a request body is written; `undefined`: it cannot be. */
export function bodyKindOf(media: MediaType): BodyKind | undefined {
  const kind = kindOf(media);
  if (kind === "sse") return "text";
  // multipart/mixed, multipart/related: their parts are ordered and have no names.
  if (kind === "binary" && media.type === "multipart") return undefined;
  return kind;
}

function kindOf(media: MediaType): AnswerKind | BodyKind {
  const { essence, type, suffix } = media;
  if (essence === "text/event-stream") return "sse";
  if (NDJSON.has(essence) || suffix === "json-seq") return "ndjson";
  if (essence === "application/json" || suffix === "json" || essence === "text/json") {
    // Kubernetes: one JSON document a line, for as long as the client listens.
    return media.parameters.includes("stream=watch") ? "ndjson" : "json";
  }
  if (essence === "application/x-www-form-urlencoded") return "form";
  if (essence === "multipart/form-data") return "multipart";
  if (type === "text" || TEXT.has(essence) || suffix === "xml" || suffix === "yaml") return "text";
  return "binary";
}

/** A range that says nothing about the format: what is sent depends on the schema. */
export function isAnyMedia({ essence }: MediaType): boolean {
  return essence === "*/*" || essence === "application/*";
}
