/** Failures that configuration masks, of composed and of relayed calls: what the client gets, and how it is told. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { composed, proxied } from "heddle";
import { describe, expect, it, vi } from "vitest";
import {
  compose,
  faults,
  operations,
  plan,
  type Running,
  requests,
  type Setup,
  startGateway,
} from "./support.ts";

type Service = (req: IncomingMessage, res: ServerResponse) => void;
type Rules = NonNullable<NonNullable<Setup["orders"]>["operations"]>[string];

const good: Service = (req, res) => {
  res
    .writeHead(200, { "content-type": "text/plain", "x-own": "1", vary: "accept-language" })
    .end(`for ${req.headers.authorization} in ${req.headers["accept-language"]}`);
};
const failing: Service = (_, res) => res.writeHead(500).end("no");

const FAULTS: Record<string, readonly [reason: string, service: Service]> = {
  "an answer of 500": ["service-failed", failing],
  "an answer of 429": ["too-many-requests", (_, res) => res.writeHead(429).end()],
  "a connection that is cut before the head": ["service-unreachable", (_, res) => res.destroy()],
  "a body that is cut": [
    "service-failed",
    (_, res) => {
      res.writeHead(200, { "content-length": "100" }).write("half");
      setImmediate(() => res.destroy());
    },
  ],
  "no answer within the timeout": ["service-timeout", () => {}],
  "a body that never ends": [
    "service-timeout",
    (_, res) => {
      res.writeHead(200).write("x");
    },
  ],
};

interface Relaying extends Running {
  service_: Service;
}

/** A gateway that relays `GET /api/orders/{orderId}`, to a service that can be changed. */
async function relaying(rules: Rules, more: Partial<Setup> = {}): Promise<Relaying> {
  const state = { service_: good };
  const running = await startGateway({
    routes: [
      proxied("orders", operations.getOrder, "/api"),
      proxied("orders", operations.putOrder, "/api"),
    ],
    service: (req, res) => {
      req.resume();
      state.service_(req, res);
    },
    ...more,
    orders: {
      retry: false,
      breaker: false,
      operations: { getOrder: rules, putOrder: rules },
      ...more.orders,
    },
  });
  return Object.assign(state, running);
}

const getOrder = (url: string, headers: Record<string, string> = {}, method = "GET") =>
  fetch(`${url}/api/orders/1`, { headers, method });

describe("a relayed call with a configured fallback", () => {
  it.each(Object.keys(FAULTS))("is answered with its value in place of %s", async (fault) => {
    const [reason, service] = FAULTS[fault] ?? ["", good];
    const gateway = await relaying({ fallback: { items: [] }, timeout: "100ms" });
    gateway.service_ = service;
    const answer = await getOrder(gateway.url);
    expect([answer.status, await answer.text()]).toEqual([200, '{"items":[]}']);
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("gateway-degraded")).toBe(
      `"";service="orders";operation="getOrder";reason=${reason};kind=default`,
    );
    expect(answer.headers.get("cache-status")).toMatch(/^heddle; fwd=/);
  });

  it("goes on as it came when all is well, or when the service has said what it has to say", async () => {
    const gateway = await relaying({ fallback: [] });
    const answer = await getOrder(gateway.url, { "accept-language": "de" });
    expect(await answer.text()).toBe("for undefined in de");
    expect(answer.headers.get("x-own")).toBe("1");
    expect(answer.headers.get("gateway-degraded")).toBeNull();
    gateway.service_ = (_, res) => res.writeHead(404, { "x-own": "2" }).end("gone");
    const missing = await getOrder(gateway.url);
    expect([missing.status, await missing.text()]).toEqual([404, "gone"]);
  });

  it("has no content where HEAD is asked for, or where the value is none", async () => {
    const gateway = await relaying({ fallback: [1] });
    gateway.service_ = failing;
    const head = await getOrder(gateway.url, {}, "HEAD");
    expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([
      200,
      "3",
      "",
    ]);
  });

  it("may be a change as well, when configuration says so", async () => {
    const gateway = await relaying({ fallback: "later" });
    gateway.service_ = failing;
    const answer = await fetch(`${gateway.url}/api/orders/1`, { method: "PUT", body: "{}" });
    expect([answer.status, await answer.text()]).toEqual([200, '"later"']);
  });

  it("says nothing but the failure where nothing is configured", async () => {
    const gateway = await relaying({});
    gateway.service_ = failing;
    const answer = await getOrder(gateway.url);
    expect([answer.status, await answer.text()]).toEqual([500, "no"]);
    expect(answer.headers.get("gateway-degraded")).toBeNull();
  });

  it("still goes through chunk by chunk where the operation may stream", async () => {
    const stream = plan("slow", "GET", "/watch", {
      answers: { "200": { "application/x-ndjson": "ndjson" } },
    });
    const gateway = await startGateway({
      routes: [proxied("orders", stream, "/api")],
      orders: { operations: { slow: { fallback: [], timeout: "200ms" } } },
      service: (_, res) => {
        res.writeHead(200, { "content-type": "application/x-ndjson" }).write("1\n");
      },
    });
    const answer = await fetch(`${gateway.url}/api/watch`);
    const reader = answer.body?.getReader();
    const first = await reader?.read();
    expect(new TextDecoder().decode(first?.value)).toBe("1\n");
    await reader?.cancel();
  });
});

