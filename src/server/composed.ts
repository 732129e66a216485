/** Answers a route with its composer: input in, JSON, NDJSON or server-sent events out. */
import { type Invocation, runComposer } from "../compose/run-composer.ts";
import { streamComposer } from "../compose/stream-composer.ts";
import type { RequestContext } from "../core/context.ts";
import { problem } from "../core/errors.ts";
import { negotiate } from "../http/accept.ts";
import { clientAddress } from "./client-address.ts";
import type { Answer } from "./compile-routes.ts";
import { readComposedQuery } from "./composed-query.ts";
import type { RouteCompression } from "./compression/route-compression.ts";
import { type BodyLimits, readJson } from "./read-json.ts";
import type { ComposedRoute } from "./route.ts";
import { setComposedHead, writeComposed } from "./write-composed.ts";
import { writeEvents } from "./write-events.ts";

/** The media types of composed answers, in the gateway's order of preference. */
export const OFFERS = ["application/json", "application/x-ndjson", "text/event-stream"] as const;
const BODY_METHODS: ReadonlySet<string> = new Set([
  "post",
  "put",
  "patch",
  "delete",
  "query",
  "options",
]);

export interface ComposedOptions {
  /** The clients, bound to a request. */
  readonly bind: (context: RequestContext) => unknown;
  readonly bodyLimits: BodyLimits;
  /** Undefined: answers are written as they are. */
  readonly compression?: RouteCompression | undefined;
}

export function answerComposed(
  { composer }: ComposedRoute,
  { bind, bodyLimits, compression }: ComposedOptions,
): Answer {
  const takesBody = BODY_METHODS.has(composer.method);

  return async function composed(ctx) {
    const { state: inbound, req } = ctx;
    const form = negotiate(req.headers.accept, OFFERS);
    if (form === undefined)
      throw problem("not-acceptable", { detail: `accept one of ${OFFERS.join(", ")}` });
    const { fields, query } = readComposedQuery(inbound.target.query);
    const invocation: Invocation = {
      context: inbound,
      services: bind(inbound),
      path: inbound.found?.path ?? {},
      query,
      header: inbound.headers,
      body: takesBody ? await readJson(ctx, bodyLimits) : undefined,
      fields,
      ip: clientAddress(ctx),
    };
    if (form === "application/json") {
      const written = writeComposed(ctx, await runComposer(composer, invocation), compression);
      if (written !== undefined) await written;
    } else {
      const answer = await streamComposer(composer, invocation);
      setComposedHead(ctx, answer, form);
      await writeEvents(ctx, answer, form);
    }
  };
}
