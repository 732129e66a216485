/** Writes a composer's whole answer as JSON. */
import { formatDegraded } from "../compose/degraded.ts";
import type { ComposedAnswer } from "../compose/run-composer.ts";
import { stringifyJson } from "../core/exact-json.ts";
import { formatCacheStatus } from "../http/caching/cache-status.ts";
import type { InboundContext } from "./inbound.ts";

/** RFC 9110 §15.3.5, §15.3.6, §15.4.5: these have no content. */
const EMPTY: ReadonlySet<number> = new Set([204, 205, 304]);
const BYPASSED = formatCacheStatus("fwd=bypass");
/** Set by the server alone (RFC 9112 §6). */
const FRAMING: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "keep-alive",
  "transfer-encoding",
]);

/** Whether a composer may set a field of this name. */
export function isComposersField(name: string): boolean {
  return !FRAMING.has(name.toLowerCase());
}

export function setComposedHead(
  ctx: InboundContext,
  answer: Pick<ComposedAnswer, "status" | "headers">,
  contentType: string,
): void {
  const { res } = ctx;
  ctx.status = answer.status;
  res.setHeader("Content-Type", contentType);
  res.setHeader("Cache-Control", "no-store");
  // RFC 9211 §2.2: nothing is kept of this route. Where something is, the response cache answers.
  if (!res.hasHeader("Cache-Status")) res.setHeader("Cache-Status", BYPASSED);
  for (const name of Object.keys(answer.headers)) {
    if (isComposersField(name)) res.setHeader(name, answer.headers[name] ?? "");
  }
}

/** Written here, as streams are: Koa would look up again what is known already. */
export function writeComposed(ctx: InboundContext, answer: ComposedAnswer): void {
  const { state: inbound, req, res } = ctx;
  const isEmpty = answer.body === undefined || EMPTY.has(answer.status);
  // Before the head: what cannot be written as JSON is still a problem.
  const text = isEmpty ? "" : stringifyJson(answer.body);
  setComposedHead(ctx, answer, "application/json");
  setDegraded(ctx);
  const length = Buffer.byteLength(text);
  if (isEmpty) res.removeHeader("Content-Type");
  // RFC 9110 §8.6: an answer that has no content by its status says nothing of its length.
  if (answer.status !== 204 && answer.status !== 304) res.setHeader("Content-Length", length);
  ctx.respond = false;
  res.statusCode = answer.status;
  if (req.method === "HEAD") {
    res.end();
  } else {
    inbound.bytes = length;
    res.end(text);
  }
}

/** Says which calls of this request were answered by a stand-in. */
export function setDegraded({ state: { degradations }, res }: InboundContext): void {
  if (degradations.length > 0) res.setHeader("Gateway-Degraded", formatDegraded(degradations));
}
