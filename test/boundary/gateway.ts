/** The gateway of the boundary's table: one service, relayed as it is, without a policy that could hide what happens. */
import { createGateway, defineService, type Gateway, proxied } from "heddle";
import { plan, recordingLog } from "../server/support.ts";

export interface Running {
  readonly port: number;
  readonly gateway: Gateway;
}

const operations = {
  getItem: plan("getItem", "GET", "/items/{id}"),
  headOnly: plan("headOnly", "HEAD", "/heads/{id}"),
  putItem: plan("putItem", "PUT", "/items/{id}"),
  patchItem: plan("patchItem", "PATCH", "/items/{id}"),
  deleteItem: plan("deleteItem", "DELETE", "/items/{id}"),
  addItem: plan("addItem", "POST", "/items"),
  openItem: plan("openItem", "POST", "/items/{id}/open"),
};

export async function startBoundary(serviceUrl: string): Promise<Running> {
  const gateway = createGateway(
    {
      services: {
        shop: {
          document: "specs/shop.json",
          url: serviceUrl,
          timeout: "5m",
          retry: false,
          breaker: false,
          cache: false,
          coalesce: false,
          deadlineHeader: false,
        },
      },
      server: { deadline: "5m", grace: "1s", drainDelay: "0s", bodyLimit: "1kb" },
    },
    {
      services: [defineService("shop", operations)],
      routes: Object.values(operations).map((operation) => proxied("shop", operation, "/shop")),
    },
    { env: {}, log: recordingLog() },
  );
  const { port } = await gateway.listen({ port: 0, host: "127.0.0.1" });
  return { port, gateway };
}
