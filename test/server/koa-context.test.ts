/** Contexts of the gateway are Koa's, whoever looks at them and however. */
import Koa from "koa";
import { expect, it } from "vitest";
import { AnswerFields } from "../../src/server/answer-fields.ts";
import { createApp } from "../../src/server/app.ts";
import type { Middleware } from "../../src/server/inbound.ts";
import { recordingLog, startServer } from "./support.ts";

/** What middleware of Koa may use of a context. */
const used: Middleware = (ctx) => {
  const { request, response } = ctx;
  ctx.set("X-Set", "1");
  ctx.append("Vary", "Accept");
  response.status = 201;
  response.body = {
    method: ctx.method,
    path: request.path,
    query: ctx.query,
    originalUrl: [ctx.originalUrl, request.originalUrl],
    same: [
      request.ctx === ctx,
      response.ctx === ctx,
      request.response === response,
      response.request === request,
      ctx.request === request,
      ctx.response === response,
      ctx.req === request.req,
      ctx.res === response.res,
      ctx.app === request.app,
      ctx instanceof Object,
    ],
    cookie: ctx.cookies.get("a"),
    accepts: ctx.accepts("json"),
    json: Object.keys(ctx.toJSON() as object),
  };
  return Promise.resolve();
};

it("what middleware reads and writes is what it is with Koa itself", async () => {
  const begin: Middleware = (ctx, next) => {
    Object.assign(ctx.state, { fields: new AnswerFields("X-Request-Id", "1") });
    return next();
  };
  const koa = new Koa();
  koa.use(used as Koa.Middleware);
  const answers = [];
  for (const listener of [createApp([begin, used], recordingLog()), koa.callback()]) {
    const { url } = await startServer(listener);
    const answer = await fetch(`${url}/a/b?c=d`, { headers: { cookie: "a=b" } });
    const { "x-request-id": _id, date: _date, ...headers } = Object.fromEntries(answer.headers);
    answers.push({ status: answer.status, headers, body: await answer.json() });
  }
  expect(answers[0]).toEqual(answers[1]);
  expect(answers[0]?.status).toBe(201);
});
