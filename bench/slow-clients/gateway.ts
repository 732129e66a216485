/** The gateway that slow clients hold on to. `node FILE SERVICE_URL LIMITS_AS_JSON` */
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
    services: { files: { document: "files.json", url: process.argv[2] ?? "", timeout: "5m" } },
    server: { deadline: "5m", limits: JSON.parse(process.argv[3] ?? "{}") },
  },
  {
    services: [defineService("files", { getFile, putFile })],
    routes: [proxied("files", getFile, "/files"), proxied("files", putFile, "/files")],
  },
);
const { url } = await gateway.listen({ port: 0, host: "127.0.0.1" });
serveParent({ url }, () => process.memoryUsage.rss());
