/** Middleware: the gateway's own pages, for whoever runs it: is it up, does it take requests, what does it measure. */
import KoaRouter from "@koa/router";
import type { InboundContext, Middleware } from "../inbound.ts";

/** Routes cannot have these paths. */
export const OWN_PATHS: ReadonlySet<string> = new Set(["/healthz", "/readyz", "/metrics"]);

/** What the gateway is doing. */
export type Phase = "starting" | "ready" | "stopping";

export interface ProbesOptions {
  readonly phase: () => Phase;
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>;
}

export function probes({ phase, metrics }: ProbesOptions): Middleware {
  const router = new KoaRouter();
  router.get("/healthz", (ctx) => answer(ctx, 200, { status: "up" }));
  router.get("/readyz", (ctx) => answer(ctx, phase() === "ready" ? 200 : 503, { status: phase() }));
  router.get("/metrics", async (ctx) => {
    const { contentType, text } = await metrics();
    ctx.set("Content-Type", contentType);
    ctx.body = text;
  });
  const routes = router.routes() as unknown as Middleware;

  return function probes(ctx: InboundContext, next) {
    // A look at a set, because @koa/router tries every pattern on every request.
    if (!OWN_PATHS.has(ctx.state.target.path)) return next();
    ctx.set("Cache-Control", "no-store");
    return routes(ctx, next);
  };
}

function answer(ctx: { status: number; body: unknown }, status: number, body: object): void {
  ctx.status = status;
  ctx.body = body;
}
