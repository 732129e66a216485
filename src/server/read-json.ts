/** A request's JSON body as a value: its media type, character encoding and syntax checked. */
import { problem } from "../core/errors.ts";
import { parseJson } from "../core/exact-json.ts";
import { findJsonFault, type JsonFault } from "../http/json-fault.ts";
import { essenceOf, isJson, parameterOf } from "../http/media-type.ts";
import type { InboundContext } from "./inbound.ts";
import { discardBody, hasBody, readBody } from "./read-body.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Lists and records within each other. Real requests have a handful; whoever sends more is looking for a validator
 * that recurses, and schemas take several calls a level.
 */
const MAX_DEPTH = 128;

/** How a fault is told, before its place. */
const FAULTS: Readonly<Record<JsonFault["kind"], (items: number) => string>> = {
  syntax: () => "the body stops being JSON",
  depth: () => `the body is nested deeper than ${MAX_DEPTH} levels`,
  items: (items) => `the body has a list of more than ${items} items`,
  number: () => "the body has a number beyond 1.8e308, the largest that a double holds,",
};

/** What a body may be. */
export interface BodyLimits {
  readonly bytes: number;
  /** Of one list. */
  readonly items: number;
}

/**
 * The body's value; undefined when the request has none.
 * @throws GatewayError `unsupported-media-type`, `body-too-large`, `invalid-json`.
 */
export async function readJson(
  ctx: InboundContext,
  { bytes: limitBytes, items }: BodyLimits,
): Promise<unknown> {
  const { req, res, state: inbound } = ctx;
  if (!hasBody(req)) return undefined;
  const reason = unreadable(req.headers["content-type"], req.headers["content-encoding"]);
  if (reason !== undefined) {
    discardBody(req, limitBytes);
    // RFC 9110 §12.5.1: tells what would be taken.
    throw problem("unsupported-media-type", {
      detail: reason,
      headers: { Accept: "application/json" },
    });
  }
  const bytes = await readBody(req, res, limitBytes, inbound.deadline);
  return bytes.length === 0 ? undefined : parse(bytes, items);
}

function unreadable(type: string | undefined, coding: string | undefined): string | undefined {
  // RFC 9110 §15.5.16: also the answer to a content coding that is not taken.
  if (coding !== undefined && coding.trim().toLowerCase() !== "identity") {
    return `the content coding ${JSON.stringify(coding)} is not taken; send the body as it is`;
  }
  if (type === undefined || !isJson(type)) {
    const sent =
      type === undefined ? "no media type was sent" : `${JSON.stringify(essenceOf(type))} was sent`;
    return `${sent}; send application/json`;
  }
  const charset = parameterOf(type, "charset");
  if (charset === undefined || /^utf-?8$/i.test(charset)) return undefined;
  // RFC 8259 §8.1
  return `the charset ${JSON.stringify(charset)} is not taken; send JSON in UTF-8`;
}

function parse(bytes: Buffer, items: number): unknown {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch (cause) {
    throw invalid("the body is not UTF-8", cause);
  }
  const limits = { depth: MAX_DEPTH, items };
  try {
    return parseJson(text, limits);
  } catch (cause) {
    const { kind, line, column } = findJsonFault(text, limits);
    throw invalid(`${FAULTS[kind](items)} at line ${line}, column ${column}`, cause);
  }
}

function invalid(detail: string, cause: unknown): Error {
  return problem("invalid-json", { detail, errors: [{ pointer: "/body", detail }] }, cause);
}
