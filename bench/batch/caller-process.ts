/** The process that is measured: joins twenty products, by single calls and by bulk calls, and takes its own account. */
import { each } from "../../src/compose/each.ts";
import { type BatchConfig, compileServiceRules } from "../../src/config/service-rules.ts";
import type { RequestContext } from "../../src/core/context.ts";
import { createDeadline } from "../../src/core/deadline.ts";
import { defineService } from "../../src/upstream/define-service.ts";
import type { OperationPlan } from "../../src/upstream/plan.ts";
import { createServices } from "../../src/upstream/services.ts";
import { serveParent } from "../support/child.ts";

const url = process.argv[2] ?? "";
const ITEMS = 20;

const json = {
  accept: "application/json",
  answers: { "200": { "application/json": "json" } },
} as const;
const getProduct: OperationPlan = {
  ...json,
  name: "getProduct",
  method: "GET",
  template: "/products/{sku}",
  path: ["/products/", { name: "sku", style: "simple", explode: false, required: true }],
};
const listProducts: OperationPlan = {
  ...json,
  name: "listProducts",
  method: "GET",
  template: "/products",
  path: ["/products"],
  query: [{ name: "skus", style: "form", explode: false }],
};

interface Catalog {
  getProduct(input: { path: { sku: string } }): Promise<{ sku: string }>;
}

const rule: BatchConfig = { with: "listProducts", ids: "query.skus", key: "sku" };

function connect(batch: Record<string, BatchConfig>) {
  return createServices([defineService("catalog", { getProduct, listProducts })], {
    catalog: {
      url,
      timeoutMs: 10_000,
      concurrency: 256,
      maxAnswerBytes: 10_000_000,
      forward: [],
      headers: {},
      ...compileServiceRules({ batch }),
    },
  });
}

const single = connect({});
const batched = connect({ getProduct: rule });
const log = { debug() {}, info() {}, warn() {}, error() {} };

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

type Way = (id: string) => Promise<unknown>;

function page(services: typeof single, concurrency: number): Way {
  return async (id) => {
    const context = new Context(id);
    const catalog = services.bind(context).catalog as unknown as Catalog;
    const lines = Array.from({ length: ITEMS }, (_, line) => `${id}-${line}`);
    try {
      const products = await each(lines, (sku) => catalog.getProduct({ path: { sku } }), {
        concurrency,
      });
      if (products.some(({ sku }, line) => sku !== lines[line])) throw new Error("mixed up");
    } finally {
      context.deadline.dispose();
      context.calls.clear();
    }
  };
}

const WAYS: Readonly<Record<string, Way>> = {
  "single calls": page(single, ITEMS),
  "bulk calls, 16 at once": page(batched, 16),
  "bulk calls, all at once": page(batched, ITEMS),
};

/** CPU microseconds a page. */
async function measure(way: Way, count: number, concurrency: number): Promise<number> {
  let left = count;
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
  return measure(make, Number(count), Number(concurrency)).then((cost) => ({ cost }));
});
