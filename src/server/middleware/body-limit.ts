/** Middleware: refuses a body whose declared length is over the limit, before a byte of it is read. */
import type { Middleware } from "../inbound.ts";
import { refuseBody } from "../read-body.ts";

/**
 * Bodies of unknown length are counted by whoever reads them.
 * @param serverBytes where the route says nothing.
 */
export function bodyLimit(serverBytes: number): Middleware {
  return function bodyLimit(ctx, next) {
    const length = ctx.req.headers["content-length"];
    if (length === undefined) return next();
    const limitBytes = ctx.state.found?.route.bodyLimitBytes ?? serverBytes;
    if (Number(length) > limitBytes) throw refuseBody(ctx.req, limitBytes);
    return next();
  };
}