describe("a relayed call with a stale answer", () => {
  it("is answered with the bytes and fields of that one, the same for GET and HEAD", async () => {
    const gateway = await relaying({ stale: "1m", fallback: "none" });
    expect(await (await getOrder(gateway.url)).text()).toBe("for undefined in *");
    gateway.service_ = failing;
    const answer = await getOrder(gateway.url);
    expect([answer.status, await answer.text()]).toEqual([200, "for undefined in *"]);
    expect(answer.headers.get("x-own")).toBe("1");
    expect(answer.headers.get("content-type")).toBe("text/plain");
    expect(answer.headers.get("gateway-degraded")).toBe(
      '"";service="orders";operation="getOrder";reason=service-failed;kind=stale',
    );
    expect(answer.headers.get("cache-status")).toBe("heddle; fwd=stale; fwd-status=500");
    expect((await getOrder(gateway.url, {}, "HEAD")).headers.get("x-own")).toBe("1");
  });

  it("is the caller's own, in the variant that was asked for", async () => {
    const gateway = await relaying(
      { stale: "1m", fallback: "none" },
      { orders: { forward: ["authorization"] } },
    );
    const ask = async (authorization: string, language: string): Promise<string> =>
      (await getOrder(gateway.url, { authorization, "accept-language": language })).text();
    await ask("ada", "de");
    gateway.service_ = failing;
    expect(await ask("ada", "de")).toBe("for ada in de");
    expect(await ask("ada", "en")).toBe('"none"');
    expect(await ask("bob", "de")).toBe('"none"');
  });

  it("is too old after its time", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: 1_800_000_000_000 });
    try {
      const gateway = await relaying({ stale: "1m" });
      await getOrder(gateway.url);
      gateway.service_ = failing;
      vi.setSystemTime(Date.now() + 60_000);
      expect((await getOrder(gateway.url)).status).toBe(200);
      vi.setSystemTime(Date.now() + 1);
      expect((await getOrder(gateway.url)).status).toBe(500);
    } finally {
      vi.useRealTimers();
    }
  });

  it("is not one that the service does not want to be kept", async () => {
    const gateway = await relaying({ stale: "1m" });
    gateway.service_ = (_, res) => res.writeHead(200, { "cache-control": "no-store" }).end();
    await getOrder(gateway.url);
    gateway.service_ = failing;
    expect((await getOrder(gateway.url)).status).toBe(500);
  });

  it("never answers two callers at the same time with one of theirs", async () => {
    const gateway = await relaying({ stale: "1m", fallback: "none" });
    const waiting: ServerResponse[] = [];
    gateway.service_ = (req, res) => {
      waiting.push(res);
      if (waiting.length === 2) for (const one of waiting) good(one.req, one);
      else void req;
    };
    const answers = await Promise.all(
      ["de", "en"].map(async (language) =>
        (await getOrder(gateway.url, { "accept-language": language })).text(),
      ),
    );
    expect(answers).toEqual(["for undefined in de", "for undefined in en"]);
  });
});

