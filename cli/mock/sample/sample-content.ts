/** The content of a body or an answer in one media type: the document's example where it is right, else a sample. */
import type { MediaModel } from "../../gen/model.ts";
import { conforms } from "../schema/conforms.ts";
import type { SchemaView } from "../schema/schema-view.ts";
import { sampleBytes } from "./sample-bytes.ts";
import { sampleValue } from "./sample-value.ts";

export interface ContentOptions {
  readonly seed: number;
  /** What the content is of, for example `GET /orders 200`: part of the draw. */
  readonly at: string;
  /** What is known already; comes before the document's examples. */
  readonly hint?: unknown;
  /** Laid over a record: what is known of single properties, for example from the path. */
  readonly overlay?: Readonly<Record<string, unknown>>;
}

/** Items of a sampled stream. */
const ITEMS = 3;

/**
 * Of `json` and `form` the value, of `ndjson` and `sse` the items, of `text` a string, of `binary` the bytes, of
 * `multipart` a record.
 *
 * @throws Unsatisfiable where nothing conforms to the schema.
 */
export function sampleContent(
  view: SchemaView,
  media: MediaModel,
  options: ContentOptions,
): unknown {
  switch (media.kind) {
    case "ndjson":
    case "sse":
      return sampleItems(view, media, options);
    case "text":
      return sampleText(view, media, options);
    case "binary":
      return sampleBytes(media.mediaType, `${options.seed}${options.at}`);
    default:
      return sampleStructure(view, media, options);
  }
}

function sampleStructure(view: SchemaView, media: MediaModel, options: ContentOptions): unknown {
  const { seed, at, overlay } = options;
  const schema = media.schema ?? true;
  const start = options.hint ?? bestExample(view, media);
  const hint =
    isRecord(start ?? {}) && overlay !== undefined ? { ...(start as object), ...overlay } : start;
  if (schema === true) return hint ?? {};
  return sampleValue(view, schema, {
    seed,
    at,
    hint,
    filled: media.kind === "form" || media.kind === "multipart",
  });
}

/** The first example that conforms, else the first that has at least the right parts. */
export function bestExample(view: SchemaView, media: MediaModel): unknown {
  const schema = media.schema === undefined ? true : view.of(media.schema);
  const examples = media.examples.map(decodeExample);
  return (
    examples.find((example) => conforms(view, schema, example)) ??
    examples.find(isRecord) ??
    examples[0]
  );
}

/** Some documents write JSON examples as text. */
export function decodeExample(example: unknown): unknown {
  if (typeof example !== "string" || !/^\s*[[{]/.test(example)) return example;
  try {
    return JSON.parse(example);
  } catch {
    return example;
  }
}

function sampleItems(
  view: SchemaView,
  media: MediaModel,
  { seed, at, hint }: ContentOptions,
): unknown[] {
  const schema = media.itemSchema ?? true;
  if (Array.isArray(hint)) return hint;
  const cleaned = view.of(schema);
  const given = media.examples.flatMap((example) =>
    Array.isArray(example) ? example : [decodeExample(example)],
  );
  const examples = given.filter((item) => conforms(view, cleaned, item));
  if (examples.length > 0 && schema !== true) return examples;
  return Array.from({ length: ITEMS }, (_, index) =>
    sampleValue(view, schema, { seed, at: `${at}/${index}` }),
  );
}

function sampleText(
  view: SchemaView,
  media: MediaModel,
  { seed, at, hint }: ContentOptions,
): string {
  if (typeof hint === "string") return hint;
  const example = media.examples.find((item) => typeof item === "string");
  if (example !== undefined) return example as string;
  const value = sampleValue(view, media.schema ?? { type: "string" }, { seed, at, name: "text" });
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return wrapText(media.mediaType, text);
}

/** A text that a reader of the media type can read. */
function wrapText(mediaType: string, text: string): string {
  if (/[/+]xml\b/.test(mediaType)) return `<?xml version="1.0"?><sample>${text}</sample>`;
  if (/^text\/html\b/.test(mediaType)) return `<!doctype html><title>${text}</title>`;
  if (/^text\/csv\b/.test(mediaType)) return `id,name\r\n1,${text}\r\n`;
  return text;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
