/** Answers a route by relaying it to one operation: bodies go through chunk by chunk and are never read. */
import type { TLSSocket } from "node:tls";
import { formatDegraded } from "../compose/degraded.ts";
import type { ServiceSettings } from "../config/settings.ts";
import { UpstreamError } from "../core/errors.ts";
import type { CompiledRetirement } from "../core/retirement.ts";
import { formatCacheStatus } from "../http/caching/cache-status.ts";
import { setForwarded } from "../http/forwarded.ts";
import { dashed, relayAnswerFields, relayRequestFields } from "../http/relay-fields.ts";
import type { OwnOrigins } from "../upstream/balance/own-origins.ts";
import { KeptStream } from "../upstream/cache/kept-stream.ts";
import { RelayedCall } from "../upstream/relayed-call.ts";
import type { AnswerStream, Send, UpstreamAnswer, UpstreamCall } from "../upstream/send.ts";
import type { Answer } from "./compile-routes.ts";
import { findEndless } from "./endless.ts";
import type { InboundContext } from "./inbound.ts";
import { discardBody, hasBody, streamBody } from "./read-body.ts";
import { compileRelocation } from "./relay-location.ts";
import { relayTarget } from "./relay-target.ts";
import type { ProxiedRoute } from "./route.ts";
import { type EndlessOptions, writeEndless } from "./write-endless.ts";
import { writeStandIn } from "./write-stand-in.ts";
import { writeStream } from "./write-stream.ts";

/** Fields by which another cache, or a browser, would keep an answer. */
const FRESHNESS = ["cdn-cache-control", "etag", "expires", "last-modified"];

export interface ProxiedOptions {
  readonly send: Send;
  readonly settings: ServiceSettings;
  /** Where the service is. */
  readonly origins: OwnOrigins;
  readonly bodyLimitBytes: number;
  /** Of answers that have no end of their own. */
  readonly streams: EndlessOptions;
  /** What is said of the route itself, and so not by the service. */
  readonly retirement?: CompiledRetirement | undefined;
}

export function answerProxied(route: ProxiedRoute, options: ProxiedOptions): Answer {
  const { send, settings, bodyLimitBytes, retirement, streams } = options;
  const { service, operation, prefix } = route;
  const prefixSegments = prefix.split("/").length - 1;
  const rules = Object.hasOwn(settings.operations, operation.name)
    ? settings.operations[operation.name]
    : undefined;
  // What configuration sets on every call is not a caller's to choose.
  const replaced = new Set(Object.keys(settings.headers).map(dashed));
  const endlessOf = findEndless(operation);
  const relocate = compileRelocation(settings.url, prefix, options.origins);
  const isBodiless = operation.method === "GET" || operation.method === "HEAD";

  function callOf(ctx: InboundContext, body: AsyncIterable<Uint8Array> | null): UpstreamCall {
    const { state: inbound, req } = ctx;
    const headers = relayRequestFields(req.headers, replaced);
    setForwarded(headers, {
      address: req.socket.remoteAddress,
      host: inbound.target.host ?? req.headers.host,
      scheme: (req.socket as Partial<TLSSocket>).encrypted === true ? "https" : "http",
      hops: inbound.client?.hops,
    });
    headers["x-request-id"] = inbound.id;
    const length = req.headers["content-length"];
    if (body !== null && length !== undefined) headers["content-length"] = length;
    return new RelayedCall({
      service,
      operation,
      target: relayTarget(inbound.target, prefixSegments, operation.fixedQuery),
      headers,
      body,
      context: inbound,
      timeoutMs: rules?.timeoutMs ?? settings.timeoutMs,
      forward: settings.forward,
      rules,
      silenceMs: streams.idleMs,
    });
  }

  function writeHead(
    { state: { degradations, fields: own }, res }: InboundContext,
    { status, headers }: UpstreamAnswer,
    stream: AnswerStream,
    cacheStatus: string | undefined,
  ): void {
    const fields = relayAnswerFields(headers);
    relocate(fields);
    // The dates of the route, and not those that the service may give for itself.
    if (retirement !== undefined) {
      for (let at = 0; at < retirement.fields.length; at += 2) {
        delete fields[(retirement.fields[at] ?? "").toLowerCase()];
      }
    }
    if (cacheStatus !== undefined) {
      fields["cache-status"] = formatCacheStatus(cacheStatus, fields["cache-status"]);
    }
    if (degradations.length > 0) {
      fields["gateway-degraded"] = formatDegraded(degradations);
      // Whoever comes after us is not to take it for the service's word of now.
      for (const name of FRESHNESS) delete fields[name];
      fields["cache-control"] = "no-store";
    }
    // RFC 9110 §8.6
    if (status === 204) delete fields["content-length"];
    try {
      own.writeHead(res, status, fields);
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
      const call = callOf(ctx, body);
      const answer = await send(call);
      if (answer.standIn !== undefined) {
        writeStandIn(ctx, answer.standIn.value, call.notes?.cacheStatus);
        return;
      }
      if (isFailure(answer.status)) {
        const fields = { service, operation: operation.name, status: answer.status };
        ctx.state.log.warn(fields, "a service's failure goes on as it is");
      }
      const stream = Buffer.isBuffer(answer.body) ? new KeptStream(answer.body) : answer.body;
      writeHead(ctx, answer, stream, call.notes?.cacheStatus);
      if (req.method === "HEAD") {
        stream.discard();
        res.end();
      } else {
        const endless = endlessOf(answer.headers);
        if (endless === undefined) await writeStream(ctx, stream);
        else await writeEndless(ctx, stream, endless, streams);
      }
      ctx.respond = false;
    } finally {
      discardBody(req, bodyLimitBytes);
    }
  };
}

/** What would be a problem of the gateway, were the answer read here: the service failed, or has too much to do. */
function isFailure(status: number): boolean {
  return status >= 500 || status === 429;
}