describe("a composed call", () => {
  const page = compose.get("/page", ({ services }) => ({
    one: () => services.orders.getOrder({ path: { orderId: "1" } }),
    two: () => services.orders.getOrder({ path: { orderId: "1" } }),
    own: () => services.orders.getOrder({ path: { orderId: "1" } }, { fallback: "own" }),
  }));

  const start = (rules: Rules, service: Service): Promise<Running> =>
    startGateway({
      routes: [composed("web", "page.ts", page)],
      service,
      orders: { retry: false, operations: { getOrder: rules } },
    });

  it("is masked by what is configured for its operation, unless it says otherwise itself", async () => {
    const { url } = await start({ fallback: "configured" }, failing);
    const answer = await fetch(`${url}/page`);
    expect(await answer.json()).toEqual({ one: "configured", two: "configured", own: "own" });
  });

  it("is told with the error's code and message in one line, and with its stack at debug", async () => {
    const { url, lines } = await start({ fallback: null }, (_, res) => res.destroy());
    await fetch(`${url}/page`);
    const [warned] = faults(lines);
    expect(warned).toMatchObject({
      code: "service-unreachable",
      error: expect.stringMatching(/^the connection to the service was lost before it answered: ./),
      message: "a failed call was masked",
    });
    expect(JSON.stringify(faults(lines))).not.toContain("    at ");
    expect(warned).not.toHaveProperty("err");
    const whole = lines.filter(
      ({ level, message }) => level === "debug" && message === warned?.message,
    );
    expect(whole.map(({ err }) => (err as Error).stack)).toEqual(
      faults(lines).map(() => expect.stringContaining("    at ")),
    );
  });

  it("is told once for each part that it was made for, in the answer and in the log", async () => {
    let calls = 0;
    const { url, lines } = await start({ fallback: null }, (req, res) => {
      calls += 1;
      failing(req, res);
    });
    const answer = await fetch(`${url}/page`);
    const members = answer.headers.get("gateway-degraded")?.split(", ") ?? [];
    expect(members.map((member) => member.slice(0, 6)).sort()).toEqual([
      '"/one"',
      '"/own"',
      '"/two"',
    ]);
    expect(calls).toBe(1);
    await vi.waitFor(() => expect(requests(lines)).toHaveLength(1));
    const told = faults(lines).map(({ level, service, operation, reason, kind, part, id }) => {
      return { level, service, operation, reason, kind, part, id };
    });
    const common = {
      level: "warn",
      service: "orders",
      operation: "getOrder",
      reason: "service-failed",
      kind: "default",
      id: answer.headers.get("x-request-id"),
    };
    expect(told.sort((a, b) => String(a.part).localeCompare(String(b.part)))).toEqual(
      ["/one", "/own", "/two"].map((part) => ({ ...common, part })),
    );
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toMatch(/heddle_degraded_calls_total\{[^}]*kind="default"[^}]*\} 3/);
  });

  it("has an earlier good answer before a value, as a relayed one has", async () => {
    let service: Service = (_, res) => {
      res.writeHead(200, { "content-type": "application/json" }).end('"good"');
    };
    const { url } = await start({ stale: "1m", fallback: "none" }, (req, res) => service(req, res));
    await fetch(`${url}/page`);
    service = failing;
    const answer = await fetch(`${url}/page`);
    expect(await answer.json()).toEqual({ one: "good", two: "good", own: "good" });
    expect(answer.headers.get("gateway-degraded")).toContain("kind=stale");
  });
});
