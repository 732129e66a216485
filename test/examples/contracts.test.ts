/** The guide "Contracts" shows what a gateway does. */
import { readFileSync } from "node:fs";
import { composed, createGateway, defineService } from "heddle";
import { expect, it } from "vitest";
import { compileConfig } from "../../src/config/compile.ts";
import { atEnd, compose, operations, recordingLog, startServer } from "../server/support.ts";
import { checked } from "./contracts.ts";

const Order = {
  type: "object",
  properties: { lines: { type: "array", items: { properties: { sku: { type: "string" } } } } },
};
const schemas = {
  operations: { getOrder: { "200": { "application/json": Order } } },
  components: {},
};

/** The blocks of JSON in the guide. */
const shown = [
  ...readFileSync("docs/contracts.md", "utf8").matchAll(/^```json\n([\s\S]*?)^```/gm),
].map(([, text = ""]) => JSON.parse(text) as Record<string, unknown>);

it("a broken contract is told to the client, to the log and to the metrics as the guide shows", async () => {
  const [line = {}, problem] = shown;
  const { url: service } = await startServer((_request, response) =>
    response
      .setHeader("content-type", "application/json")
      .end(JSON.stringify({ lines: [{ sku: "a" }, { sku: 4_711 }] })),
  );
  const page = compose.get("/web/order", ({ services: { orders } }) =>
    orders.getOrder({ path: { orderId: "1" } }),
  );
  const log = recordingLog();
  const gateway = createGateway(
    {
      services: { orders: { document: "x", url: service, validate: "enforce" } },
      server: { drainDelay: "0s" },
    },
    {
      services: [defineService("orders", operations, async () => ({ schemas }))],
      routes: [composed("web", "x.ts", page)],
    },
    { env: {}, log },
  );
  atEnd(() => gateway.close());
  const { url } = await gateway.listen({ port: 0, host: "127.0.0.1" });

  const response = await fetch(`${url}/web/order`);
  const body = await response.text();
  expect(JSON.parse(body)).toMatchObject(problem ?? {});
  const { msg, ...fields } = line;
  expect(log.lines).toContainEqual(expect.objectContaining({ ...fields, message: msg }));
  expect(JSON.stringify(log.lines) + body).not.toContain("4711");
  expect(await (await fetch(`${url}/metrics`)).text()).toContain(
    'heddle_contract_drift_total{service="orders",operation="getOrder",pointer="/lines/*/sku"} 1\n',
  );
});

it("the configuration that the guide shows is valid", () => {
  const environment = { CATALOG_URL: "http://catalog", ORDERS_URL: "http://orders" };
  const { settings, problems } = compileConfig(checked, { environment });
  expect(problems).toEqual([]);
  expect(settings?.services.catalog?.validate).toEqual({ mode: "enforce", sample: 0.1 });
  expect(settings?.services.orders?.validate).toEqual({ mode: "warn", sample: 0.02 });
});
