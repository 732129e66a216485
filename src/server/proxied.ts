/** Answers a route by relaying it to one operation: bodies go through chunk by chunk and are never read. */
import type { TLSSocket } from "node:tls";
import type { ServiceSettings } from "../config/settings.ts";
import { UpstreamError } from "../core/errors.ts";
import { setForwarded } from "../http/forwarded.ts";
import { relayAnswerFields, relayRequestFields } from "../http/relay-fields.ts";
import type { AnswerStream, Send, UpstreamAnswer, UpstreamCall } from "../upstream/send.ts";
import type { Answer } from "./compile-routes.ts";
import type { InboundContext } from "./inbound.ts";
import { discardBody, hasBody, streamBody } from "./read-body.ts";
import { relayTarget } from "./relay-target.ts";
import type { ProxiedRoute } from "./route.ts";
import { writeStream } from "./write-stream.ts";

export interface ProxiedOptions {
  readonly send: Send;
  readonly settings: ServiceSettings;
  readonly bodyLimitBytes: number;
}

export function answerProxied(route: ProxiedRoute, options: ProxiedOptions): Answer {
  const { send, settings, bodyLimitBytes } = options;
  const { service, operation, prefix } = route;
  const prefixSegments = prefix.split("/").length - 1;
  // What configuration sets on every call is not a caller's to choose.
  const replaced = new Set(Object.keys(settings.headers));
  const isBodiless = operation.method === "GET" || operation.method === "HEAD";

  function callOf(ctx: InboundContext, body: AsyncIterable<Uint8Array> | null): UpstreamCall {
    const { state: inbound, req } = ctx;
    const headers = relayRequestFields(req.headers, replaced);
    setForwarded(headers, {
      address: req.socket.remoteAddress,
      host: req.headers.host,
      scheme: (req.socket as Partial<TLSSocket>).encrypted === true ? "https" : "http",
    });
    headers["x-request-id"] = inbound.id;
    const length = req.headers["content-length"];
    if (body !== null && length !== undefined) headers["content-length"] = length;
    return {
      service,
      operation,
      // HEAD is asked for as GET: many services answer it with 405, and the fields are those of GET.
      method: operation.method,
      target: relayTarget(inbound.target, prefixSegments, operation.fixedQuery),
      headers,
      body,
      mode: "stream",
      context: inbound,
      timeoutMs: settings.timeoutMs,
      // Named although empty: all calls have one shape, so that layers stay fast.
      signal: undefined,
      fallback: undefined,
      staleMs: undefined,
      part: "",
      read: undefined,
      notes: { source: "service" },
    };
  }

  function writeHead(
    { res }: InboundContext,
    { status, headers }: UpstreamAnswer,
    stream: AnswerStream,
  ): void {
    const fields = relayAnswerFields(headers);
    // RFC 9110 §8.6
    if (status === 204) delete fields["content-length"];
    try {
      res.writeHead(status, fields);
    } catch (cause) {
      stream.discard();
      const details = {
        service,
        operation: operation.name,
        detail: "the service's answer has a head that cannot go on",
      };
      throw new UpstreamError("service-contract", details, { cause });
    }
  }

  return async function proxied(ctx) {
    const { req, res } = ctx;
    // RFC 9110 §9.3.1: content of a GET has no meaning, and is a way to smuggle requests. It stays here.
    const body = isBodiless || !hasBody(req) ? null : streamBody(req, res, bodyLimitBytes);
    try {
      const answer = await send(callOf(ctx, body));
      const stream = answer.body as AnswerStream;
      writeHead(ctx, answer, stream);
      if (req.method === "HEAD") {
        stream.discard();
        res.end();
      } else {
        await writeStream(ctx, stream);
      }
      ctx.respond = false;
    } finally {
      discardBody(req, bodyLimitBytes);
    }
  };
}
