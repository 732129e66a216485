/** The gateway that is asked for more than it can answer: one composed route over one service. `node FILE SERVICE_URL WORK_MICROS` */
import {
  composed,
  createCompose,
  createGateway,
  defineService,
  type Operation,
  type OperationPlan,
} from "heddle";
import { cpuMicros } from "../requests/candidate.ts";
import { serveParent } from "../support/child.ts";

interface Services {
  readonly orders: {
    readonly getOrder: Operation<{ path: Record<"id", string> }, object, never>;
  };
}

const workMs = Number(process.argv[3] ?? 0) / 1_000;

/** What a composer does itself. */
function work(): void {
  const startedMs = performance.now();
  while (performance.now() - startedMs < workMs);
}

const getOrder: OperationPlan = {
  name: "getOrder",
  method: "GET",
  template: "/orders/{id}",
  path: ["/orders/", { name: "id", style: "simple", explode: false, required: true }],
  accept: "application/json",
  answers: { "200": { "application/json": "json" } },
};

const page = createCompose<Services>().get("/web/page/{id}", async ({ path, services }) => {
  work();
  return { order: () => services.orders.getOrder({ path: { id: path.id } }) };
});

const gateway = createGateway(
  {
    services: {
      // Only the gateway itself is to be the limit.
      orders: {
        document: "orders.json",
        url: process.argv[2] ?? "",
        concurrency: 1_000,
        queue: 10_000,
      },
    },
    frontends: { web: {} },
    server: { logLevel: "warn" },
  },
  {
    services: [defineService("orders", { getOrder })],
    routes: [composed("web", "composers/web/page.ts", page)],
  },
);
const { port } = await gateway.listen({ port: 0, host: "127.0.0.1" });
serveParent({ port }, cpuMicros);
