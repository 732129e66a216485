/** Single calls that a request makes in one turn become bulk calls. */
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { each } from "../../src/compose/each.ts";
import { type BatchConfig, compileServiceRules } from "../../src/config/service-rules.ts";
import type { RequestContext } from "../../src/core/context.ts";
import type { FallbackOptions } from "../../src/core/operation.ts";
import type { BoundOperation } from "../../src/upstream/bound-client.ts";
import type { CallEvent, StepEvent } from "../../src/upstream/events.ts";
import type { OperationInput, OperationPlan } from "../../src/upstream/plan.ts";
import { createServices } from "../../src/upstream/services.ts";
import type { ServiceSettings } from "../../src/upstream/settings.ts";
import {
  createContext,
  failureOf,
  jsonPlan,
  type Recorded,
  settingsOf,
  startRecorder,
} from "./support.ts";

const problem = { "application/problem+json": "json" } as const;
const answers = { "200": { "application/json": "json" }, "404": problem } as const;
const sku = { name: "sku", style: "simple", explode: false, required: true } as const;
const PLANS: readonly OperationPlan[] = [
  jsonPlan({ name: "getProduct", path: ["/products/", sku], answers }),
  jsonPlan({
    name: "findProduct",
    path: ["/product"],
    query: [{ name: "sku", style: "form", explode: true, required: true }],
  }),
  jsonPlan({
    name: "listProducts",
    path: ["/products"],
    query: [
      { name: "skus", style: "form", explode: false },
      { name: "limit", style: "form", explode: true },
    ],
  }),
  jsonPlan({
    name: "searchProducts",
    method: "POST",
    path: ["/search"],
    body: { media: [{ mediaType: "application/json", kind: "json" }] },
  }),
];

const RULE: BatchConfig = { with: "listProducts", ids: "query.skus", key: "sku" };

interface Batching {
  readonly requests: readonly Recorded[];
  readonly calls: CallEvent[];
  readonly batches: (StepEvent & { readonly size: number })[];
  get(context: RequestContext, name?: string): BoundOperation;
}

type Bulk = (ids: readonly string[], request: Recorded) => unknown;

const product = (id: string): object => ({ sku: id, name: `the ${id}` });
const found: Bulk = (ids) => ({ total: ids.length, items: ids.map(product) });

/** A catalogue; `bulk` says what the bulk operation answers. */
async function start(
  { bulk = found, status = 200, rule = {} }: { bulk?: Bulk; status?: number; rule?: object } = {},
  more: Partial<ServiceSettings> = {},
): Promise<Batching> {
  const { url, requests } = await startRecorder((request, response) => {
    const { pathname, searchParams } = new URL(request.target, "http://x");
    const asked =
      request.method === "POST"
        ? (JSON.parse(request.body) as { filter: { ids: string[] } }).filter.ids
        : searchParams.get("skus")?.split(",");
    const body = asked === undefined ? product(pathname.slice(10)) : bulk(asked, request);
    response
      .writeHead(asked === undefined ? 200 : status, {
        "content-type": "application/json",
        etag: '"whole"',
        "cache-control": "no-store",
      })
      .end(JSON.stringify(body));
  });
  const calls: CallEvent[] = [];
  const batches: Batching["batches"] = [];
  const { batch, ...rules } = compileServiceRules({
    retry: false,
    batch: { getProduct: { ...RULE, ...rule }, findProduct: RULE },
  });
  const services = createServices(
    [{ name: "svc", operations: Object.fromEntries(PLANS.map((plan) => [plan.name, plan])) }],
    { svc: { ...settingsOf(url), ...rules, batch, ...more } },
    {
      call: (event) => void calls.push(event),
      batched: (event) => void batches.push(event),
    },
  );
  onTestFinished(() => services.close());
  return {
    requests,
    calls,
    batches,
    get: (context, name = "getProduct") => services.bind(context).svc?.[name] as BoundOperation,
  };
}

