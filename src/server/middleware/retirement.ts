/** Middleware: says that a route is deprecated and when it ends (RFC 9745, RFC 8594), and after that that it is gone. */
import { problem } from "../../core/errors.ts";
import { linkOf, successorOf } from "../../core/retirement.ts";
import type { Middleware } from "../inbound.ts";

export interface RetirementOptions {
  /** Since the epoch. */
  readonly now: () => number;
  /** Is told of every request for a deprecated route, answered or not. */
  readonly told: (method: string, route: string) => void;
}

export function retirement({ now, told }: RetirementOptions): Middleware {
  return function retirement(ctx, next) {
    const { found, fields } = ctx.state;
    const own = found?.route.retirement;
    if (found === undefined || own === undefined) return next();
    const { route } = found;
    told(route.method, route.template);
    for (let at = 0; at < own.fields.length; at += 2) {
      fields.add(own.fields[at] ?? "", own.fields[at + 1] ?? "");
    }
    const successor = successorOf(own, () => found.path);
    const link = linkOf(own, successor);
    if (link !== undefined) fields.add("Link", link);
    if (now() < own.sunsetAtMs) return next();
    throw problem("gone", {
      detail: `this route ended on ${own.sunset}${successor === undefined ? "" : `: use ${successor}`}`,
      ...(successor === undefined ? {} : { successor }),
    });
  };
}
