/** The gateway that is soaked: services with all that configuration offers, routes of every kind over them. */
import {
  composed,
  createCompose,
  createGateway,
  defineService,
  each,
  type Gateway,
  type GatewayOptions,
  type OperationPlan,
  proxied,
} from "heddle";
import type { ServiceConfig } from "../../src/config/gateway-config.ts";

const SERVICES = ["shop", "masked", "kept", "fragile", "narrow", "refusing", "nameless"] as const;
export type SoakService = (typeof SERVICES)[number];

type Input = { readonly path: { readonly fault: string; readonly id: string } };
type Call = (input: object, options?: object) => Promise<unknown>;
type Client = { readonly getItem: Call; readonly addItem: Call };

const ID = { style: "simple", explode: false, required: true } as const;
const plan = (name: string, method: string, more: Partial<OperationPlan> = {}): OperationPlan => ({
  name,
  method,
  template: "/items/{fault}/{id}",
  path: ["/items/", { name: "fault", ...ID }, "/", { name: "id", ...ID }],
  accept: "application/json",
  answers: { "200": { "application/json": "json" } },
  ...more,
});
const getItem = plan("getItem", "GET");
const addItem = plan("addItem", "POST", {
  body: { media: [{ mediaType: "application/json", kind: "json" }] },
});

const compose = createCompose<Readonly<Record<SoakService, Client>>>();
const one = (service: Exclude<SoakService, "shop">) =>
  compose.get(`/web/${service}/{fault}/{id}`, ({ services, path }) =>
    services[service].getItem({ path }),
  );

const ROUTES = [
  compose.get("/web/page/{fault}/{id}", async ({ path, services }) => {
    const well: Input = { path: { fault: "well", id: path.id } };
    await services.shop.getItem(well);
    return {
      item: () => services.shop.getItem({ path }),
      same: () => services.shop.getItem({ path }),
      kept: () => services.kept.getItem(well),
      instead: () => services.fragile.getItem({ path }, { fallback: null, timeout: "60ms" }),
      list: () => each([1, 2, 3], (n) => services.kept.getItem({ path: { fault: "slow", id: n } })),
    };
  }),
  compose.get("/web/stale/{fault}/{id}", ({ path, services }) =>
    services.shop.getItem({ path }, { fallback: {}, stale: "1s", timeout: "60ms" }),
  ),
  compose.get("/web/cached/{fault}/{id}", { cache: "300ms" }, ({ path, services }) =>
    services.shop.getItem({ path }),
  ),
  compose.get("/web/hedged/{fault}/{id}", ({ path, services }) =>
    services.shop.getItem({ path }, { hedge: "10ms" }),
  ),
  compose.post("/web/add/{fault}/{id}", ({ path, body, services }) =>
    services.shop.addItem({ path, body }),
  ),
  one("masked"),
  one("kept"),
  one("fragile"),
  one("narrow"),
  one("refusing"),
  one("nameless"),
];

/** Services of which some routes are relayed. */
export const RELAYED = ["shop", "masked", "kept", "fragile", "narrow", "refusing"] as const;

export const ADMIN_TOKEN = "soak-soak-soak-soak";

/** @param serviceUrl of the services that misbehave. */
export function createSoakGateway(serviceUrl: string, options: GatewayOptions = {}): Gateway {
  const service = (more: Partial<ServiceConfig> = {}): ServiceConfig => ({
    document: "specs/shop.json",
    url: serviceUrl,
    timeout: "150ms",
    maxAnswerSize: "1mb",
    breaker: false,
    ...more,
  });
  const fallback = { standIn: true };
  const services: Record<SoakService, ServiceConfig> = {
    shop: service(),
    masked: service({ operations: { getItem: { fallback }, addItem: { fallback } } }),
    kept: service({
      operations: {
        getItem: { cache: { ttl: "100ms", stale: "200ms", negative: "100ms", public: true } },
      },
    }),
    fragile: service({ breaker: { window: "1s", cooldown: "50ms", minimum: 5 } }),
    narrow: service({ concurrency: 2, queue: 4 }),
    refusing: service({ url: "http://127.0.0.1:1" }),
    // With a breaker: names are looked up by four threads, however many calls have given up by then.
    nameless: service({ url: "http://nowhere.invalid", breaker: {} }),
  };
  return createGateway(
    {
      services,
      frontends: { web: {} },
      cache: { maxSize: "1mb" },
      server: { deadline: "500ms", grace: "2s", admin: { token: ADMIN_TOKEN } },
    },
    {
      services: SERVICES.map((name) => defineService(name, { getItem, addItem })),
      routes: [
        ...ROUTES.map((route, index) => composed("web", `composers/web/${index}.ts`, route)),
        ...RELAYED.flatMap((name) => [
          proxied(name, getItem, `/${name}`),
          proxied(name, addItem, `/${name}`),
        ]),
      ],
    },
    { env: {}, ...options },
  );
}
