/** The process that is measured: makes calls in several ways and takes its own account of CPU time. */
import { Pool } from "undici";
import { compileServiceRules } from "../../src/config/service-rules.ts";
import type { RequestContext } from "../../src/core/context.ts";
import { createDeadline } from "../../src/core/deadline.ts";
import { defineService } from "../../src/upstream/define-service.ts";
import type { PathClient } from "../../src/upstream/path-client.ts";
import type { OperationPlan } from "../../src/upstream/plan.ts";
import { createServices } from "../../src/upstream/services.ts";
import { dispatchJson } from "../requests/dispatch-json.ts";
import { serveParent } from "../support/child.ts";

type Call = (id: string) => Promise<unknown>;

const url = process.argv[2] ?? "";
const pool = new Pool(url, { pipelining: 1, keepAliveTimeout: 60_000 });

const getOrder: OperationPlan = {
  name: "getOrder",
  method: "GET",
  template: "/orders/{orderId}",
  path: ["/orders/", { name: "orderId", style: "simple", explode: false, required: true }],
  query: [{ name: "expand", style: "form", explode: false }],
  accept: "application/json",
  answers: { "200": { "application/json": "json" }, "404": { "application/problem+json": "json" } },
};

interface Orders {
  readonly client: PathClient<Record<string, Record<string, never>>>;
  getOrder(input: object, options?: object): Promise<unknown>;
}

let calls = 0;
const settings = {
  url,
  timeoutMs: 10_000,
  concurrency: 256,
  maxAnswerBytes: 10_000_000,
  forward: [],
  headers: {},
  ...compileServiceRules({}),
};
const services = createServices(
  [defineService("orders", { getOrder })],
  { orders: settings },
  {
    call() {
      calls += 1;
    },
  },
);
const log = { debug() {}, info() {}, warn() {}, error() {} };

/** As the server does it: a context for every request, of which three calls are made. */
const CALLS_A_REQUEST = 3;

/** A class, and emptied at the end, as the server's is. */
class Context implements RequestContext {
  readonly id: string;
  readonly deadline = createDeadline(10_000);
  readonly headers = {};
  readonly degradations = [];
  readonly calls = new Map<string, Promise<unknown>>();
  readonly log = log;
  part = "";

  constructor(id: string) {
    this.id = id;
  }
}

async function request(
  make: (orders: Orders, id: string) => Promise<unknown>,
  id: string,
): Promise<unknown> {
  const context = new Context(id);
  const orders = services.bind(context).orders as unknown as Orders;
  try {
    return await Promise.all([
      make(orders, `${id}a`),
      make(orders, `${id}b`),
      make(orders, `${id}c`),
    ]);
  } finally {
    context.deadline.dispose();
    context.calls.clear();
  }
}

const WAYS: Readonly<Record<string, Call>> = {
  dispatch: (id) =>
    Promise.all(
      ["a", "b", "c"].map((more) =>
        dispatchJson(pool, `/orders/${encodeURIComponent(id + more)}?expand=lines`),
      ),
    ),
  operation: (id) =>
    request(
      (orders, orderId) => orders.getOrder({ path: { orderId }, query: { expand: "lines" } }),
      id,
    ),
  "operation with fallback": (id) =>
    request(
      (orders, orderId) =>
        orders.getOrder(
          { path: { orderId }, query: { expand: "lines" } },
          { fallback: null, timeout: "1s" },
        ),
      id,
    ),
  "path client": (id) =>
    request((orders, orderId) => {
      const params = { path: { orderId }, query: { expand: "lines" } };
      return orders.client.GET("/orders/{orderId}" as never, { params } as never);
    }, id),
};

/** CPU microseconds a call. */
async function measure(way: Call, count: number, concurrency: number): Promise<number> {
  let left = count / CALLS_A_REQUEST;
  async function worker(name: string): Promise<void> {
    while (left > 0) {
      left -= 1;
      await way(`${name}-${left}`);
    }
  }
  const before = process.cpuUsage();
  await Promise.all(Array.from({ length: concurrency }, (_, index) => worker(`w${index}`)));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / count;
}

serveParent({ ways: Object.keys(WAYS) }, ({ way, count, concurrency }) => {
  const make = WAYS[String(way)];
  if (make === undefined) throw new RangeError(`there is no way "${String(way)}"`);
  return measure(make, Number(count), Number(concurrency)).then((cost) => ({ cost, calls }));
});
