/** Middleware: the one place where an error becomes HTTP. */
import type { InboundContext, Middleware } from "../inbound.ts";
import { problemDocument, problemHeaders, toGatewayError } from "../problem-document.ts";
import { reportProblem } from "../report-problem.ts";
import { setAll } from "./security-headers.ts";

/** @param always header fields of every problem: name, value, name, value */
export function rescue(always: readonly string[]): Middleware {
  return function rescue(ctx, next) {
    try {
      return next().catch((error: unknown) => answerWithProblem(ctx, error, always));
    } catch (error) {
      answerWithProblem(ctx, error, always);
      return DONE;
    }
  };
}

const DONE = Promise.resolve();

/** Header fields that were set before, such as those of CORS, stay: without them a page could not read the problem. */
function answerWithProblem(ctx: InboundContext, thrown: unknown, always: readonly string[]): void {
  const { state: inbound, res } = ctx;
  if (inbound.gone) {
    ctx.respond = false;
    return;
  }
  const error = toGatewayError(thrown);
  reportProblem(inbound, error);
  if (res.headersSent) {
    ctx.respond = false;
    inbound.breakOff(res);
    return;
  }
  ctx.respond = true;
  inbound.fields.dropOwn();
  setAll(inbound.fields, always);
  ctx.status = error.status;
  for (const [name, value] of Object.entries(problemHeaders(error))) ctx.set(name, value);
  ctx.body = JSON.stringify(problemDocument(error, inbound.id));
}
