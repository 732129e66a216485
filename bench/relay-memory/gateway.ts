/** The gateway whose memory is looked at, with bodies of any size; it looks every 5 ms, and remembers the most. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createGateway, defineService, type OperationPlan, proxied } from "heddle";
import { serveParent } from "../support/child.ts";

const plan = (name: string, method: string): OperationPlan => ({
  name,
  method,
  template: "/files/{id}",
  path: ["/files/", { name: "id", style: "simple", explode: false, required: true }],
  accept: "*/*",
  answers: {},
});
const getFile = plan("getFile", "GET");
const putFile = plan("putFile", "PUT");

const gateway = createGateway(
  {
    services: {
      files: {
        document: "files.json",
        url: process.argv[2] ?? "",
        operations: { putFile: { bodyLimit: "none" } },
      },
    },
    server: { deadline: "10m" },
  },
  {
    services: [defineService("files", { getFile, putFile })],
    routes: [proxied("files", getFile, "/files"), proxied("files", putFile, "/files")],
  },
);
const server = createServer(gateway.callback());
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

let most = { rss: 0, external: 0 };
setInterval(() => {
  const { rss, external } = process.memoryUsage();
  most = {
    rss: Math.max(most.rss, rss),
    external: Math.max(most.external, external),
  };
}, 5);

const { port } = server.address() as AddressInfo;
serveParent({ url: `http://127.0.0.1:${port}` }, ({ from }) => {
  const { rss, external } = process.memoryUsage();
  if (from === "most") return most;
  most = { rss, external: external };
  return most;
});
