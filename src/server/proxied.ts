/** Answers a route by relaying it to one operation: bodies go through chunk by chunk and are never read. */
import type { Duplex } from "node:stream";
import type { TLSSocket } from "node:tls";
import { formatDegraded } from "../compose/degraded.ts";
import type { FieldChange } from "../config/route-settings.ts";
import type { ServiceSettings } from "../config/settings.ts";
import { UpstreamError } from "../core/errors.ts";
import type { OperationRules } from "../core/policies.ts";
import type { CompiledRetirement } from "../core/retirement.ts";
import { formatCacheStatus } from "../http/caching/cache-status.ts";
import { setForwarded } from "../http/forwarded.ts";
import {
  dashed,
  type RelayedFields,
  relayAnswerFields,
  relayRequestFields,
} from "../http/relay-fields.ts";
import type { RequestTarget } from "../http/request-target.ts";
import { cookiesThatGoOn } from "../http/set-cookie.ts";
import type { OwnOrigins } from "../upstream/balance/own-origins.ts";
import { KeptStream } from "../upstream/cache/kept-stream.ts";
import type { OperationPlan } from "../upstream/plan.ts";
import { RelayedCall } from "../upstream/relayed-call.ts";
import type { AnswerStream, Send, UpstreamAnswer, UpstreamCall } from "../upstream/send.ts";
import { UpgradeCall } from "../upstream/upgrade-call.ts";
import type { Answer } from "./compile-routes.ts";
import { type FindEndless, findEndless } from "./endless.ts";
import type { InboundContext } from "./inbound.ts";
import { discardBody, hasBody, streamBody } from "./read-body.ts";
import { compileRelocation } from "./relay-location.ts";
import { relayTarget } from "./relay-target.ts";
import type { ProxiedRoute } from "./route.ts";
import type { Opening, RouteTunnels } from "./tunnel/tunnels.ts";
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
  /** Absent: the route takes no WebSocket. */
  readonly tunnels?: RouteTunnels | undefined;
}

export function answerProxied(route: ProxiedRoute, options: ProxiedOptions): Answer {
  const { settings } = options;
  const { service, operation, prefix } = route;
  const prefixSegments = prefix.split("/").length - 1;
  const rules = Object.hasOwn(settings.operations, operation.name)
    ? settings.operations[operation.name]
    : undefined;
  return relay({
    ...options,
    service,
    rules,
    timeoutMs: rules?.timeoutMs ?? settings.timeoutMs,
    operationOf: () => operation,
    targetOf: (target) => relayTarget(target, prefixSegments, operation.fixedQuery),
    relocate: compileRelocation(settings.url, prefix, options.origins),
    endlessOf: findEndless(operation),
  });
}

/** What is relayed, and how it is asked for. */
export interface RelayOptions extends ProxiedOptions {
  readonly service: string;
  readonly rules: OperationRules | undefined;
  /** Of one attempt. */
  readonly timeoutMs: number;
  /** By the method of the request. */
  readonly operationOf: (method: string) => OperationPlan;
  /** What the service is asked, in origin-form. */
  readonly targetOf: (target: RequestTarget) => string;
  /** Makes the places in the service's answer the gateway's. */
  readonly relocate: (fields: RelayedFields) => void;
  readonly endlessOf: FindEndless;
  /** Whether an answer may give a cookie of the gateway's own. */
  readonly givesCookies?: boolean;
  /** Changes of the request's fields; names in lower case. */
  readonly headers?: readonly FieldChange[];
  /** Changes of the answer's fields; names in lower case. */
  readonly answerHeaders?: readonly FieldChange[];
}

