/** Koa's contexts without their request and response, which are made for whoever asks: most answers are written without. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type Koa from "koa";

export type CreateContext = (req: IncomingMessage, res: ServerResponse) => Koa.Context;

interface Pair {
  readonly request: Koa.Request;
  readonly response: Koa.Response;
}

/** What makes the contexts of an application, as `app.createContext` does. */
export function lazyContexts(app: Koa): CreateContext {
  class LazyContext {
    readonly app: Koa = app;
    readonly req: IncomingMessage;
    readonly res: ServerResponse;
    originalUrl: string | undefined;
    state: object = {};
    respond: boolean | undefined = undefined;
    #pair: Pair | undefined;

    constructor(req: IncomingMessage, res: ServerResponse) {
      this.req = req;
      this.res = res;
      this.originalUrl = req.url;
    }

    get request(): Koa.Request {
      return this.#both().request;
    }

    get response(): Koa.Response {
      return this.#both().response;
    }

    #both(): Pair {
      this.#pair ??= makePair(app, this as unknown as Koa.Context);
      return this.#pair;
    }
  }
  // Koa's own methods, and what was added to `app.context`.
  Object.setPrototypeOf(LazyContext.prototype, app.context);
  return (req, res) => new LazyContext(req, res) as unknown as Koa.Context;
}

function makePair(app: Koa, ctx: Koa.Context): Pair {
  const { req, res, originalUrl } = ctx;
  const request = Object.create(app.request) as Koa.Request;
  const response = Object.create(app.response) as Koa.Response;
  Object.assign(request, { app, req, res, ctx, response, originalUrl });
  Object.assign(response, { app, req, res, ctx, request });
  return { request, response };
}