const path = (id: unknown): OperationInput => ({ path: { sku: id } });
const targets = ({ requests }: Batching): string[] => requests.map(({ target }) => target);

describe("single calls of one turn", () => {
  it("become one bulk call, and get each its own item, in any order of the answer", async () => {
    const service = await start({ bulk: (ids) => ({ items: [...ids].reverse().map(product) }) });
    const get = service.get(createContext());
    const results = await Promise.all(["a", "b", "c"].map((id) => get(path(id))));
    expect(results).toEqual(["a", "b", "c"].map(product));
    expect(targets(service)).toEqual(["/products?skus=a,b,c"]);
    expect(service.batches).toEqual([{ service: "svc", operation: "getProduct", size: 3 }]);
  });

  it("meet across promise jobs: what each starts, and what parts start", async () => {
    const service = await start();
    const get = service.get(createContext());
    const late = async (id: string) => {
      await Promise.resolve();
      await Promise.resolve();
      return get(path(id));
    };
    await Promise.all([
      each(["a", "b", "c"], (id) => get(path(id)), { concurrency: 2 }),
      late("d"),
    ]);
    expect(targets(service)).toEqual(["/products?skus=a,b,d", "/products/c"]);
  });

  it("are asked for once where they ask the same, and once in a request", async () => {
    const service = await start();
    const get = service.get(createContext());
    const [one, two, number, text] = await Promise.all(
      ["a", "a", 7, "7"].map((id) => get(path(id))),
    );
    expect(two).toBe(one);
    expect([number, text]).toEqual([product("7"), product("7")]);
    await get(path("a"));
    expect(targets(service)).toEqual(["/products?skus=a,7"]);
  });

  it("become several bulk calls where there are more than fit into one", async () => {
    const service = await start({ rule: { max: 2 } });
    const get = service.get(createContext());
    const results = await Promise.all(["a", "b", "c", "d", "e"].map((id) => get(path(id))));
    expect(results).toEqual(["a", "b", "c", "d", "e"].map(product));
    expect(targets(service).sort()).toEqual([
      "/products/e",
      "/products?skus=a,b",
      "/products?skus=c,d",
    ]);
  });

  it("stay what they are when there is only one", async () => {
    const service = await start();
    expect(await service.get(createContext())(path("a"))).toEqual(product("a"));
    expect(targets(service)).toEqual(["/products/a"]);
    expect(service.calls).toMatchObject([{ operation: "getProduct", outcome: "answered" }]);
  });

  it("of different requests, turns and operations do not meet", async () => {
    const service = await start();
    const [one, two] = [createContext(), createContext()];
    await Promise.all([
      service.get(one)(path("a")),
      service.get(two)(path("b")),
      service.get(one, "findProduct")({ query: { sku: "c" } }),
    ]);
    await service.get(one)(path("d"));
    expect(targets(service).sort()).toEqual([
      "/product?sku=c",
      "/products/a",
      "/products/b",
      "/products/d",
    ]);
  });

  it("are told as shared, beside the bulk call", async () => {
    const service = await start();
    const get = service.get(createContext());
    await Promise.all(["a", "b"].map((id) => get(path(id))));
    expect(service.calls.map(({ operation, outcome }) => [operation, outcome])).toEqual([
      ["listProducts", "answered"],
      ["getProduct", "shared"],
      ["getProduct", "shared"],
    ]);
  });

  it("take their id from the query as well", async () => {
    const service = await start();
    const get = service.get(createContext(), "findProduct");
    const results = await Promise.all(["a", "b"].map((id) => get({ query: { sku: id } })));
    expect(results).toEqual(["a", "b"].map(product));
    expect(targets(service)).toEqual(["/products?skus=a,b"]);
  });

  it("go on with the credentials of their request", async () => {
    const service = await start({}, { forward: ["authorization"] });
    const get = service.get(createContext({ headers: { authorization: "ada" } }));
    await Promise.all(["a", "b"].map((id) => get(path(id))));
    expect(service.requests[0]?.headers.authorization).toBe("ada");
  });
});

