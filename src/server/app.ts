/** The Koa application around the inbound pipeline. Koa is known on this floor only. */
import type { IncomingMessage, ServerResponse } from "node:http";
import Koa from "koa";
import type { Log } from "../core/context.ts";
import type { Inbound, InboundContext, Middleware } from "./inbound.ts";
import { type CreateContext, lazyContexts } from "./koa-context.ts";

export type RequestListener = (req: IncomingMessage, res: ServerResponse) => void;

/** What `http.createServer` takes. `middleware`: first is outermost. */
export function createApp(middleware: readonly Middleware[], log: Log): RequestListener {
  // The environment is given, so that Koa does not look for NODE_ENV.
  const app = new GatewayApp({ env: "heddle", compose: chain } as KoaOptions);
  for (const one of middleware) app.use(one);
  // Only what happens outside of rescue comes here: sockets that fail while an answer is written.
  app.on("error", (error: unknown) => log.debug({ err: error }, "a connection failed"));
  const handle = app.callback();
  return (req, res) => void handle(req, res);
}

/** As koa-compose does, without a promise and a bound function more for every middleware. */
function chain(middleware: readonly Middleware[]): Handle {
  const end: Handle = () => Promise.resolve();
  return middleware.reduceRight<Handle>((next, one) => (ctx) => one(ctx, () => next(ctx)), end);
}

/** `compose` is Koa's own; its types leave it out. */
type KoaOptions = ConstructorParameters<typeof GatewayApp>[0];
type Handle = (ctx: InboundContext) => Promise<unknown>;
/** Koa's own; its types leave it out. */
type HandleRequest = (ctx: InboundContext, answer: Handle) => Promise<unknown>;

/** Middleware that throws instead of rejecting must not take the process with it. */
function begun(answer: Handle, ctx: InboundContext): Promise<unknown> {
  try {
    return answer(ctx);
  } catch (error) {
    return Promise.reject(error);
  }
}

/**
 * Koa watches every answer for its end, and for an error of its socket, which costs as much as the rest of Koa.
 * Whatever is written here is watched here (`request-context`), so Koa looks only after the answers that it writes.
 */
class GatewayApp extends Koa<Inbound> {
  override readonly createContext: CreateContext = lazyContexts(this as Koa);

  handleRequest(ctx: InboundContext, answer: Handle): Promise<unknown> {
    const { res } = ctx;
    res.statusCode = 404;
    return begun(answer, ctx).then(
      () => (ctx.respond === false ? undefined : this.#respond(ctx)),
      (error: Error) => ctx.onerror(error),
    );
  }

  #respond(ctx: InboundContext): Promise<unknown> {
    const { statusCode } = ctx.res;
    const { handleRequest } = Koa.prototype as unknown as { handleRequest: HandleRequest };
    return handleRequest.call(this, ctx, async () => {
      ctx.res.statusCode = statusCode;
      ctx.state.fields.giveTo(ctx.res);
    });
  }
}
