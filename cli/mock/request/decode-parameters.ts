/** Reads the parameters of an operation out of a request, by style, and gives them types. */
import type { IncomingHttpHeaders } from "node:http";
import { isJson } from "../../../src/http/media-type.ts";
import type { ParameterModel, Schema } from "../../gen/model.ts";
import type { SchemaView } from "../schema/schema-view.ts";
import { alternatives, coerce, shapesOf } from "./coerce.ts";
import { decodeForm } from "./decode-form.ts";
import { decodePairs, type Pairs, queryPairs } from "./decode-pairs.ts";
import { decodeLabel, decodeMatrix, decodeSimple, type Shape, splitPair } from "./decode-style.ts";
import {
  type Decode,
  decodePercent,
  form,
  percent,
  type RawValue,
  Undecodable,
} from "./raw-value.ts";
import type { Violation } from "./validator.ts";

/** A request, as far as parameters go: nothing is decoded yet. */
export interface RawRequest {
  /** By name, as it stands in the path. */
  readonly path: Readonly<Record<string, string>>;
  /** Without `?`. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
}

export interface DecodedParameter {
  readonly parameter: ParameterModel;
  /** RFC 6901, for example `/query/limit`. */
  readonly pointer: string;
  readonly value: unknown;
}

export interface DecodedParameters {
  /** Those that the request holds. */
  readonly found: readonly DecodedParameter[];
  readonly violations: readonly Violation[];
}

const asIs: Decode = (text) => text;
const trimmed: Decode = (text) => text.trim();

export function decodeParameters(
  view: SchemaView,
  parameters: readonly ParameterModel[],
  request: RawRequest,
): DecodedParameters {
  const found: DecodedParameter[] = [];
  const violations: Violation[] = [];
  const names = new Set(
    parameters.filter(({ in: place }) => place === "query").map(({ name }) => name),
  );
  for (const parameter of parameters) {
    const pointer = `/${parameter.in}/${parameter.name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    try {
      const value = decodeParameter(view, parameter, request, names);
      if (value !== undefined) found.push({ parameter, pointer, value });
      else if (parameter.required) violations.push({ pointer, detail: "is required" });
    } catch (error) {
      if (!(error instanceof Undecodable)) throw error;
      violations.push({ pointer, detail: error.message });
    }
  }
  return { found, violations };
}

function decodeParameter(
  view: SchemaView,
  parameter: ParameterModel,
  request: RawRequest,
  names: ReadonlySet<string>,
): unknown {
  if (parameter.in === "querystring") return decodeWhole(view, parameter, request.query);
  if (parameter.mediaType !== undefined) return decodeContent(view, parameter, request);
  const { schema } = parameter;
  let first: unknown;
  // Where the schema allows several shapes, the first whose reading is not simply the text as a whole wins.
  for (const shape of shapesOf(view, schema).sort((a, b) => rank(a) - rank(b))) {
    const raw = readRaw(view, parameter, shape, request, names);
    if (raw === undefined) continue;
    const value = coerce(view, schema, raw);
    if (shape === shapeOfValue(value)) return value;
    first ??= value;
  }
  return first;
}

const rank = (shape: Shape): number => ["record", "list", "scalar"].indexOf(shape);
const shapeOfValue = (value: unknown): Shape =>
  Array.isArray(value) ? "list" : typeof value === "object" && value !== null ? "record" : "scalar";

function readRaw(
  view: SchemaView,
  parameter: ParameterModel,
  shape: Shape,
  request: RawRequest,
  names: ReadonlySet<string>,
): RawValue | undefined {
  const { name, style, explode, in: place, allowReserved } = parameter;
  if (place === "path") return readPath(parameter, shape, request);
  if (place === "header") {
    const text = headerText(request.headers, name);
    return text === undefined
      ? undefined
      : decodeSimple(text, explode, shape, shape === "scalar" ? asIs : trimmed);
  }
  const pairs =
    place === "cookie" ? cookiePairs(request.headers.cookie) : queryPairs(request.query);
  const declared = declaredMembers(view, parameter);
  const isMember = (key: string): boolean =>
    names.has(key)
      ? key === name && declared.names.has(key)
      : declared.open || declared.names.has(key);
  // A `+` is a space in queries, unless reserved characters go as they are.
  const decode = place === "cookie" || allowReserved ? percent : form;
  return decodePairs(
    pairs,
    { name, style, explode },
    shape,
    decode,
    place === "cookie" ? (key) => declared.names.has(key) : isMember,
  );
}

function readPath(
  { name, style, explode }: ParameterModel,
  shape: Shape,
  { path }: RawRequest,
): RawValue | undefined {
  const text = Object.hasOwn(path, name) ? path[name] : undefined;
  if (text === undefined) return undefined;
  if (style === "label") return decodeLabel(text, explode, shape, percent);
  if (style === "matrix") return decodeMatrix(text, name, explode, shape, percent);
  return decodeSimple(text, explode, shape, percent);
}

/** Properties that the schema of a record names, and whether it takes others. */
function declaredMembers(
  view: SchemaView,
  { schema, explode, style }: ParameterModel,
): { names: Set<string>; open: boolean } {
  const names = new Set<string>();
  if (!explode || style === "deepObject") return { names, open: false };
  const flats = alternatives(view, schema);
  for (const { layers, required } of flats) {
    for (const layer of layers)
      for (const key of Object.keys(layer.properties ?? {})) names.add(key);
    for (const key of required) names.add(key);
  }
  // Only a record that says what its other members are claims what nobody else does.
  const open = flats.some(({ layers }) =>
    layers.some(({ additionalProperties }) => Boolean(additionalProperties)),
  );
  return { names, open };
}

function headerText(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name.toLowerCase()];
  return Array.isArray(value) ? value.join(", ") : value;
}

/** RFC 6265 §4.2.1. */
function cookiePairs(header: string | undefined): Pairs {
  return (header ?? "")
    .split(";")
    .map((pair) => splitPair(pair.trim()))
    .filter(([name]) => name !== "")
    .map(([name, text]) => [decodePercent(name) ?? name, text.replace(/^"(.*)"$/, "$1")]);
}

/** OpenAPI 3.2 §4.12.1: the whole query is one value. */
function decodeWhole(
  view: SchemaView,
  { schema, mediaType = "" }: ParameterModel,
  query: string,
): unknown {
  if (query === "") return undefined;
  if (/^application\/x-www-form-urlencoded\b/i.test(mediaType))
    return decodeForm(view, { schema }, query);
  return decodeDocument(view, schema, mediaType, percent(query));
}

/** A parameter with `content`: its text is a document. */
function decodeContent(view: SchemaView, parameter: ParameterModel, request: RawRequest): unknown {
  const { mediaType = "", schema } = parameter;
  const text = contentText(parameter, request);
  return text === undefined ? undefined : decodeDocument(view, schema, mediaType, text);
}

function decodeDocument(
  view: SchemaView,
  schema: Schema,
  mediaType: string,
  text: string,
): unknown {
  if (!isJson(mediaType)) return coerce(view, schema, text);
  try {
    return JSON.parse(text);
  } catch {
    throw new Undecodable("is not valid JSON");
  }
}

function contentText({ name, in: place }: ParameterModel, request: RawRequest): string | undefined {
  if (place === "header") return headerText(request.headers, name);
  if (place === "path")
    return request.path[name] === undefined ? undefined : percent(request.path[name]);
  const pairs =
    place === "cookie" ? cookiePairs(request.headers.cookie) : queryPairs(request.query);
  const text = pairs.find(([key]) => key === name)?.[1];
  return text === undefined ? undefined : (place === "cookie" ? percent : form)(text);
}
