/** The header fields that the document declares for an answer, sampled. */
import { isFieldValue, isToken } from "../../../src/http/header-value.ts";
import type { HeaderModel } from "../../gen/model.ts";
import { sampleValue } from "../sample/sample-value.ts";
import { Unsatisfiable } from "../sample/unsatisfiable.ts";
import type { SchemaView } from "../schema/schema-view.ts";

/** Fields that follow from the connection and the content: what a document says about them cannot be made up. */
const OWN = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "date",
  "content-encoding",
  "content-length",
  "content-type",
  "content-range",
]);
/** Made-up values would send the caller elsewhere, or change what it keeps. */
const LEADING = new Set(["link", "location", "set-cookie", "refresh"]);

/** @param known by lower-case name: values that come before samples, for example `location`. */
export function sampleHeaders(
  view: SchemaView,
  headers: readonly HeaderModel[],
  at: string,
  seed: number,
  known: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const sampled: Record<string, string> = {};
  for (const { name, schema, required } of headers) {
    const lower = name.toLowerCase();
    if (OWN.has(lower) || !isToken(name)) continue;
    if (LEADING.has(lower) && !required && known[lower] === undefined) continue;
    const text = known[lower] ?? sampleText(view, name, schema, at, seed);
    if (text !== undefined && isFieldValue(text))
      sampled[name] = lower === "etag" && !text.includes('"') ? `"${text}"` : text;
  }
  return sampled;
}

function sampleText(
  view: SchemaView,
  name: string,
  schema: HeaderModel["schema"],
  at: string,
  seed: number,
): string | undefined {
  try {
    const value = sampleValue(view, schema === true ? { type: "string" } : schema, {
      seed,
      at: `${at} header ${name}`,
      name,
      isSafe: isFieldValue,
    });
    return headerText(value);
  } catch (error) {
    if (error instanceof Unsatisfiable) return undefined;
    throw error;
  }
}

/** Style `simple` (OpenAPI 3.1 §4.8.21). */
function headerText(value: unknown): string {
  if (Array.isArray(value)) return value.map(String).join(",");
  if (typeof value === "object" && value !== null)
    return Object.entries(value).flat().map(String).join(",");
  return String(value);
}