describe("where ids go and items are found", () => {
  const asked = async (rule: object, bulk: Bulk): Promise<[unknown, Batching]> => {
    const service = await start({ rule, bulk });
    const get = service.get(createContext());
    return [await Promise.all(["a", "b"].map((id) => get(path(id)))), service];
  };

  it("is a place within a body, and the answer itself", async () => {
    const [results, { requests }] = await asked(
      { with: "searchProducts", ids: "body.filter.ids" },
      (ids) => ids.map(product),
    );
    expect(results).toEqual(["a", "b"].map(product));
    expect(requests[0]?.body).toBe('{"filter":{"ids":["a","b"]}}');
  });

  it("is a list that is named, and a key within the items", async () => {
    const [results] = await asked({ items: "data.found", key: "meta.id" }, (ids) => ({
      data: { found: ids.map((id) => ({ meta: { id } })), others: [] },
    }));
    expect(results).toEqual([{ meta: { id: "a" } }, { meta: { id: "b" } }]);
  });

  const rows: [string, object, unknown, string][] = [
    ["no list", {}, { items: null }, "is no list and does not have exactly one"],
    ["two lists", {}, { one: [], two: [] }, "is no list and does not have exactly one"],
    ["no such list", { items: "data" }, { items: [] }, "has no list data"],
    ["no such key", { key: "id" }, { items: [{ sku: "a" }] }, "has no item with id"],
    ["no object", {}, "text", "is no list"],
  ];
  it.each(rows)("breaks the contract where it has %s", async (_what, rule, body, text) => {
    const service = await start({ rule, bulk: () => body });
    const get = service.get(createContext());
    const errors = await Promise.all(["a", "b"].map((id) => failureOf(get(path(id)))));
    expect(errors).toMatchObject(
      Array(2).fill({ code: "service-contract", operation: "getProduct" }),
    );
    expect(errors[0]?.message).toContain(`the answer of listProducts ${text}`);
    expect(errors[0]).not.toBe(errors[1]);
  });
});

describe("an id that the bulk answer lacks", () => {
  const lacking: Bulk = (ids) => ({ items: ids.filter((id) => id !== "b").map(product) });

  it("is that call's own error, as the single operation would have told it", async () => {
    const service = await start({ bulk: lacking });
    const get = service.get(createContext());
    const [one, two, three] = await Promise.allSettled(["a", "b", "c"].map((id) => get(path(id))));
    expect([one, three].map((result) => result?.status)).toEqual(["fulfilled", "fulfilled"]);
    expect(two).toMatchObject({
      reason: {
        name: "UpstreamError",
        code: "service-failed",
        operation: "getProduct",
        details: { serviceStatus: 404 },
      },
    });
  });

  it("is status 404 of a result, with a problem where the operation declares one", async () => {
    const service = await start({ bulk: lacking });
    const context = createContext();
    const results = await Promise.all(
      ["a", "b"].map((id) => service.get(context).result(path(id))),
    );
    expect(results).toMatchObject([
      { status: 200, body: product("a") },
      { status: 404, body: { status: 404, title: "Not Found" } },
    ]);
    const bare = service.get(context, "findProduct");
    expect(
      await Promise.all(["a", "b"].map((id) => bare.result({ query: { sku: id } }))),
    ).toMatchObject([{ status: 200 }, { status: 404, body: undefined }]);
  });

  it("is not masked: the service has said that it is not there", async () => {
    const service = await start({ bulk: lacking });
    const context = createContext();
    const get = service.get(context);
    const [, missing] = await Promise.allSettled(
      ["a", "b"].map((id) => get(path(id), { fallback: null })),
    );
    expect(missing).toMatchObject({ status: "rejected" });
    expect(context.degradations).toEqual([]);
  });

  it("keeps only the fields that tell how long an answer lasts", async () => {
    const service = await start();
    const get = service.get(createContext());
    const [answer] = await Promise.all(["a", "b"].map((id) => get.result(path(id))));
    expect(Object.keys((answer as { headers: object }).headers).sort()).toEqual([
      "cache-control",
      "date",
    ]);
  });
});