/** Relays whatever comes to one service. */
export function relay(options: RelayOptions): Answer {
  const { send, settings, bodyLimitBytes, service, rules, timeoutMs } = options;
  const { streams, retirement, tunnels, endlessOf } = options;
  const { operationOf, targetOf, relocate, givesCookies = false } = options;
  const { headers: changes = [], answerHeaders = [] } = options;
  // What configuration sets on every call, or changes, is not a caller's to choose.
  const own = [...Object.keys(settings.headers), ...changes.map(([name]) => name)];
  const replaced = new Set(own.map(dashed));
  const givesOwnCookies = settings.cookies === true || settings.cookies.size > 0;

  function callOf(
    ctx: InboundContext,
    operation: OperationPlan,
    body: AsyncIterable<Uint8Array> | null,
  ): UpstreamCall {
    const { state: inbound, req } = ctx;
    const headers = relayRequestFields(req.headers, replaced);
    setForwarded(headers, {
      address: req.socket.remoteAddress,
      host: inbound.target.host ?? req.headers.host,
      scheme: (req.socket as Partial<TLSSocket>).encrypted === true ? "https" : "http",
      hops: inbound.client?.hops,
    });
    headers["x-request-id"] = inbound.id;
    change(headers, changes);
    const length = req.headers["content-length"];
    if (body !== null && length !== undefined) headers["content-length"] = length;
    return new RelayedCall({
      service,
      operation,
      target: targetOf(inbound.target),
      headers,
      body,
      context: inbound,
      timeoutMs,
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
    operation: OperationPlan,
  ): void {
    const fields = relayAnswerFields(headers);
    if (givesOwnCookies) {
      const lines = cookiesThatGoOn(headers["set-cookie"], settings.cookies);
      if (lines !== undefined) fields["set-cookie"] = lines;
    }
    relocate(fields);
    // The dates of the route, and not those that the service may give for itself.
    if (retirement !== undefined) {
      for (let at = 0; at < retirement.fields.length; at += 2) {
        delete fields[(retirement.fields[at] ?? "").toLowerCase()];
      }
    }
    change(fields, answerHeaders);
    if (cacheStatus !== undefined) {
      fields["cache-status"] = formatCacheStatus(cacheStatus, fields["cache-status"]);
    }
    if (degradations.length > 0) {
      fields["gateway-degraded"] = formatDegraded(degradations);
      // Whoever comes after us is not to take it for the service's word of now.
      for (const name of FRESHNESS) delete fields[name];
      fields["cache-control"] = "no-store";
    } else if (givesCookies && own.has("Set-Cookie")) {
      // Who is kept by somebody else's cookie would be counted as that one.
      delete fields["cdn-cache-control"];
      fields["cache-control"] = "no-store";
    }
    if (status === 101) Object.assign(fields, { connection: "Upgrade", upgrade: "websocket" });
    // RFC 9110 §8.6
    if (status === 204 || status === 101) delete fields["content-length"];
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

  /** The answer is a connection: its head goes on, then whatever either side says. */
  async function tunnelOf(
    ctx: InboundContext,
    answer: UpstreamAnswer,
    socket: Duplex,
    opening: Opening,
    operation: OperationPlan,
  ): Promise<void> {
    ctx.respond = false;
    try {
      writeHead(ctx, answer, answer.body as AnswerStream, undefined, operation);
    } catch (error) {
      socket.destroy();
      throw error;
    }
    ctx.res.flushHeaders();
    await opening.join(socket);
  }

  return async function proxied(ctx) {
    const { req, res } = ctx;
    const operation = operationOf(req.method ?? "");
    const isBodiless = operation.method === "GET" || operation.method === "HEAD";
    // RFC 9110 §9.3.1: content of a GET has no meaning, and is a way to smuggle requests. It stays here.
    const body = isBodiless || !hasBody(req) ? null : streamBody(req, res, bodyLimitBytes);
    const opening = tunnels?.open(ctx);
    try {
      const call = callOf(ctx, operation, body);
      const answer = await send(
        opening === undefined ? call : new UpgradeCall(call, opening.upgrade),
      );
      if (opening !== undefined && answer.socket !== undefined) {
        await tunnelOf(ctx, answer, answer.socket, opening, operation);
        return;
      }
      if (answer.standIn !== undefined) {
        writeStandIn(ctx, answer.standIn.value, call.notes?.cacheStatus);
        return;
      }
      if (isFailure(answer.status)) {
        const fields = { service, operation: operation.name, status: answer.status };
        ctx.state.log.warn(fields, "a service's failure goes on as it is");
      }
      const stream = Buffer.isBuffer(answer.body) ? new KeptStream(answer.body) : answer.body;
      writeHead(ctx, answer, stream, call.notes?.cacheStatus, operation);
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
      opening?.end();
      discardBody(req, bodyLimitBytes);
    }
  };
}

function change(fields: RelayedFields, changes: readonly FieldChange[]): void {
  for (const [name, value] of changes) {
    if (value === false) delete fields[name];
    else fields[name] = value;
  }
}

/** What would be a problem of the gateway, were the answer read here: the service failed, or has too much to do. */
function isFailure(status: number): boolean {
  return status >= 500 || status === 429;
}
