/** Writes a composer's whole answer as JSON. */
import { formatDegraded } from "../compose/degraded.ts";
import type { ComposedAnswer } from "../compose/run-composer.ts";
import { stringifyJson } from "../core/exact-json.ts";
import { formatCacheStatus } from "../http/caching/cache-status.ts";
import type { Coding } from "../http/content-coding.ts";
import { composedFields } from "./composed-fields.ts";
import { encode } from "./compression/encode.ts";
import { type RouteCompression, weakTag } from "./compression/route-compression.ts";
import type { InboundContext } from "./inbound.ts";

/** RFC 9110 §15.3.5, §15.3.6, §15.4.5: these have no content. */
const EMPTY: ReadonlySet<number> = new Set([204, 205, 304]);
const BYPASSED = formatCacheStatus("fwd=bypass");

/** @throws TypeError when one of the composer's own fields cannot be in a head; none is set then. */
export function setComposedHead(
  { state: { fields } }: InboundContext,
  { headers }: Pick<ComposedAnswer, "headers">,
  contentType: string,
): void {
  const own = composedFields(headers);
  fields.set("Content-Type", contentType);
  fields.set("Cache-Control", "no-store");
  // RFC 9211 §2.2: nothing is kept of this route. Where something is, the response cache answers.
  if (!fields.has("Cache-Status")) fields.set("Cache-Status", BYPASSED);
  for (const [name, value] of own) fields.set(name, value);
}

/**
 * Written here, as streams are: Koa would look up again what is known already.
 * @param compression undefined: the answer is written as it is.
 */
export function writeComposed(
  ctx: InboundContext,
  answer: ComposedAnswer,
  compression?: RouteCompression,
): void | Promise<void> {
  const { state: inbound, req, res } = ctx;
  const { status } = answer;
  const { fields } = inbound;
  const isEmpty = answer.body === undefined || EMPTY.has(status);
  // Before the head: what cannot be written as JSON is still a problem.
  const text = isEmpty ? "" : stringifyJson(answer.body);
  setComposedHead(ctx, answer, "application/json");
  setDegraded(ctx);
  const length = Buffer.byteLength(text);
  if (isEmpty) fields.delete("Content-Type");
  if (compression !== undefined && !isEmpty) {
    fields.set("Vary", "Accept-Encoding");
    const coding = length < compression.minBytes ? undefined : compression.choose(req.headers);
    if (coding !== undefined && mayCode(answer, compression)) {
      return writeCoded(ctx, status, Buffer.from(text), coding);
    }
  }
  // RFC 9110 §8.6: an answer that has no content by its status says nothing of its length.
  if (status !== 204 && status !== 304) fields.set("Content-Length", length);
  ctx.respond = false;
  fields.writeHead(res, status);
  if (req.method === "HEAD") {
    res.end();
  } else {
    inbound.bytes = length;
    // As many bytes as characters: all of them are ASCII, and the same in Latin-1, which is written for half the price.
    if (length === text.length) res.end(text, "latin1");
    // Node.js writes the head in the encoding of the text behind it: by RFC 9110 §5.5 it is Latin-1, whatever the text.
    else if (fields.isAscii) res.end(text);
    else res.end(Buffer.from(text));
  }
}

function mayCode({ headers }: ComposedAnswer, { allows }: RouteCompression): boolean {
  return Object.entries(headers).every(([name, value]) => allows(name, value));
}

/** Nothing of the head is written before the length is known: a HEAD tells that of the GET (RFC 9110 §9.3.2). */
async function writeCoded(
  ctx: InboundContext,
  status: number,
  body: Buffer,
  coding: Coding,
): Promise<void> {
  const { state: inbound, req, res } = ctx;
  const { fields } = inbound;
  const coded = await encode(coding, body);
  ctx.respond = false;
  if (inbound.gone) return;
  if (coded !== undefined) {
    fields.set("Content-Encoding", coding);
    const tag = fields.get("ETag");
    if (tag !== undefined) fields.set("ETag", weakTag(String(tag)));
  }
  const bytes = coded ?? body;
  fields.set("Content-Length", bytes.byteLength);
  fields.writeHead(res, status);
  if (req.method === "HEAD") {
    res.end();
  } else {
    inbound.bytes = bytes.byteLength;
    res.end(bytes);
  }
}

/** Says which calls of this request were answered by a stand-in. */
export function setDegraded({ state: { degradations, fields } }: InboundContext): void {
  if (degradations.length > 0) fields.set("Gateway-Degraded", formatDegraded(degradations));
}
