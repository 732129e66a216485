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

const quick = compose.get("/web/quick", () => ({ quick: true }));

const listProducts = jsonPlan({
  name: "listProducts",
  path: ["/products"],
  query: [{ name: "cursor", style: "form", explode: true }],
});

it.each(["/web/all", "/web/stubborn"])(
  "%s ends with its deadline, and others are answered meanwhile",
  async (path) => {
    isStopped = false;
    const { url, requests } = await startRecorder((_request, response) => {
      response.writeHead(200, { "content-type": "application/json" }).end('{"next":"a"}');
    });
    const gateway = createGateway(
      {
        services: { catalog: { document: "catalog.json", url } },
        server: { drainDelay: "0s" },
        frontends: { web: {} },
      },
      {
        services: [defineService("catalog", { listProducts })],
        routes: [all, stubborn, quick].map((route) => composed("web", "composers/web/x.ts", route)),
      },
      { env: { LOG_LEVEL: "silent" } },
    );
    const { url: own } = await gateway.listen({ port: 0, host: "127.0.0.1" });
    onTestFinished(() => {
      isStopped = true;
      return gateway.close();
    });
    const circling = fetch(`${own}${path}`);
    const others = await Promise.all([1, 2, 3].map(() => fetch(`${own}/web/quick`)));
    expect(others.map(({ status }) => status)).toEqual([200, 200, 200]);
    const answer = await circling;
    expect([answer.status, ((await answer.json()) as { type?: string }).type]).toEqual([
      504,
      "urn:heddle:problem:deadline-exceeded",
    ]);
    expect(requests).toHaveLength(1);
    expect((await fetch(`${own}/web/quick`)).status).toBe(200);
  },
);
