/** Writes an answer that was kept: all that can be is made beforehand, so that a hit is cheap. */
import { problem } from "../../core/errors.ts";
import { formatCacheStatus } from "../../http/caching/cache-status.ts";
import type { Coding } from "../../http/content-coding.ts";
import type { AnswerFields } from "../answer-fields.ts";
import { type RouteCompression, weakTag } from "../compression/route-compression.ts";
import type { InboundContext } from "../inbound.ts";
import { setDegraded } from "../write-composed.ts";
import { type AnswerForm, formOf } from "./coded-answer.ts";
import { evaluate } from "./conditions.ts";
import type { ReadyAnswer } from "./kept-answer.ts";

/** What caches behind the gateway are told. */
export interface GivenPolicy {
  /** Where the composer has not set its own. */
  readonly cacheControl: string;
  /** Without asking again, so that they must know which requests it answers. */
  readonly isPublic: boolean;
  /** Undefined: answers are given as they are. */
  readonly compression?: RouteCompression | undefined;
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
  policy: GivenPolicy,
  ageSeconds: number | undefined,
): void | Promise<void> {
  const { compression } = policy;
  if (compression === undefined) return giveForm(ctx, ready, policy, ageSeconds, ready);
  ctx.state.fields.set("Vary", "Accept-Encoding");
  const coding = compression.choose(ctx.req.headers);
  if (coding === undefined) return giveForm(ctx, ready, policy, ageSeconds, ready);
  const form = formOf(ready, coding, compression);
  if (!(form instanceof Promise)) return giveForm(ctx, ready, policy, ageSeconds, form);
  return form.then((late) => giveForm(ctx, ready, policy, ageSeconds, late));
}

function giveForm(
  ctx: InboundContext,
  ready: ReadyAnswer,
  { cacheControl, isPublic }: GivenPolicy,
  ageSeconds: number | undefined,
  form: AnswerForm,
): void {
  const { req, res, state: inbound } = ctx;
  const { fields } = inbound;
  // RFC 9110 §13.2.1: conditions are for answers that are good.
  const verdict = ready.status === 200 ? evaluate(req.headers, form.tag) : "whole";
  if (verdict === 412) {
    throw problem("bad-request", {
      status: 412,
      detail: `If-Match names another answer; this one is ${form.tag}`,
    });
  }
  fields.add("ETag", form.tag);
  fields.add("Cache-Control", cacheControl);
  if (isPublic || ready.varies) fields.set("Vary", ready.vary);
  if (ageSeconds !== undefined) fields.add("Age", ageSeconds);
  const own = ready.fields;
  for (let index = 0; index < own.length; index += 2) {
    fields.set(String(own[index]), own[index + 1] ?? "");
  }
  if (form.coding !== undefined) setCoding(fields, form.tag, form.coding);
  setDegraded(ctx);
  ctx.respond = false;
  if (verdict === 304) {
    // RFC 9110 §15.4.5: the fields above, and no content.
    fields.delete("Content-Type");
    fields.writeHead(res, 304);
    res.end();
    return;
  }
  fields.set("Content-Length", form.length);
  fields.writeHead(res, ready.status);
  if (req.method === "HEAD") {
    res.end();
  } else {
    inbound.bytes = form.body.byteLength;
    if (form.text === undefined) res.end(form.body);
    else res.end(form.text, "latin1");
  }
}

/** A tag of the composer's own has taken the place of ours: it is the same in every coding, and so a weak one. */
function setCoding(fields: AnswerFields, tag: string, coding: Coding): void {
  fields.set("Content-Encoding", coding);
  const told = fields.get("ETag");
  if (told !== undefined && told !== tag) fields.set("ETag", weakTag(String(told)));
}
