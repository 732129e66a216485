/** Writes an answer that was kept: all that can be is made beforehand, so that a hit is cheap. */
import { problem } from "../../core/errors.ts";
import { formatCacheStatus } from "../../http/caching/cache-status.ts";
import type { InboundContext } from "../inbound.ts";
import { setDegraded } from "../write-composed.ts";
import { evaluate } from "./conditions.ts";
import type { ReadyAnswer } from "./kept-answer.ts";

/** What caches behind the gateway are told. */
export interface GivenPolicy {
  /** Where the composer has not set its own. */
  readonly cacheControl: string;
  /** Without asking again, so that they must know which requests it answers. */
  readonly isPublic: boolean;
}

/** Says what the cache did, in a way that is still there when a problem takes the answer's place. */
export function setCacheStatus({ state }: InboundContext, parameters: string): void {
  state.fields.set("Cache-Status", formatCacheStatus(parameters));
}

/**
 * @param policy of the route.
 * @param ageSeconds since it was made (RFC 9111 §5.1); undefined: for this request.
 * @throws GatewayError with the status 412 when `If-Match` names another answer.
 */
export function giveAnswer(
  ctx: InboundContext,
  ready: ReadyAnswer,
  { cacheControl, isPublic }: GivenPolicy,
  ageSeconds: number | undefined,
): void {
  const { req, res, state: inbound } = ctx;
  const { fields } = inbound;
  // RFC 9110 §13.2.1: conditions are for answers that are good.
  const verdict = ready.status === 200 ? evaluate(req.headers, ready.tag) : "whole";
  if (verdict === 412) {
    throw problem("bad-request", {
      status: 412,
      detail: `If-Match names another answer; this one is ${ready.tag}`,
    });
  }
  fields.add("ETag", ready.tag);
  fields.add("Cache-Control", cacheControl);
  if (isPublic || ready.varies) fields.set("Vary", ready.vary);
  if (ageSeconds !== undefined) fields.add("Age", ageSeconds);
  const own = ready.fields;
  for (let index = 0; index < own.length; index += 2) {
    fields.set(String(own[index]), own[index + 1] ?? "");
  }
  setDegraded(ctx);
  ctx.respond = false;
  if (verdict === 304) {
    // RFC 9110 §15.4.5: the fields above, and no content.
    fields.delete("Content-Type");
    fields.writeHead(res, 304);
    res.end();
    return;
  }
  fields.set("Content-Length", ready.length);
  fields.writeHead(res, ready.status);
  if (req.method === "HEAD") {
    res.end();
  } else {
    inbound.bytes = ready.body.byteLength;
    if (ready.text === undefined) res.end(ready.body);
    else res.end(ready.text, "latin1");
  }
}
