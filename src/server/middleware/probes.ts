/** Middleware: the gateway's own pages, for whoever runs it: is it up, does it take requests, what does it measure. */
import type { IncomingMessage } from "node:http";
import KoaRouter from "@koa/router";
import { problem } from "../../core/errors.ts";
import { parseRequestTarget } from "../../http/request-target.ts";
import type { InboundContext, Middleware } from "../inbound.ts";
import { setAll } from "./security-headers.ts";

/** Routes cannot have these paths. */
export const OWN_PATHS: ReadonlySet<string> = new Set(["/healthz", "/readyz", "/metrics"]);

/** Whether the gateway itself answers, by what stands in the request: nothing was made for it. */
export function isForProbes({ url = "" }: IncomingMessage): boolean {
  const mark = url.indexOf("?");
  if (OWN_PATHS.has(mark === -1 ? url : url.slice(0, mark))) return true;
  // The absolute-form is rare.
  if (url.charCodeAt(0) === SLASH) return false;
  const target = parseRequestTarget(url);
  return "path" in target && OWN_PATHS.has(target.path);
}

const SLASH = 0x2f;

const ALLOW = "GET, HEAD, OPTIONS";

/** What the gateway is doing. */
export type Phase = "starting" | "ready" | "stopping";

export interface ProbesOptions {
  /** Header fields of every page: name, value, name, value. */
  readonly fields?: readonly string[] | undefined;
  readonly phase: () => Phase;
  /** Absent or undefined: there is none. A gateway without its Redis goes on, and says so. */
  readonly redis?: () => "up" | "down" | undefined;
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>;
}

export function probes({ phase, metrics, redis, fields = [] }: ProbesOptions): Middleware {
  const router = new KoaRouter();
  router.get("/healthz", (ctx) => answer(ctx, 200, { status: "up" }));
  router.get("/readyz", (ctx) => {
    const state = redis?.();
    const status = phase();
    const body = { status, ...(state === undefined ? {} : { redis: state }) };
    answer(ctx, status === "ready" ? 200 : 503, body);
  });
  router.get("/metrics", async (ctx) => {
    const { contentType, text } = await metrics();
    ctx.set("Content-Type", contentType);
    ctx.body = text;
  });
  const routes = router.routes() as unknown as Middleware;

  return function probes(ctx: InboundContext, next) {
    // A look at a set, because @koa/router tries every pattern on every request.
    const { target, refusal } = ctx.state;
    if (!OWN_PATHS.has(target.path) || refusal !== undefined) return next();
    setAll(ctx.state.fields, fields);
    ctx.set("Cache-Control", "no-store");
    const { method } = ctx.req;
    if (method === "GET" || method === "HEAD") return routes(ctx, next);
    if (method !== "OPTIONS") {
      throw problem("method-not-allowed", { detail: `use ${ALLOW}`, headers: { Allow: ALLOW } });
    }
    // RFC 9110 §9.3.7
    ctx.set("Allow", ALLOW);
    ctx.status = 204;
    return Promise.resolve();
  };
}

function answer(ctx: { status: number; body: unknown }, status: number, body: object): void {
  ctx.status = status;
  ctx.body = body;
}
