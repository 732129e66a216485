/** The gateway in front of a faulty service: the same two operations, composed and relayed. */
import {
  composed,
  createCompose,
  createGateway,
  defineService,
  type OperationPlan,
  proxied,
} from "heddle";
import type { LoadSchemas } from "../../src/upstream/plan.ts";
import { atEnd, type LoggedLine, plan, recordingLog } from "../server/support.ts";
import { type Fault, hangs, type Variant } from "./fault.ts";

/** Stands in, where something does. */
export const STAND_IN = { standIn: true };

/** What hangs ends here, unless its row says otherwise. */
export const DEADLINE_MS = 500;
export const TIMEOUT_MS = 300;
/** Where nothing hangs, no limit must come to help. */
export const LONG_MS = 20_000;

type Call = (input: object, options?: object) => Promise<unknown>;
const compose = createCompose<{
  readonly shop: { readonly getItem: Call; readonly addItem: Call };
}>();

const BODY: Partial<OperationPlan> = {
  body: { media: [{ mediaType: "application/json", kind: "json" }] },
};

/** Composed, a stand-in is the call's own; relayed, it comes from the configuration. */
const ROUTES = {
  GET: compose.get("/web/item", ({ services }) => services.shop.getItem({})),
  POST: compose.post("/web/items", ({ services, body }) => services.shop.addItem({ body })),
};
const MASKED_ROUTES = {
  GET: compose.get("/web/item", ({ services }) =>
    services.shop.getItem({}, { fallback: STAND_IN }),
  ),
  POST: compose.post("/web/items", ({ services, body }) =>
    services.shop.addItem({ body }, { fallback: STAND_IN }),
  ),
};

export const OPERATION = { GET: "getItem", POST: "addItem" } as const;
export const PATH = { GET: "/item", POST: "/items" } as const;

/** Listens until the test is over. */
export async function startFaultGateway(
  fault: Fault,
  variant: Variant,
  serviceUrl: string,
): Promise<{ url: string; lines: readonly LoggedLine[] }> {
  const { kind, masked } = variant;
  const operations = {
    getItem: plan("getItem", "GET", PATH.GET),
    addItem: plan("addItem", "POST", PATH.POST, BODY),
  };
  const limits = !hangs(fault, variant)
    ? { timeout: LONG_MS, deadline: LONG_MS }
    : masked && !fault.isUrgent
      ? { timeout: TIMEOUT_MS, deadline: LONG_MS }
      : { timeout: LONG_MS, deadline: fault.deadlineMs ?? DEADLINE_MS };
  const routes = masked ? MASKED_ROUTES : ROUTES;
  const log = recordingLog();
  const gateway = createGateway(
    {
      services: {
        shop: {
          document: "specs/shop.json",
          url: serviceUrl,
          timeout: `${limits.timeout}ms`,
          ...fault.settings,
          ...(masked && kind === "relayed"
            ? {
                operations: {
                  getItem: { fallback: STAND_IN },
                  addItem: { fallback: STAND_IN },
                },
              }
            : {}),
        },
      },
      server: {
        deadline: `${limits.deadline}ms`,
        grace: "5s",
        drainDelay: "0s",
        bodyLimit: "32mb",
      },
    },
    {
      services: [defineService("shop", operations, schemasOf(fault))],
      routes: [
        composed("web", "composers/web/item.ts", routes.GET),
        composed("web", "composers/web/items.ts", routes.POST),
        proxied("shop", operations.getItem, "/shop"),
        proxied("shop", operations.addItem, "/shop"),
      ],
    },
    { env: {}, log },
  );
  const { url } = await gateway.listen({ port: 0, host: "127.0.0.1" });
  atEnd(() => gateway.close());
  return { url, lines: log.lines };
}

function schemasOf({ schema }: Fault): LoadSchemas | undefined {
  if (schema === undefined) return undefined;
  const answers = { "200": { "application/json": schema } };
  const schemas = { operations: { getItem: answers, addItem: answers }, components: {} };
  return () => Promise.resolve({ schemas });
}
