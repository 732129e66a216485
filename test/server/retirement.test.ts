import { composed, proxied, type RouteDefinition } from "heddle";
import { describe, expect, it, vi } from "vitest";
import { atEnd, compose, operations, plan, type Setup, startGateway } from "./support.ts";

const PAST = "2020-01-01";
const LATER = "2020-06-01T12:00:00Z";
const FUTURE = "2099-05-01";

const web = (composer: ReturnType<typeof compose.get>): RouteDefinition =>
  composed("web", "composers/web/x.ts", composer);

async function start(routes: readonly RouteDefinition[], more: Partial<Setup> = {}) {
  const { url } = await startGateway({ routes, frontends: { web: {} }, ...more });
  return async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(url + path, init);
    const text = await answer.text();
    const field = (name: string) => answer.headers.get(name);
    const fields = [field("deprecation"), field("sunset"), field("link")];
    return { status: answer.status, fields, text, headers: answer.headers };
  };
}

describe("a composed route that is deprecated", () => {
  it("says since when, until when, what comes after it and where to read of it", async () => {
    const ask = await start([
      web(
        compose.get(
          "/web/orders/{orderId}",
          {
            deprecated: PAST,
            sunset: FUTURE,
            successor: "/v2/orders/{orderId}",
            policy: "https://api.example/changes",
          },
          () => ({ ok: true }),
        ),
      ),
    ]);
    const { status, fields } = await ask("/web/orders/a%20b");
    expect(status).toBe(200);
    expect(fields).toEqual([
      "@1577836800",
      "Fri, 01 May 2099 00:00:00 GMT",
      '</v2/orders/a%20b>; rel="successor-version", <https://api.example/changes>; rel="deprecation", <https://api.example/changes>; rel="sunset"',
    ]);
  });

  it("sends no Deprecation without a date", async () => {
    const ask = await start([
      web(compose.get("/web/x", { deprecated: true, successor: "/web/y" }, () => ({}))),
    ]);
    expect((await ask("/web/x")).fields).toEqual([null, null, '</web/y>; rel="successor-version"']);
  });

  it("adds to the links of the composer", async () => {
    const { reply } = await import("heddle");
    const ask = await start([
      web(
        compose.get("/web/x", { successor: "/web/y" }, () =>
          reply({}, { headers: { link: '</a,b>; rel="next"' } }),
        ),
      ),
    ]);
    expect((await ask("/web/x")).fields[2]).toBe(
      '</web/y>; rel="successor-version", </a,b>; rel="next"',
    );
  });

  it("says so on problems and on streamed answers too", async () => {
    const ask = await start([
      web(compose.get("/web/x", { deprecated: PAST, successor: "/web/y" }, () => ({ a: 1 }))),
    ]);
    const told = ["@1577836800", null, '</web/y>; rel="successor-version"'];
    const refused = await ask("/web/x", { headers: { accept: "text/html" } });
    expect([refused.status, refused.fields]).toEqual([406, told]);
    const lines = await ask("/web/x", { headers: { accept: "application/x-ndjson" } });
    expect([lines.status, lines.fields]).toEqual([200, told]);
  });

  it("leaves other routes alone", async () => {
    const ask = await start([
      web(compose.get("/web/x", { deprecated: PAST }, () => ({}))),
      web(compose.get("/web/y", () => ({}))),
    ]);
    expect((await ask("/web/y")).fields).toEqual([null, null, null]);
  });
});

describe("a route after its sunset", () => {
  it("is gone, names its successor, and calls nobody", async () => {
    const handler = vi.fn(() => ({}));
    const ask = await start([
      web(
        compose.get(
          "/web/orders/{orderId}",
          { deprecated: PAST, sunset: LATER, successor: "/v2/orders/{orderId}" },
          handler,
        ),
      ),
    ]);
    const { status, fields, text, headers } = await ask("/web/orders/7");
    expect(status).toBe(410);
    expect(headers.get("content-type")).toBe("application/problem+json");
    expect(JSON.parse(text)).toEqual({
      type: "urn:heddle:problem:gone",
      title: "This route has ended",
      status: 410,
      detail: "this route ended on 2020-06-01T12:00:00Z: use /v2/orders/7",
      instance: headers.get("x-request-id"),
      successor: "/v2/orders/7",
    });
    expect(fields).toEqual([
      "@1577836800",
      "Mon, 01 Jun 2020 12:00:00 GMT",
      '</v2/orders/7>; rel="successor-version"',
    ]);
    expect(handler).not.toHaveBeenCalled();
  });

  it("is gone when its hour comes, kept answers or not", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2030-01-01T00:00:00Z") });
    atEnd(() => vi.useRealTimers());
    const ask = await start([
      web(
        compose.get("/web/x", { deprecated: PAST, sunset: "2030-01-02", cache: "2d" }, () => ({})),
      ),
    ]);
    const told = ["@1577836800", "Wed, 02 Jan 2030 00:00:00 GMT", null];
    expect([(await ask("/web/x")).status, (await ask("/web/x")).status]).toEqual([200, 200]);
    const kept = await ask("/web/x");
    expect(kept.headers.get("cache-status")).toContain("hit");
    expect(kept.fields).toEqual(told);
    vi.setSystemTime(Date.parse("2030-01-01T23:59:59.999Z"));
    expect((await ask("/web/x")).status).toBe(200);
    vi.setSystemTime(Date.parse("2030-01-02T00:00:00Z"));
    const gone = await ask("/web/x");
    expect([gone.status, gone.fields]).toEqual([410, told]);
  });

  it("takes no body and reaches no service", async () => {
    let calls = 0;
    const ask = await start([proxied("orders", operations.putOrder, "/orders")], {
      service: (_req, res) => {
        calls++;
        res.end();
      },
      orders: { operations: { putOrder: { sunset: PAST } } },
    });
    const { status } = await ask("/orders/orders/1", { method: "PUT", body: "{}" });
    expect([status, calls]).toEqual([410, 0]);
  });
});

