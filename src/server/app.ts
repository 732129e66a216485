/** The Koa application around the inbound pipeline. Koa is known on this floor only. */
import type { IncomingMessage, ServerResponse } from "node:http";
import Koa from "koa";
import type { Log } from "../core/context.ts";
import type { Inbound, Middleware } from "./inbound.ts";

export type RequestListener = (req: IncomingMessage, res: ServerResponse) => void;

/** What `http.createServer` takes. `middleware`: first is outermost. */
export function createApp(middleware: readonly Middleware[], log: Log): RequestListener {
  // The environment is given, so that Koa does not look for NODE_ENV.
  const app = new Koa<Inbound>({ env: "heddle" });
  for (const one of middleware) app.use(one);
  // Only what happens outside of rescue comes here: sockets that fail while an answer is written.
  app.on("error", (error: unknown) => log.debug({ err: error }, "a connection failed"));
  const handle = app.callback();
  return (req, res) => void handle(req, res);
}
