/** Composers that go round in circles: they end by their deadline, and nobody else waits for them. */
import { expect, it, onTestFinished } from "vitest";
import {
  composed,
  createCompose,
  createGateway,
  defineService,
  type Operation,
} from "../../src/index.ts";
import { jsonPlan, startRecorder } from "../upstream/support.ts";

interface Page {
  readonly next?: string;
}
interface Services {
  readonly catalog: {
    readonly listProducts: Operation<{ query: { cursor: string } }, Page, never>;
  };
}

const compose = createCompose<Services>();

/** Of a service that gives the same cursor again and again. */
const all = compose.get("/web/all", { deadline: "300ms" }, async ({ services }) => {
  const pages: Page[] = [];
  for (let cursor: string | undefined = "a"; cursor !== undefined; ) {
    const page: Page = await services.catalog.listProducts({ query: { cursor } });
    pages.push(page);
    cursor = page.next;
  }
  return { pages: pages.length };
});

/** Goes on however often it fails, until the gateway is stopped. */
let isStopped = false;
const stubborn = compose.get("/web/stubborn", { deadline: "300ms" }, async ({ services }) => {
  while (!isStopped) {
    await services.catalog.listProducts({ query: { cursor: "a" } }).catch(() => undefined);
  }
  return {};
});

/** Goes on with a stand-in that says that there is more. */
let hasEnded = false;
const masked = compose.get("/web/masked", { deadline: "300ms" }, async ({ services }) => {
  let page: Page = { next: "a" };
  hasEnded = false;
  try {
    while (page.next !== undefined && !isStopped) {
      page = await services.catalog.listProducts(
        { query: { cursor: page.next } },
        { fallback: { next: "again" } },
      );
    }
  } finally {
    hasEnded = true;
  }
  return {};
});

/** Asks for something else each time, so that nothing is shared, and is refused by the breaker. */
const refused = compose.get("/web/refused", { deadline: "300ms" }, async ({ services }) => {
  for (let at = 0; !isStopped; at += 1) {
    await services.catalog.listProducts({ query: { cursor: `a${at}` } }, { fallback: {} });
  }
  return {};
});

/** Has more under way than the service may be asked for, and tries again at once. */
const crowded = compose.get("/web/crowded", { deadline: "300ms" }, async ({ services }) => {
  let at = 0;
  const call = () => {
    at += 1;
    return services.catalog.listProducts({ query: { cursor: `c${at}` } }).catch(() => undefined);
  };
  const first = [1, 2, 3].map(call);
  while (!isStopped) await call();
  await Promise.all(first);
  return {};
});

/** Asks for what cannot be sent. */
const impossible = compose.get("/web/impossible", { deadline: "300ms" }, async ({ services }) => {
  while (!isStopped) {
    await services.catalog
      .listProducts({ query: { cursor: "a" } }, { headers: { host: "elsewhere" } })
      .catch(() => undefined);
  }
  return {};
});

const quick = compose.get("/web/quick", () => ({ quick: true }));

const listProducts = jsonPlan({
  name: "listProducts",
  path: ["/products"],
  query: [{ name: "cursor", style: "form", explode: true }],
});

/** A gateway in front of a service that gives this answer, which is told how often it was asked. */
async function startGateway(status: number) {
  isStopped = false;
  const { url, requests } = await startRecorder((_request, response) => {
    response.writeHead(status, { "content-type": "application/json" }).end('{"next":"a"}');
  });
  const routes = [all, stubborn, masked, refused, crowded, impossible, quick];
  const gateway = createGateway(
    {
      services: { catalog: { document: "catalog.json", url, concurrency: 1, queue: 1 } },
      server: { drainDelay: "0s" },
      frontends: { web: {} },
    },
    {
      services: [defineService("catalog", { listProducts })],
      routes: routes.map((route) => composed("web", "composers/web/x.ts", route)),
    },
    { env: { LOG_LEVEL: "silent" } },
  );
  const { url: own } = await gateway.listen({ port: 0, host: "127.0.0.1" });
  onTestFinished(() => {
    isStopped = true;
    return gateway.close();
  });
  return { own, requests };
}

/** Asks for a route, and for others meanwhile. */
async function expectEnd(own: string, path: string): Promise<void> {
  const circling = fetch(`${own}${path}`);
  const others = await Promise.all([1, 2, 3].map(() => fetch(`${own}/web/quick`)));
  expect(others.map(({ status }) => status)).toEqual([200, 200, 200]);
  const answer = await circling;
  expect([answer.status, ((await answer.json()) as { type?: string }).type]).toEqual([
    504,
    "urn:heddle:problem:deadline-exceeded",
  ]);
  expect((await fetch(`${own}/web/quick`)).status).toBe(200);
}

it.each(["/web/all", "/web/stubborn"])(
  "%s ends with its deadline, and others are answered meanwhile",
  async (path) => {
    const { own, requests } = await startGateway(200);
    await expectEnd(own, path);
    expect(requests).toHaveLength(1);
  },
);

it.each(["/web/masked", "/web/refused", "/web/crowded", "/web/impossible"])(
  "%s of a failing service ends with its deadline, and others are answered meanwhile",
  async (path) => {
    const { own } = await startGateway(500);
    await expectEnd(own, path);
  },
);

it("nothing stands in any more once the deadline has passed: a composer that goes on with stand-ins ends", async () => {
  const { own } = await startGateway(500);
  await expectEnd(own, "/web/masked");
  expect(hasEnded).toBe(true);
});
