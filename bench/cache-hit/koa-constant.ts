/** The yardstick: Koa and @koa/router, answering one text that is there already. */
import { createServer } from "node:http";
import Router from "@koa/router";
import Koa from "koa";
import { candidate } from "../requests/candidate.ts";
import { ANSWER } from "./body.ts";

const text = JSON.stringify(ANSWER);
const app = new Koa();
const router = new Router();
router.get("/web/orders/:orderId", (ctx) => {
  ctx.type = "application/json";
  ctx.body = text;
});
app.use(router.routes());
await candidate(createServer(app.callback()));
