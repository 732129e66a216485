/** Middleware: refuses a body whose declared length is over the limit, before a byte of it is read. */
import type { Middleware } from "../inbound.ts";
import { refuseBody } from "../read-body.ts";

/** Bodies of unknown length are counted by whoever reads them. */
export function bodyLimit(limitBytes: number): Middleware {
  return function bodyLimit(ctx, next) {
    const length = ctx.req.headers["content-length"];
    if (length !== undefined && Number(length) > limitBytes) throw refuseBody(ctx.req, limitBytes);
    return next();
  };
}
