/** The gateway whose memory is looked at, with bodies of any size. */
import { createServer } from "node:http";
import { createGateway, defineService, type OperationPlan, proxied } from "heddle";
import { watched } from "./watched.ts";

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
await watched(createServer(gateway.callback()));
