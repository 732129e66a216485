/** How a parameter is written (OpenAPI 3.1 §4.8.12.2 and §4.8.12.3, Swagger 2.0 `collectionFormat`). */
import type { ParameterLocation } from "../model.ts";
import { own, type RawRecord } from "../read/raw.ts";

export interface Style {
  readonly style: string;
  readonly explode: boolean;
  readonly wrong?: string;
}

const STYLES: Readonly<Record<ParameterLocation, readonly string[]>> = {
  path: ["simple", "label", "matrix"],
  query: ["form", "spaceDelimited", "pipeDelimited", "deepObject"],
  header: ["simple"],
  cookie: ["form", "cookie"],
  querystring: ["form"],
};

/** OpenAPI 3.x. The first style of a location is its default; `form` explodes unless it is told not to. */
export function styleOf(raw: RawRecord, location: ParameterLocation): Style {
  const allowed = STYLES[location];
  const [standard = "form"] = allowed;
  const wanted = own(raw, "style");
  const known = typeof wanted === "string" && allowed.includes(wanted);
  // RFC 6265 cookies differ from `form` in what is escaped only.
  const style = known && wanted !== "cookie" ? (wanted as string) : standard;
  const explode = own(raw, "explode");
  const base = { style, explode: typeof explode === "boolean" ? explode : style === "form" };
  if (wanted === undefined || known) return base;
  return {
    ...base,
    wrong: `style ${JSON.stringify(wanted)} does not exist for ${location} parameters`,
  };
}

const FORMATS: Readonly<Record<string, string>> = {
  csv: "form",
  ssv: "spaceDelimited",
  tsv: "tabDelimited",
  pipes: "pipeDelimited",
  multi: "form",
};

/** Swagger 2.0: arrays are joined by commas unless it says otherwise; only `multi` repeats the name. */
export function collectionStyleOf(raw: RawRecord, location: ParameterLocation): Style {
  const isList = location === "path" || location === "header";
  const standard = isList ? "simple" : "form";
  if (own(raw, "type") !== "array") return { style: standard, explode: !isList };
  const format = own(raw, "collectionFormat") ?? "csv";
  const known = typeof format === "string" && Object.hasOwn(FORMATS, format);
  if (!known)
    return {
      style: standard,
      explode: false,
      wrong: `collectionFormat ${JSON.stringify(format)} does not exist`,
    };
  const style = format === "csv" || format === "multi" ? standard : (FORMATS[format] ?? standard);
  return { style, explode: format === "multi" && !isList };
}
