/** Middleware: header fields against what a browser could be made to do with an answer, whoever made it. */
import type { SecurityHeadersSettings } from "../../config/security-headers.ts";
import type { AnswerFields } from "../answer-fields.ts";
import type { Middleware } from "../inbound.ts";

/** Undefined where there is nothing to say. */
export function securityHeaders({
  all,
  composed,
}: SecurityHeadersSettings): Middleware | undefined {
  if (all.length === 0 && composed.length === 0) return undefined;
  return function securityHeaders(ctx, next) {
    const { fields, found } = ctx.state;
    for (let at = 0; at < all.length; at += 2) fields.add(all[at] ?? "", all[at + 1] ?? "");
    if (composed.length > 0 && found?.route.definition.kind === "composed") {
      setAll(fields, composed);
    }
    return next();
  };
}

/** @param list name, value, name, value */
export function setAll(fields: AnswerFields, list: readonly string[]): void {
  for (let at = 0; at < list.length; at += 2) fields.set(list[at] ?? "", list[at + 1] ?? "");
}