describe("a bulk call that fails", () => {
  it.each([500, 503, 429, 401])("fails each as the single call would have: %d", async (status) => {
    const service = await start({ status, bulk: () => ({ title: "no" }) });
    const get = service.get(createContext());
    const errors = await Promise.all(["a", "b"].map((id) => failureOf(get(path(id)))));
    expect(errors).toMatchObject(
      Array(2).fill({ operation: "getProduct", details: { serviceStatus: status } }),
    );
    const results = await Promise.all(["c", "d"].map((id) => get.result(path(id))));
    expect(results).toMatchObject(Array(2).fill({ status, body: { title: "no" } }));
  });

  it.each([400, 404, 414, 302])("with a status of its own is named: %d", async (status) => {
    const service = await start({ status, bulk: () => ({ title: "no" }) });
    const get = service.get(createContext());
    const errors = await Promise.all(["a", "b"].map((id) => failureOf(get.result(path(id)))));
    expect(errors).toMatchObject(
      Array(2).fill({
        code: "service-failed",
        operation: "listProducts",
        details: { serviceStatus: status },
      }),
    );
  });

  it("is masked by each call's own stand-in, and told for each", async () => {
    const service = await start({ status: 500 });
    const context = createContext();
    const get = service.get(context);
    const options: FallbackOptions<unknown>[] = [{ fallback: 1 }, { fallback: 2 }, {}];
    const results = await Promise.allSettled(
      ["a", "b", "c"].map((id, index) => get(path(id), options[index])),
    );
    expect(results).toMatchObject([{ value: 1 }, { value: 2 }, { status: "rejected" }]);
    expect(context.degradations.map(({ operation, kind }) => [operation, kind])).toEqual([
      ["getProduct", "default"],
      ["getProduct", "default"],
    ]);
  });

  it("never takes the bulk operation's own stand-in for items", async () => {
    const { operations } = compileServiceRules({
      operations: { listProducts: { fallback: { items: [] } } },
    });
    const service = await start({ status: 500 }, { operations });
    const get = service.get(createContext());
    expect(await Promise.all(["a", "b"].map((id) => failureOf(get(path(id)))))).toMatchObject(
      Array(2).fill({ details: { serviceStatus: 500 } }),
    );
  });

  it("ends in time for a stand-in, and at the deadline for the others", async () => {
    const silent = await startRecorder(() => undefined);
    const operations = Object.fromEntries(PLANS.map((plan) => [plan.name, plan]));
    const { batch } = compileServiceRules({ batch: { getProduct: RULE } });
    const services = createServices([{ name: "svc", operations }], {
      svc: settingsOf(silent.url, { batch }),
    });
    onTestFinished(() => services.close());
    const context = createContext({ deadlineMs: 150 });
    const get = services.bind(context).svc?.getProduct as BoundOperation;
    const strict = failureOf(get(path("b")));
    expect(await get(path("a"), { fallback: "instead" })).toBe("instead");
    expect(context.deadline.remainingMs()).toBeGreaterThan(0);
    expect(await strict).toMatchObject({ code: "deadline-exceeded" });
    expect(silent.requests.length).toBe(1);
  });

  it("rejects each with the reason for which the request ended", async () => {
    const silent = await startRecorder(() => undefined);
    const operations = Object.fromEntries(PLANS.map((plan) => [plan.name, plan]));
    const { batch } = compileServiceRules({ batch: { getProduct: RULE } });
    const services = createServices([{ name: "svc", operations }], {
      svc: settingsOf(silent.url, { batch }),
    });
    onTestFinished(() => services.close());
    const context = createContext();
    const get = services.bind(context).svc?.getProduct as BoundOperation;
    const calls = ["a", "b"].map((id) => failureOf(get(path(id))));
    await vi.waitFor(() => expect(silent.requests.length).toBe(1));
    const reason = new Error("left");
    context.deadline.cancel(reason);
    expect(await Promise.all(calls)).toEqual([reason, reason]);
  });
});

