/** Answers a route with its composer: input in, JSON, NDJSON or server-sent events out. */
import { formatDegraded } from "../compose/degraded.ts";
import { type ComposedAnswer, type Invocation, runComposer } from "../compose/run-composer.ts";
import { streamComposer } from "../compose/stream-composer.ts";
import type { RequestContext } from "../core/context.ts";
import { problem } from "../core/errors.ts";
import { stringifyJson } from "../core/exact-json.ts";
import { negotiate } from "../http/accept.ts";
import { parseQuery, type Query } from "../http/query.ts";
import type { Answer } from "./compile-routes.ts";
import type { InboundContext } from "./inbound.ts";
import { readJson } from "./read-json.ts";
import type { ComposedRoute } from "./route.ts";
import { writeEvents } from "./write-events.ts";

const OFFERS = ["application/json", "application/x-ndjson", "text/event-stream"] as const;
const BODY_METHODS: ReadonlySet<string> = new Set([
  "post",
  "put",
  "patch",
  "delete",
  "query",
  "options",
]);
/** RFC 9110 §15.3.5, §15.3.6, §15.4.5: these have no content. */
const EMPTY: ReadonlySet<number> = new Set([204, 205, 304]);
/** Set by the server alone (RFC 9112 §6). */
const FRAMING: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "keep-alive",
  "transfer-encoding",
]);

export interface ComposedOptions {
  /** The clients, bound to a request. */
  readonly bind: (context: RequestContext) => unknown;
  readonly bodyLimitBytes: number;
}

export function answerComposed(
  { composer }: ComposedRoute,
  { bind, bodyLimitBytes }: ComposedOptions,
): Answer {
  const takesBody = BODY_METHODS.has(composer.method);

  return async function composed(ctx) {
    const { state: inbound, req } = ctx;
    const form = negotiate(req.headers.accept, OFFERS);
    if (form === undefined)
      throw problem("not-acceptable", { detail: `accept one of ${OFFERS.join(", ")}` });
    const { fields, query } = readQuery(inbound.target.query);
    const invocation: Invocation = {
      context: inbound,
      services: bind(inbound),
      path: inbound.found?.path ?? {},
      query,
      header: inbound.headers,
      body: takesBody ? await readJson(ctx, bodyLimitBytes) : undefined,
      fields,
      ip: req.socket.remoteAddress,
    };
    if (form === "application/json") {
      writeJson(ctx, await runComposer(composer, invocation));
    } else {
      const answer = await streamComposer(composer, invocation);
      setHead(ctx, answer, form);
      await writeEvents(ctx, answer.events, form);
    }
  };
}

/** `fields` is the gateway's, the rest is the composer's. */
function readQuery(text: string | undefined): { query: Query; fields: string | undefined } {
  let query: Query;
  try {
    query = parseQuery(text);
  } catch (cause) {
    throw problem("bad-request", { detail: "the query has an invalid percent-encoding" }, cause);
  }
  const { fields } = query;
  if (fields === undefined) return { query, fields };
  delete query.fields;
  return { query, fields: typeof fields === "string" ? fields : fields.join(",") };
}

function setHead(
  ctx: InboundContext,
  answer: Pick<ComposedAnswer, "status" | "headers">,
  contentType: string,
): void {
  const { res } = ctx;
  ctx.status = answer.status;
  res.setHeader("Content-Type", contentType);
  res.setHeader("Cache-Control", "no-store");
  for (const name of Object.keys(answer.headers)) {
    if (!FRAMING.has(name.toLowerCase())) res.setHeader(name, answer.headers[name] ?? "");
  }
}

/** Written here, as streams are: Koa would look up again what is known already. */
function writeJson(ctx: InboundContext, answer: ComposedAnswer): void {
  const { state: inbound, req, res } = ctx;
  const isEmpty = answer.body === undefined || EMPTY.has(answer.status);
  // Before the head: what cannot be written as JSON is still a problem.
  const text = isEmpty ? "" : stringifyJson(answer.body);
  setHead(ctx, answer, "application/json");
  if (inbound.degradations.length > 0)
    res.setHeader("Gateway-Degraded", formatDegraded(inbound.degradations));
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