describe("a proxied route", () => {
  it("tells the dates of the configuration, and keeps the service's links", async () => {
    const ask = await start([proxied("orders", operations.getOrder, "/orders")], {
      service: (_req, res) => {
        res.setHeader("link", ['</a>; rel="next"', '</b>; rel="prev"']);
        res.setHeader("deprecation", "@1");
        res.setHeader("sunset", "Thu, 01 Jan 1970 00:00:01 GMT");
        res.end("{}");
      },
      orders: {
        operations: {
          getOrder: { deprecated: PAST, sunset: FUTURE, successor: "/v2/{orderId}" },
        },
      },
    });
    expect((await ask("/orders/orders/7")).fields).toEqual([
      "@1577836800",
      "Fri, 01 May 2099 00:00:00 GMT",
      '</v2/7>; rel="successor-version", </a>; rel="next", </b>; rel="prev"',
    ]);
  });

  it("that only its document calls deprecated says nothing, lets the service speak, and is counted", async () => {
    const old = plan("getOrder", "GET", "/orders/{orderId}", { deprecated: true });
    const ask = await start([proxied("orders", old, "/orders")], {
      service: (_req, res) => res.setHeader("deprecation", "@1").end("{}"),
    });
    expect((await ask("/orders/orders/7")).fields).toEqual(["@1", null, null]);
    expect((await ask("/metrics")).text).toContain(
      'heddle_deprecated_requests_total{method="GET",route="/orders/orders/{orderId}"} 1',
    );
  });
});

it("every request for a deprecated route is counted, by route, also when it is gone", async () => {
  const ask = await start([
    web(compose.get("/web/old", { deprecated: PAST }, () => ({}))),
    web(compose.get("/web/gone", { sunset: PAST }, () => ({}))),
    web(compose.get("/web/new", () => ({}))),
  ]);
  for (const path of ["/web/old", "/web/old", "/web/gone", "/web/new"]) await ask(path);
  const { text } = await ask("/metrics");
  const counted = text.split("\n").filter((line) => line.startsWith("heddle_deprecated"));
  expect(counted).toEqual([
    'heddle_deprecated_requests_total{method="GET",route="/web/old"} 2',
    'heddle_deprecated_requests_total{method="GET",route="/web/gone"} 1',
  ]);
});

describe("a route whose operations end, by their documents", () => {
  const ending = { deprecated: true, sunset: LATER } as const;

  it("tells of the day, and answers on when it has come", async () => {
    const composer = compose.get("/web/x", () => ({ ok: true }));
    const ask = await start([composed("web", "composers/web/x.ts", composer, { ending })]);
    const { status, fields, text } = await ask("/web/x");
    expect({ status, text }).toEqual({ status: 200, text: '{"ok":true}' });
    expect(fields).toEqual([null, "Mon, 01 Jun 2020 12:00:00 GMT", null]);
  });

  it("says what the composer says, and the day where that gives none", async () => {
    const said = { deprecated: PAST, successor: "/web/y", policy: "/changes" };
    const composer = compose.get("/web/x", said, () => ({}));
    const ask = await start([composed("web", "composers/web/x.ts", composer, { ending })]);
    const { status, fields } = await ask("/web/x");
    expect({ status, fields }).toEqual({
      status: 200,
      fields: [
        "@1577836800",
        "Mon, 01 Jun 2020 12:00:00 GMT",
        '</web/y>; rel="successor-version", </changes>; rel="deprecation", </changes>; rel="sunset"',
      ],
    });
  });

  it("ends when the composer says so, whatever the documents say", async () => {
    const composer = compose.get("/web/x", { sunset: PAST }, () => ({}));
    const later = { deprecated: "2019-06-01", sunset: FUTURE } as const;
    const ask = await start([composed("web", "composers/web/x.ts", composer, { ending: later })]);
    const { status, fields, text } = await ask("/web/x");
    expect(status).toBe(410);
    expect(fields).toEqual(["@1559347200", "Wed, 01 Jan 2020 00:00:00 GMT", null]);
    expect(text).toContain("this route ended on 2020-01-01");
  });

  it("tells of the day of a relayed operation, which may say another", async () => {
    const routes = [proxied("orders", operations.getOrder, "/orders", { ending })];
    const ask = await start(routes);
    const { status, fields } = await ask("/orders/orders/7");
    expect([status, fields]).toEqual([200, [null, "Mon, 01 Jun 2020 12:00:00 GMT", null]]);
    const other = await start(routes, {
      service: (_req, res) => res.setHeader("sunset", "Fri, 01 May 2099 00:00:00 GMT").end("{}"),
    });
    expect((await other("/orders/orders/7")).fields[1]).toBe("Fri, 01 May 2099 00:00:00 GMT");
  });

  it("says of a relayed operation what the configuration says, and the day where that gives none", async () => {
    const ask = await start([proxied("orders", operations.getOrder, "/orders", { ending })], {
      orders: { operations: { getOrder: { deprecated: PAST } } },
    });
    expect((await ask("/orders/orders/7")).fields).toEqual([
      "@1577836800",
      "Mon, 01 Jun 2020 12:00:00 GMT",
      null,
    ]);
  });
});
