/** A valid input for any operation: what a caller could hand in, drawn from a seed. */
import type {
  BodyModel,
  MediaModel,
  OperationModel,
  ParameterLocation,
  ParameterModel,
  ServiceModel,
} from "../../gen/model.ts";
import { conforms } from "../schema/conforms.ts";
import { createSchemaView, type SchemaView } from "../schema/schema-view.ts";
import { decodeExample, sampleContent } from "./sample-content.ts";
import { sampleValue } from "./sample-value.ts";
import { toFiles } from "./to-files.ts";
import { Unsatisfiable } from "./unsatisfiable.ts";

/** What the operations of a client take; only what the operation declares is there. */
export interface SampledInput {
  path?: Record<string, unknown>;
  query?: Record<string, unknown>;
  header?: Record<string, unknown>;
  cookie?: Record<string, unknown>;
  querystring?: unknown;
  body?: unknown;
  contentType?: string;
}

/**
 * Every parameter and the body are sampled, optional ones too. Path values are never empty; values of header fields
 * and cookies are such that they can be written there. Files are `Blob`s, binary bodies `Uint8Array`s.
 *
 * @param seed the same seed gives the same input.
 * @throws Unsatisfiable where a required part has a schema that nothing conforms to.
 */
export function sampleInput(
  operation: OperationModel,
  model: ServiceModel,
  seed = 1,
): SampledInput {
  return sampleInputWith(createSchemaView(model.schemas), operation, seed);
}

/** As {@link sampleInput}, for callers that keep a view. */
export function sampleInputWith(
  view: SchemaView,
  operation: OperationModel,
  seed = 1,
): SampledInput {
  const at = `${operation.method} ${operation.path}`;
  const input: SampledInput = {};
  for (const parameter of operation.parameters) {
    const value = optionally(parameter.required, () => sampleParameter(view, parameter, at, seed));
    if (value === undefined) continue;
    if (parameter.in === "querystring") input.querystring = value;
    else {
      const place = input[parameter.in] ?? {};
      input[parameter.in] = place;
      place[parameter.name] = value;
    }
  }
  if (operation.body !== undefined) {
    const { required } = operation.body;
    Object.assign(
      input,
      optionally(required, () => sampleBody(view, operation.body as BodyModel, at, seed)),
    );
  }
  return input;
}

function optionally<Value>(required: boolean, sample: () => Value): Value | undefined {
  try {
    return sample();
  } catch (error) {
    if (required || !(error instanceof Unsatisfiable)) throw error;
    return undefined;
  }
}

/** Texts that read well where they stand. */
const PLEASANT: Readonly<Record<ParameterLocation, RegExp>> = {
  // Needs no escape in a URL.
  path: /^(?!\.)[\w.~:@$-]+$/,
  query: /^[^\p{C}]+$/u,
  querystring: /^[^\p{C}]+$/u,
  header: /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/,
  cookie: /^[\w.~:@$-]+$/,
};

/** Texts that can be written at all: a path has no empty segment, `.` and `..` would be resolved away. */
const WRITABLE: Readonly<Record<ParameterLocation, RegExp>> = {
  path: /^(?!\.{1,2}$)[\s\S]+$/,
  query: /^/,
  querystring: /^/,
  header: /^(?:[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?)?$/,
  cookie: /^/,
};

/** What could be mistaken for what stands between the members of a list or a record. */
const DELIMITER = /[,|\s&=;.[\]]/;

function sampleParameter(
  view: SchemaView,
  parameter: ParameterModel,
  at: string,
  seed: number,
): unknown {
  const { name, schema, mediaType, in: place } = parameter;
  if (mediaType !== undefined) return sampleDocument(view, parameter, at, seed);
  const cleaned = view.of(schema);
  const writable = (value: unknown): boolean =>
    canBeWritten(value, (text) => WRITABLE[place].test(text));
  const examples = parameter.examples.map(decodeExample);
  const example = examples.find((value) => writable(value) && conforms(view, cleaned, value));
  if (example !== undefined) return example;
  const pleasant = (text: string): boolean => PLEASANT[place].test(text);
  for (const isSafe of [
    pleasant,
    (text: string) => pleasant(text) && !DELIMITER.test(text),
    (text: string) => WRITABLE[place].test(text),
  ]) {
    for (const useExamples of [true, false]) {
      const options = {
        seed,
        at: `${at} ${place} ${name}`,
        name,
        isSafe,
        useExamples,
        filled: true,
      };
      const value = attempt(() =>
        sampleValue(view, schema === true ? { type: "string" } : schema, options),
      );
      if (value !== undefined && writable(value)) return value;
    }
  }
  throw new Unsatisfiable(`no sample of the ${place} parameter "${name}" can be written`);
}

/** A parameter with `content`. */
function sampleDocument(
  view: SchemaView,
  parameter: ParameterModel,
  at: string,
  seed: number,
): unknown {
  const { name, schema, in: place, mediaType = "application/json", examples } = parameter;
  const media: MediaModel = { mediaType, kind: "json", schema, examples };
  return sampleContent(view, media, { seed, at: `${at} ${place} ${name}` });
}

function attempt(sample: () => unknown): unknown {
  try {
    return sample();
  } catch (error) {
    if (error instanceof Unsatisfiable) return undefined;
    throw error;
  }
}

/** Null and what has no member are not written (RFC 6570 §2.3); members must not hold what stands between them. */
function canBeWritten(
  value: unknown,
  isSafe: (text: string) => boolean,
  isMember = false,
): boolean {
  if (typeof value === "string") return isSafe(value) && !(isMember && DELIMITER.test(value));
  if (typeof value !== "object") return true;
  if (value === null) return false;
  const members = Object.values(value);
  return members.length > 0 && members.every((item) => canBeWritten(item, isSafe, true));
}

function sampleBody(
  view: SchemaView,
  body: BodyModel,
  at: string,
  seed: number,
): Pick<SampledInput, "body" | "contentType"> {
  let reason: unknown;
  for (const media of body.media) {
    try {
      return {
        body: bodyOf(view, media, `${at} body ${media.mediaType}`, seed),
        contentType: media.mediaType,
      };
    } catch (error) {
      if (!(error instanceof Unsatisfiable)) throw error;
      reason = error;
    }
  }
  throw reason;
}

function bodyOf(view: SchemaView, media: MediaModel, at: string, seed: number): unknown {
  const content = sampleContent(view, media, { seed, at });
  return media.kind === "multipart" ? toFiles(view, media, content, at) : content;
}
