/** Starts the example shop as it is: mocks of all services on real sockets, and the gateway before them. */
import { readService } from "../../cli/gen/read-service.ts";
import { createMock, type MockRequest } from "../../cli/mock/create-mock.ts";
import { services } from "../../generated/gateway.ts";
import { routes as ownRoutes } from "../../generated/routes.ts";
import config from "../../heddle.config.ts";
import { createGateway, type RouteDefinition } from "../../src/index.ts";

export interface Shop {
  /** Of the gateway. */
  readonly url: string;
  /** Every request that reached a mock, as `orders GET /orders/o-1001`, in the order in which they came. */
  readonly calls: () => string[];
  /** The answer's JSON; fails when the status is another. */
  readonly get: (path: string, status?: number) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

export interface ShopOptions {
  /** Services that answer everything with 503. */
  readonly down?: readonly string[];
  /** Addresses instead of mocks. */
  readonly urls?: Readonly<Record<string, string>>;
  /** Other routes than those of the shop. */
  readonly routes?: readonly RouteDefinition[];
}

const models = await Promise.all(
  Object.entries(config.services).map(async ([name, { document = "" }]) => {
    const { model } = await readService({ name, source: document, root: "." });
    if (model === undefined) throw new Error(`the document of ${name} cannot be read`);
    return model;
  }),
);

export async function startShop(options: ShopOptions = {}): Promise<Shop> {
  const { down = [], urls = {}, routes = ownRoutes } = options;
  const requests: MockRequest[] = [];
  const mocks = models
    .filter(({ name }) => !Object.hasOwn(urls, name))
    .map((model) =>
      createMock(model, {
        ...(down.includes(model.name) ? { faults: { rate: 1, kinds: ["error"] } } : {}),
        onRequest: (request) => requests.push(request),
      }),
    );
  const addresses = await Promise.all(
    mocks.map(async (mock) => [mock.service, (await mock.listen()).url] as const),
  );
  const gateway = createGateway(
    { ...config, server: { ...config.server, drainDelay: "0s" } },
    { services, routes },
    { urls: { ...Object.fromEntries(addresses), ...urls }, env: { LOG_LEVEL: "silent" } },
  );
  const { url } = await gateway.listen({ port: 0, host: "127.0.0.1" });
  return {
    url,
    calls: () => requests.map(({ service, method, target }) => `${service} ${method} ${target}`),
    get: async (path, status = 200) => {
      const answer = await fetch(url + path);
      const text = await answer.text();
      if (answer.status !== status) throw new Error(`${path} answered ${answer.status}: ${text}`);
      return JSON.parse(text);
    },
    close: async () => {
      await gateway.close();
      await Promise.all(mocks.map((mock) => mock.close()));
    },
  };
}
