/** Middleware: the gateway's own document, and a page that shows it to people. Below one path, for everybody. */
import KoaRouter from "@koa/router";
import { DOCS_PATH } from "../../config/own-paths.ts";
import { problem } from "../../core/errors.ts";
import { stringifyJson } from "../../core/exact-json.ts";
import { docsPage } from "../docs/docs-page.ts";
import { DOCS_STYLE } from "../docs/docs-style.ts";
import type { Middleware } from "../inbound.ts";
import { isBelow } from "./admin.ts";
import { setAll } from "./security-headers.ts";

const ALLOW = "GET, HEAD";

/** The page has no script, and needs nothing from elsewhere. */
const POLICY =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export interface DocsOptions {
  /** Header fields of every page: name, value, name, value. */
  readonly fields?: readonly string[] | undefined;
  /** Asked once, when somebody wants to see it. */
  readonly document: () => Promise<object>;
}

export function docs({ document, fields = [] }: DocsOptions): Middleware {
  const router = new KoaRouter({ prefix: DOCS_PATH });
  let made: Promise<{ readonly json: string; readonly page: string }> | undefined;
  const read = async () => {
    const data = await document();
    const links = { document: `${DOCS_PATH}/openapi.json`, style: `${DOCS_PATH}/style.css` };
    return { json: stringifyJson(data), page: docsPage(data as Record<string, unknown>, links) };
  };
  const make = () => {
    made ??= read();
    // Not for ever: the next one who asks may find it.
    made.catch(() => {
      made = undefined;
    });
    return made;
  };
  router.get("/", async (ctx) => {
    ctx.set("Content-Type", "text/html; charset=utf-8");
    ctx.body = (await make()).page;
  });
  router.get("/openapi.json", async (ctx) => {
    ctx.set("Content-Type", "application/json; charset=utf-8");
    ctx.body = (await make()).json;
  });
  router.get("/style.css", (ctx) => {
    ctx.set("Content-Type", "text/css; charset=utf-8");
    ctx.body = DOCS_STYLE;
  });
  const routes = router.routes() as unknown as Middleware;

  return function docs(ctx, next) {
    const { target, refusal } = ctx.state;
    if (!isBelow(DOCS_PATH, target.path) || refusal !== undefined) return next();
    setAll(ctx.state.fields, fields);
    ctx.state.fields.set("Content-Security-Policy", POLICY);
    ctx.set("Cache-Control", "no-cache");
    const { path } = router.match(target.path, "GET");
    if (path.length === 0) throw problem("not-found", { detail: `nothing is at ${target.path}` });
    if (ctx.method !== "GET" && ctx.method !== "HEAD")
      throw problem("method-not-allowed", { detail: `use ${ALLOW}`, headers: { Allow: ALLOW } });
    return routes(ctx, next);
  };
}
