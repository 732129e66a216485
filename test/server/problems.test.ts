import { composed, problem, proxied } from "heddle";
import { describe, expect, it } from "vitest";
import { PROBLEMS } from "../../src/core/errors.ts";
import { compose, faults, operations, startGateway } from "./support.ts";

const order = compose.get("/web/orders/{id}", ({ path, services }) =>
  services.orders.getOrder({ path: { orderId: path.id } }),
);
const crash = compose.get("/web/crash", () => {
  throw new Error("password=hunter2 at 10.0.0.7");
});
const odd = compose.get("/web/odd", () => {
  throw "a text";
});
const told = compose.get("/web/told", () => {
  throw problem("internal", { detail: "10.0.0.7 is down" });
});
const routes = [
  composed("web", "composers/web/told.ts", told),
  composed("web", "composers/web/order.ts", order),
  composed("web", "composers/web/crash.ts", crash),
  composed("web", "composers/web/odd.ts", odd),
  proxied("orders", operations.getOrder, "/orders"),
];

/** The whole answer, without its request id. */
async function ask(url: string): Promise<unknown> {
  const answer = await fetch(url);
  const { instance, ...problem } = (await answer.json()) as Record<string, unknown>;
  expect(instance).toBe(answer.headers.get("x-request-id"));
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  expect(answer.status).toBe(problem.status);
  return problem;
}

describe("a problem", () => {
  it("of a service names service and operation, and no host", async () => {
    const { url, service, lines } = await startGateway({ routes });
    service.closeAllConnections();
    await new Promise((resolve) => service.close(resolve));
    const want = {
      type: "urn:heddle:problem:service-unreachable",
      title: "A service could not be reached",
      status: 502,
      detail: "the service refused the connection",
      service: "orders",
      operation: "getOrder",
    };
    expect(await ask(`${url}/web/orders/1`)).toEqual(want);
    expect(await ask(`${url}/orders/orders/1`)).toEqual(want);
    expect(faults(lines)).toMatchObject([
      {
        level: "warn",
        code: "service-unreachable",
        service: "orders",
        operation: "getOrder",
        err: { code: "ECONNREFUSED" },
      },
      { level: "warn" },
    ]);
  });

  it("of a service that answers with an error tells its status", async () => {
    const { url } = await startGateway({
      routes,
      service: (_req, res) => res.writeHead(418).end(),
    });
    expect(await ask(`${url}/web/orders/1`)).toMatchObject({
      service: "orders",
      operation: "getOrder",
      serviceStatus: 418,
    });
  });

  it("of a service that has no time is passed on with its Retry-After", async () => {
    const { url } = await startGateway({
      routes,
      service: (_req, res) => res.writeHead(503, { "retry-after": "7" }).end(),
      // It would come back after as many seconds.
      orders: { retry: false },
    });
    const answer = await fetch(`${url}/web/orders/1`);
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "7"]);
  });

  it.each(["/web/crash", "/web/odd", "/web/told"])(
    "of the gateway's own (%s) tells nothing, and everything to the log",
    async (path) => {
      const { url, lines } = await startGateway({ routes });
      expect(await ask(url + path)).toEqual({
        type: "urn:heddle:problem:internal",
        title: "The gateway failed",
        status: 500,
      });
      const [line] = faults(lines);
      expect(line).toMatchObject({
        level: "error",
        code: "internal",
        message: "the gateway failed",
        id: expect.any(String),
      });
      expect(String(line?.err)).toMatch(/hunter2|a text|10\.0\.0\.7/);
    },
  );

  it("of a path that nothing is at repeats it", async () => {
    const { url } = await startGateway({ routes });
    expect(await ask(`${url}/nowhere?token=secret`)).toEqual({
      type: "urn:heddle:problem:not-found",
      title: "There is nothing at this address",
      status: 404,
      detail: "nothing is at GET /nowhere",
    });
  });

  it.each(Object.keys(PROBLEMS))("%s has a status and a title", (code) => {
    const { status, title } = PROBLEMS[code as keyof typeof PROBLEMS];
    expect(status).toBeGreaterThanOrEqual(400);
    expect(title).toMatch(/^[A-Z]/);
  });
});
