/**
 * A relay in a process of its own: `koa` as one writes it by hand, with undici's body as `ctx.body`; or `heddle`. Says
 * where it listens, and ends with its standard input.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { OperationPlan } from "heddle";
import { createGateway, defineService, proxied } from "heddle";
import Koa from "koa";
import { request } from "undici";

const [kind = "", serviceUrl = ""] = process.argv.slice(2);

const getFile: OperationPlan = {
  name: "getFile",
  method: "GET",
  template: "/file",
  path: ["/file"],
  accept: "*/*",
  answers: {},
};

function koa(): ReturnType<Koa["callback"]> {
  const app = new Koa();
  app.silent = true;
  app.use(async (ctx) => {
    const { statusCode, body } = await request(serviceUrl + ctx.path);
    ctx.status = statusCode;
    ctx.body = body;
  });
  return app.callback();
}

function heddle(): ReturnType<Koa["callback"]> {
  const log = { debug() {}, info() {}, warn() {}, error() {}, child: () => log };
  const gateway = createGateway(
    { services: { files: { document: "specs/files.json", url: serviceUrl, retry: false } } },
    {
      services: [defineService("files", { getFile })],
      routes: [proxied("files", getFile, "/")],
    },
    { env: {}, log },
  );
  return gateway.callback() as ReturnType<Koa["callback"]>;
}

const server = createServer(kind === "koa" ? koa() : heddle());
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
process.stdin.on("end", () => process.exit(0)).resume();
