/** Middleware: pages for whoever runs the gateway, behind a token: the state of its parts, and invalidation by tag. */
import { createHash, timingSafeEqual } from "node:crypto";
import KoaRouter from "@koa/router";
import { problem } from "../../core/errors.ts";
import type { InboundContext, Middleware } from "../inbound.ts";
import { setAll } from "./security-headers.ts";

export interface AdminOptions {
  /** Header fields of every page: name, value, name, value. */
  readonly fields?: readonly string[] | undefined;
  /** Where the pages are: below this path. */
  readonly path: string;
  /** Sent as `Authorization: Bearer <token>` (RFC 6750 §2.1). */
  readonly token: string;
  /** Plain data. */
  readonly state: () => object | Promise<object>;
  /** Resolves when every process that can be reached has been told. */
  readonly invalidate: (tags: readonly string[]) => Promise<void>;
}

export function admin({ path, token, state, invalidate, fields = [] }: AdminOptions): Middleware {
  const expected = digest(token);
  const router = new KoaRouter({ prefix: path });
  router.get("/state", async (ctx) => {
    ctx.body = await state();
  });
  router.post("/invalidate", async (ctx) => {
    const tags = [ctx.query.tag ?? []].flat().filter((tag) => tag !== "");
    if (tags.length === 0)
      throw problem("bad-request", { detail: 'name what to invalidate: "?tag=products"' });
    await invalidate(tags);
    ctx.body = { invalidated: tags };
  });
  const routes = router.routes() as unknown as Middleware;

  function check(ctx: InboundContext): void {
    const [scheme = "", given = ""] = (ctx.req.headers.authorization ?? "").split(" ");
    // Digests have one length, which timingSafeEqual wants, and tell nothing of where two tokens differ.
    if (scheme.toLowerCase() === "bearer" && timingSafeEqual(digest(given), expected)) return;
    throw problem("unauthorized", {
      detail: "send the admin token as a bearer",
      headers: { "WWW-Authenticate": 'Bearer realm="admin"' },
    });
  }

  return function admin(ctx, next) {
    const { target, refusal } = ctx.state;
    if (!isBelow(path, target.path) || refusal !== undefined) return next();
    setAll(ctx.state.fields, fields);
    ctx.set("Cache-Control", "no-store");
    check(ctx);
    const { route, path: layers } = router.match(target.path, ctx.method);
    if (route) return routes(ctx, next);
    const methods = layers.flatMap((layer) => layer.methods).join(", ");
    if (methods === "") throw problem("not-found", { detail: `nothing is at ${target.path}` });
    throw problem("method-not-allowed", {
      detail: `use ${methods}`,
      headers: { Allow: methods },
    });
  };
}

/** Routes cannot be there. */
export function isBelow(path: string, other: string): boolean {
  return other === path || other.startsWith(`${path}/`);
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
