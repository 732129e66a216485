/** Answers a route of the configuration: relays it to one of its targets, or sends the caller elsewhere. */
import type { TLSSocket } from "node:tls";
import type { RouteSettings } from "../config/route-settings.ts";
import { splitPlace } from "../config/routes-shape.ts";
import type { ServiceSettings } from "../config/settings.ts";
import { problem } from "../core/errors.ts";
import { parseRoutePath } from "../core/route-path.ts";
import type { RequestTarget } from "../http/request-target.ts";
import type { OwnOrigins } from "../upstream/balance/own-origins.ts";
import type { OperationPlan } from "../upstream/plan.ts";
import type { Send } from "../upstream/send.ts";
import { type Choice, compileChoice, type Random, SLOT_COOKIE } from "./choose-target.ts";
import { clientAddress } from "./client-address.ts";
import type { Answer } from "./compile-routes.ts";
import { findEndless } from "./endless.ts";
import type { InboundContext } from "./inbound.ts";
import { relay } from "./proxied.ts";
import { discardBody } from "./read-body.ts";
import { compileRelocation } from "./relay-location.ts";
import { compileRewrite } from "./rewrite-path.ts";
import type { RouteTunnels } from "./tunnel/tunnels.ts";
import type { EndlessOptions } from "./write-endless.ts";

export interface ConfiguredOptions {
  /** By name. */
  readonly send: (service: string) => Send;
  /** By name. */
  readonly services: Readonly<Record<string, ServiceSettings>>;
  /** By name. */
  readonly origins: (service: string) => OwnOrigins;
  readonly streams: EndlessOptions;
  readonly bodyLimitBytes: number;
  readonly random: Random;
  /** Absent: no WebSocket is taken. */
  readonly tunnels?: RouteTunnels | undefined;
}

/** @throws RangeError when a service does not exist. */
export function answerConfigured(settings: RouteSettings, options: ConfiguredOptions): Answer {
  const { targets, redirect, sticky } = settings;
  if (redirect !== undefined) return redirectTo(settings.path, redirect, options.bodyLimitBytes);
  const relays = new Map<string, Answer>();
  const answerOf = (service: string): Answer => {
    const known = relays.get(service) ?? relayTo(service, settings, options);
    relays.set(service, known);
    return known;
  };
  const answers = targets.map(({ service, weight, when }) => ({
    target: answerOf(service),
    weight,
    when,
  }));
  const [only] = answers;
  if (answers.length === 1 && only !== undefined) return only.target;
  const choose = compileChoice(answers, sticky, options.random);

  return function shared(ctx) {
    const { req, state } = ctx;
    const { headers } = req;
    const choice = choose({ headers, target: state.target, address: clientAddress(ctx) });
    tellChoice(ctx, choice);
    return choice.target(ctx);
  };
}

/** What caches and the caller's browser have to know. */
function tellChoice({ req, state }: InboundContext, { looked, slot }: Choice<Answer>): void {
  const { fields } = state;
  if (looked.length > 0) fields.set("Vary", looked.join(", "));
  if (slot === undefined) return;
  const isSecure = (req.socket as Partial<TLSSocket>).encrypted === true;
  fields.set(
    "Set-Cookie",
    `${SLOT_COOKIE}=${slot}; Path=/; HttpOnly; SameSite=Lax${isSecure ? "; Secure" : ""}`,
  );
}

function relayTo(
  service: string,
  settings: RouteSettings,
  { send, services, origins, streams, bodyLimitBytes, tunnels }: ConfiguredOptions,
): Answer {
  const own = Object.hasOwn(services, service) ? services[service] : undefined;
  if (own === undefined) throw new RangeError(`there is no service "${service}"`);
  const { path, rewrite, timeoutMs, retirement } = settings;
  const known = origins(service);
  return relay({
    send: send(service),
    settings: own,
    service,
    origins: known,
    streams,
    tunnels,
    retirement,
    endlessOf: findEndless({ answers: {} }),
    bodyLimitBytes: settings.bodyLimitBytes ?? bodyLimitBytes,
    // Rules are told of operations, and this is none.
    rules: undefined,
    timeoutMs: timeoutMs ?? own.timeoutMs,
    operationOf: plansOf(settings),
    targetOf: targetsOf(path, rewrite.path),
    relocate: compileRelocation(...relocationOf(own.url, path, rewrite.path), known),
    givesCookies: settings.sticky?.by === "slot",
    headers: rewrite.headers,
    answerHeaders: rewrite.answerHeaders,
  });
}

/**
 * What stands for an operation, for logs and metrics, one a method; made when it is asked for. A route for GET asks for
 * GET where HEAD came in, as operations do: many services answer HEAD with 405. One for every method relays HEAD.
 */
function plansOf({ name, path, methods }: RouteSettings): (method: string) => OperationPlan {
  const plans = new Map<string, OperationPlan>();
  return function planOf(asked) {
    const isGet = asked === "HEAD" && methods !== undefined && !methods.includes("HEAD");
    const method = isGet ? "GET" : asked;
    let plan = plans.get(method);
    if (plan === undefined) {
      plan = { name, method, template: path, path: [], answers: {} };
      plans.set(method, plan);
    }
    return plan;
  };
}

/** Byte for byte what came, or its rewritten path and the query as it came. */
function targetsOf(path: string, template: string | undefined): (target: RequestTarget) => string {
  const rewrite = template === undefined ? sameOrigin : compileRewrite(path, template);
  return function targetOf(target) {
    const made = rewrite(target.path);
    return target.query === undefined ? made : `${made}?${target.query}`;
  };
}

/** RFC 3986 §4.2: whoever resolves `//a/b` as a reference takes `a` for a host. */
function sameOrigin(path: string): string {
  if (!path.startsWith("//")) return path;
  throw problem("bad-request", { detail: "the path begins with two slashes; write one" });
}

/** Where places below the service's address are found here: what both prefixes lead to, where there are such. */
function relocationOf(
  url: string,
  path: string,
  template: string | undefined,
): [url: string, prefix: string] {
  if (template === undefined) return [url, ""];
  const from = literalPrefix(path);
  const into = literalPrefix(template);
  return from === undefined || into === undefined ? [url, ""] : [url + into, from];
}

function literalPrefix(text: string): string | undefined {
  const { pieces, isPrefix } = parseRoutePath(text);
  const [literal = ""] = pieces;
  return isPrefix && pieces.length <= 1 && typeof literal === "string" ? literal : undefined;
}

function redirectTo(
  path: string,
  { to, status }: NonNullable<RouteSettings["redirect"]>,
  bodyLimitBytes: number,
): Answer {
  const { origin, path: template } = splitPlace(to);
  const rewrite = compileRewrite(path, template);
  return function redirected(ctx) {
    const { target, fields } = ctx.state;
    const query = target.query === undefined ? "" : `?${target.query}`;
    fields.set("Location", origin + rewrite(target.path) + query);
    fields.set("Content-Length", 0);
    fields.writeHead(ctx.res, status);
    ctx.res.end();
    ctx.respond = false;
    discardBody(ctx.req, bodyLimitBytes);
    return Promise.resolve();
  };
}