describe("a call that is no mere id", () => {
  const rows: [string, OperationInput, FallbackOptions<unknown>][] = [
    ["other input", { ...path("b"), query: { a: 1 } }, {}],
    ["header fields", path("b"), { headers: { "x-a": "1" } }],
    ["a signal", path("b"), { signal: new AbortController().signal }],
    ["a timeout", path("b"), { timeout: "1s" }],
    ["a time to be kept", path("b"), { cache: "1s" }],
    ["a time for which an earlier answer may stand in", path("b"), { stale: "1m" }],
    ["no time to be kept", path("b"), { cache: false }],
    ["a second attempt in parallel", path("b"), { hedge: "1s" }],
    ["no second attempt", path("b"), { retry: false }],
    ["a list for an id", path(["b"]), {}],
  ];
  it.each(rows)("goes its own way: with %s", async (_what, input, options) => {
    const service = await start();
    const get = service.get(createContext());
    await Promise.all([get(path("a")), get(input, options), get(path("c"))]);
    expect(targets(service).sort()).toEqual(["/products/b", "/products?skus=a,c"]);
  });

  it("is one with a stand-in all the same, and with input that is not there", async () => {
    const service = await start();
    const get = service.get(createContext());
    await Promise.all([
      get(path("a"), { fallback: null }),
      get(path("b"), { fallback: 1 }),
      get({ ...path("c"), query: undefined, body: undefined } as unknown as OperationInput),
    ]);
    expect(targets(service)).toEqual(["/products?skus=a,b,c"]);
  });

  it("is refused by itself when its id cannot be sent", async () => {
    const service = await start();
    const get = service.get(createContext());
    const results = await Promise.allSettled(["a", "", undefined, ".."].map((id) => get(path(id))));
    expect(results.slice(1)).toMatchObject([
      { status: "rejected", reason: { code: "invalid-input" } },
      { status: "rejected", reason: { code: "internal" } },
      { status: "rejected", reason: { code: "invalid-input" } },
    ]);
    expect(targets(service)).toEqual(["/products/a"]);
  });

  it("is one of an operation whose answers are kept by configuration", async () => {
    const { operations } = compileServiceRules({ operations: { getProduct: { cache: "1m" } } });
    const service = await start({}, { operations });
    const get = service.get(createContext());
    await Promise.all(["a", "b"].map((id) => get(path(id))));
    expect(targets(service).sort()).toEqual(["/products/a", "/products/b"]);
  });
});

describe("a rule that does not fit", () => {
  it.each<[string, object, object]>([
    ["no bulk operation", { with: "nothing" }, {}],
    ["a single operation with two ids", {}, { path: ["/", sku, "/", { ...sku, name: "b" }] }],
    ["a single operation without one", {}, { path: ["/products/a"] }],
  ])("leaves the calls as they are: %s", async (_what, rule, change) => {
    const { url, requests } = await startRecorder((_request, response) => {
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
    const { batch } = compileServiceRules({ batch: { getProduct: { ...RULE, ...rule } } });
    const plans = PLANS.map((plan) => (plan.name === "getProduct" ? { ...plan, ...change } : plan));
    const services = createServices(
      [{ name: "svc", operations: Object.fromEntries(plans.map((plan) => [plan.name, plan])) }],
      { svc: settingsOf(url, { batch }) },
    );
    onTestFinished(() => services.close());
    const get = services.bind(createContext()).svc?.getProduct as BoundOperation;
    await Promise.all(["a", "b"].map((id) => get({ path: { sku: id, b: id } })));
    expect(requests.every(({ target }) => !target.includes("skus"))).toBe(true);
  });
});
