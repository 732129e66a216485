/** Composed answers that are kept: what a hit is, whose it is, what is never kept, and how an old one is renewed. */
import { type ClientRequest, request, type ServerResponse } from "node:http";
import { composed, problem, type RouteCachePolicy, reply } from "heddle";
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  compose,
  faults,
  rawRequest,
  type Setup,
  type ShopServices,
  signal,
  startGateway,
} from "./support.ts";

interface Given {
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | string[] | undefined>>;
  readonly header: Readonly<Record<string, string | string[] | undefined>>;
  readonly request: {
    readonly id: string;
    readonly ip?: string;
    readonly headers: Given["header"];
  };
  readonly services: ShopServices;
}

interface Got {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  readonly cache: string | null;
}

/** A gateway with one cached route, `/page/{id}`, and how often its composer has run. */
async function start(
  cache: RouteCachePolicy,
  answer: (given: Given, run: number) => unknown,
  setup: Partial<Setup> = {},
) {
  let runs = 0;
  const page = compose.get("/page/{id}", { cache }, ((given: Given) => {
    runs += 1;
    return answer(given, runs);
  }) as () => object);
  const running = await startGateway({ ...setup, routes: [composed("web", "page.ts", page)] });
  async function get(
    target = "/page/1",
    headers: Record<string, string> = {},
    method = "GET",
  ): Promise<Got> {
    const response = await fetch(running.url + target, { headers, method });
    return {
      status: response.status,
      text: await response.text(),
      headers: response.headers,
      cache: response.headers.get("cache-status"),
    };
  }
  return { ...running, get, runs: () => runs };
}

/** Only the time of day stands still: sockets and timers go on. */
function holdTime(): { pass(ms: number): void } {
  vi.useFakeTimers({ toFake: ["Date"], now: 1_800_000_000_000 });
  return { pass: (ms) => vi.setSystemTime(Date.now() + ms) };
}

afterEach(() => vi.useRealTimers());

const counted = (_: Given, run: number): unknown => ({ run });

describe("a kept answer", () => {
  it("is given out without calling the composer, and says how old it is", async () => {
    const time = holdTime();
    const { get, runs } = await start("30s", counted);
    const first = await get();
    time.pass(4_500);
    const second = await get();
    expect([first.text, second.text, runs()]).toEqual(['{"run":1}', '{"run":1}', 1]);
    expect([first.cache, second.cache]).toEqual([
      "heddle; fwd=miss; stored",
      "heddle; hit; ttl=25",
    ]);
    expect([first.headers.get("age"), second.headers.get("age")]).toEqual([null, "4"]);
    expect(second.headers.get("content-type")).toBe("application/json");
    expect(second.headers.get("x-content-type-options")).toBe("nosniff");
    expect(second.headers.get("x-request-id")).not.toBe(first.headers.get("x-request-id"));
  });

  it("is gone when its time is over", async () => {
    const time = holdTime();
    const { get } = await start("30s", counted);
    await get();
    time.pass(30_000);
    const late = await get();
    expect(late.text).toBe('{"run":2}');
    expect(late.cache).toMatch(/^heddle; fwd=(stale|miss); stored$/);
  });

  it("is that of its path, query and fields, however the query is written", async () => {
    const { get, runs } = await start("30s", ({ path, query }) => ({
      id: path.id,
      query,
      more: 1,
    }));
    expect((await get("/page/1?b=2&a=1&a=3")).text).toContain('"a":["1","3"]');
    expect((await get("/page/1?a=%31&b=2&a=3")).cache).toContain("hit");
    expect((await get("/page/1?a=3&a=1&b=2")).cache).toContain("miss");
    expect((await get("/page/2?b=2&a=1&a=3")).cache).toContain("miss");
    expect((await get("/page/1?b=2&a=1&a=3&fields=id,more")).text).toBe('{"id":"1","more":1}');
    expect((await get("/page/1?b=2&a=1&a=3&fields=more,id")).cache).toContain("hit");
    expect((await get("/page/1?b=2&a=1&a=3&fields=id")).text).toBe('{"id":"1"}');
    expect(runs()).toBe(5);
  });

  it("cannot be mistaken for one whose input only looks the same when put together", async () => {
    const { get } = await start("30s", ({ path, query }) => ({ id: path.id, query }));
    expect((await get("/page/1%0A%3F%5B%22a%22%2C%221%22%5D")).cache).toContain("miss");
    expect((await get("/page/1?a=1")).cache).toContain("miss");
  });

  it("keeps the header fields that its composer has set", async () => {
    const { get } = await start("30s", () =>
      reply({ a: 1 }, { headers: { "x-shop": "yes", "content-type": "application/hal+json" } }),
    );
    await get();
    const hit = await get();
    expect(hit.cache).toContain("hit");
    expect(hit.headers.get("x-shop")).toBe("yes");
    expect(hit.headers.get("content-type")).toBe("application/hal+json");
  });

  it("is refused to nobody because the query cannot be read: that is 400 as ever", async () => {
    const { get } = await start("30s", counted);
    expect((await get("/page/1?a=%zz")).status).toBe(400);
  });

  it("is not given out as a stream", async () => {
    const { get, runs } = await start("30s", counted);
    await get();
    const stream = await get("/page/1", { accept: "application/x-ndjson" });
    expect(stream.text).toContain('"end":true');
    expect(stream.cache).toBe("heddle; fwd=bypass");
    expect((await get("/page/1", { accept: "image/png" })).status).toBe(406);
    expect((await get("/page/1", { accept: "text/html, application/json;q=0.9" })).cache).toContain(
      "hit",
    );
    expect(runs()).toBe(2);
  });

  it("tells caches behind the gateway to ask again where it is one caller's, and to keep it where it is not", async () => {
    const own = await start("30s", counted);
    expect((await own.get()).headers.get("cache-control")).toBe("private, no-cache");
    expect((await own.get()).headers.get("cache-control")).toBe("private, no-cache");
    const shared = await start({ ttl: "30s", public: true }, counted);
    expect((await shared.get()).headers.get("cache-control")).toBe("public, max-age=30");
    expect((await shared.get()).headers.get("vary")).toBe("Accept");
  });
});

describe("conditions", () => {
  it("are answered with 304 where the caller has the answer, on a hit and on a miss", async () => {
    const { get } = await start("30s", () => ({ a: 1 }));
    const tag = (await get()).headers.get("etag") ?? "";
    expect(tag).toMatch(/^"[\w-]{27}"$/);
    for (const condition of [tag, `W/${tag}`, `"other", ${tag}`, "*"]) {
      const answer = await get("/page/1", { "if-none-match": condition });
      expect([answer.status, answer.text, answer.headers.get("etag")]).toEqual([304, "", tag]);
      expect(answer.headers.get("cache-control")).toBe("private, no-cache");
      expect(answer.headers.get("content-length")).toBeNull();
    }
    const miss = await get("/page/2", { "if-none-match": tag });
    expect([miss.status, miss.cache]).toEqual([304, "heddle; fwd=miss; stored"]);
    expect((await get("/page/1", { "if-none-match": '"other"' })).status).toBe(200);
  });

  it("are answered with 412 where If-Match names another answer", async () => {
    const { get } = await start("30s", () => ({ a: 1 }));
    const tag = (await get()).headers.get("etag") ?? "";
    expect((await get("/page/1", { "if-match": tag })).status).toBe(200);
    expect((await get("/page/1", { "if-match": "*" })).status).toBe(200);
    const refused = await get("/page/1", { "if-match": `W/${tag}` });
    expect(refused.status).toBe(412);
    expect(refused.headers.get("cache-control")).toBe("no-store");
  });

  it("differ from answer to answer: so do tags", async () => {
    const { get } = await start("30s", ({ path }) => ({ id: path.id }));
    const tags = [await get("/page/1"), await get("/page/2")].map(({ headers }) =>
      headers.get("etag"),
    );
    expect(tags[0]).not.toBe(tags[1]);
  });

  it("HEAD has the fields of GET, and no content, on a hit and on a miss", async () => {
    const { get, runs } = await start("30s", () => ({ a: "ä" }));
    const miss = await get("/page/1", {}, "HEAD");
    const hit = await get("/page/1", {}, "HEAD");
    const whole = await get();
    for (const name of ["etag", "content-length", "content-type", "cache-control"]) {
      expect(miss.headers.get(name), name).toBe(whole.headers.get(name));
      expect(hit.headers.get(name), name).toBe(whole.headers.get(name));
    }
    expect([miss.text, hit.text, whole.text, runs()]).toEqual(["", "", '{"a":"ä"}', 1]);
  });
});

describe("whose an answer is", () => {
  it.each(["authorization", "cookie", "x-tenant"])(
    "the %s field tells callers apart",
    async (name) => {
      const { get } = await start("30s", counted, { orders: { forward: ["x-tenant"] } });
      const ada = await get("/page/1", { [name]: "ada" });
      const bob = await get("/page/1", { [name]: "bob" });
      const nobody = await get();
      expect([ada.text, bob.text, nobody.text]).toEqual(['{"run":1}', '{"run":2}', '{"run":3}']);
      expect((await get("/page/1", { [name]: "ada" })).text).toBe('{"run":1}');
      expect((await get()).text).toBe('{"run":3}');
    },
  );

  it("what nobody looks at does not", async () => {
    const { get } = await start("30s", counted);
    await get("/page/1", { "user-agent": "a", "x-tenant": "a" });
    expect((await get("/page/1", { "user-agent": "b", "x-tenant": "b" })).cache).toContain("hit");
  });

  const reads: Record<string, (given: Given) => unknown> = {
    "by name": ({ header }) => header["accept-language"],
    "of the request": ({ request }) => request.headers["accept-language"],
    "by taking apart": ({ header: { "accept-language": language } }) => language,
    "by asking for it": ({ header }) => "accept-language" in header && "there",
    "by asking whether it is its own": ({ header }) => Object.hasOwn(header, "accept-language"),
  };
  it.each(Object.keys(reads))("a field that the composer reads does, %s", async (how) => {
    const { get } = await start({ ttl: "30s", public: true }, (given, run) => {
      reads[how]?.(given);
      return { run };
    });
    const german = await get("/page/1", { "accept-language": "de" });
    expect(german.headers.get("vary")).toBe("Accept, accept-language");
    const none = await get("/page/1", { "accept-language": "" });
    expect([german.text, none.text]).toEqual(['{"run":1}', '{"run":2}']);
    expect(none.cache).toBe("heddle; fwd=vary-miss; stored");
    expect((await get("/page/1", { "accept-language": "de" })).text).toBe('{"run":1}');
    expect((await get("/page/1", { "accept-language": "" })).cache).toContain("hit");
  });

  it("fields that only some answers depend on join those that are known", async () => {
    const { get } = await start({ ttl: "30s", public: true }, ({ header }, run) => ({
      run,
      b: header["x-a"] === "more" ? header["x-b"] : null,
    }));
    const ask = async (a: string, b: string): Promise<string> =>
      (await get("/page/1", { "x-a": a, "x-b": b })).text;
    expect(await ask("less", "1")).toBe('{"run":1,"b":null}');
    expect(await ask("less", "2")).toBe('{"run":1,"b":null}');
    expect(await ask("more", "1")).toBe('{"run":2,"b":"1"}');
    expect(await ask("more", "2")).toBe('{"run":3,"b":"2"}');
    expect(await ask("more", "1")).toBe('{"run":2,"b":"1"}');
  });

  it("a public answer is everybody's, but for a credential that the composer reads", async () => {
    const { get } = await start({ ttl: "30s", public: "a catalogue" }, ({ path, header }, run) => ({
      run,
      ...(path.id === "mine" ? { who: header.authorization } : {}),
    }));
    const ada = { authorization: "ada" };
    const bob = { authorization: "bob", cookie: "a=1" };
    expect((await get("/page/1", ada)).text).toBe('{"run":1}');
    expect((await get("/page/1", bob)).text).toBe('{"run":1}');
    expect((await get("/page/mine", ada)).text).toBe('{"run":2,"who":"ada"}');
    expect((await get("/page/mine", bob)).text).toBe('{"run":3,"who":"bob"}');
    expect((await get("/page/mine", ada)).text).toBe('{"run":2,"who":"ada"}');
  });

  const personal: Record<string, (given: Given) => unknown> = {
    "request-id": ({ request }) => request.id,
    "client-address": ({ request }) => request.ip,
    "all-header-fields": ({ header }) => Object.keys(header).length,
  };
  it.each(Object.keys(personal))(
    "an answer that was made with the %s is nobody else's",
    async (what) => {
      const { get, runs } = await start("30s", async (given, run) => {
        await null;
        return { run, what: personal[what]?.(given) };
      });
      const [one, two] = await Promise.all([get(), get()]);
      expect(one.text).not.toBe(two.text);
      expect((await get()).cache).toBe(`heddle; fwd=miss; detail=${what}`);
      expect((await get()).headers.get("cache-control")).toBe("no-store");
      expect(runs()).toBe(4);
    },
  );

  it("parts read as well", async () => {
    const { get } = await start("30s", ({ header }) => ({
      part: async () => {
        await null;
        return header["x-late"] ?? null;
      },
    }));
    expect((await get("/page/1", { "x-late": "1" })).text).toBe('{"part":"1"}');
    expect((await get("/page/1", { "x-late": "2" })).text).toBe('{"part":"2"}');
  });
});

/** Data, as all instances are, without a form in JSON. */
class Loop {
  readonly self = this;
}

describe("what is never kept", () => {
  it("an answer with another status, unless it says that there is nothing and that is to be kept", async () => {
    const status = ({ path }: Given, run: number): unknown =>
      reply({ run }, { status: Number(path.id) });
    const { get } = await start("30s", status);
    for (const code of ["201", "404", "410", "299"]) {
      await get(`/page/${code}`);
      expect((await get(`/page/${code}`)).cache).toBe("heddle; fwd=miss; detail=status");
    }
    const time = holdTime();
    const negative = await start({ ttl: "1h", negative: "5s", stale: "1h" }, status);
    const first = await negative.get("/page/404");
    time.pass(4_000);
    const hit = await negative.get("/page/404", { "if-none-match": "*" });
    expect([first.status, hit.status, hit.text]).toEqual([404, 404, first.text]);
    expect(hit.cache).toBe("heddle; hit; ttl=1");
    time.pass(1_000);
    expect((await negative.get("/page/404")).text).not.toBe(first.text);
    await negative.get("/page/500");
    expect((await negative.get("/page/500")).cache).toContain("detail=status");
  });

  it("an error, unless the composer says that there is nothing: each caller then has a problem of their own", async () => {
    const time = holdTime();
    const { get, runs } = await start({ ttl: "1h", negative: "5s" }, () => {
      throw problem("not-found", { detail: "there is no page 1" });
    });
    const first = JSON.parse((await get()).text);
    const { cache, status, text } = await get();
    const second = JSON.parse(text);
    expect([status, cache, runs()]).toEqual([404, "heddle; hit; ttl=5", 1]);
    expect(second.detail).toBe("there is no page 1");
    expect(second.instance).not.toBe(first.instance);
    time.pass(5_000);
    await get();
    expect(runs()).toBe(2);
    const failing = await start({ ttl: "1h", negative: "5s" }, () => {
      throw problem("forbidden");
    });
    await failing.get();
    expect((await failing.get()).cache).toBe("heddle; fwd=miss; detail=error");
    expect(failing.runs()).toBe(2);
  });

  it("what has no JSON form: that is a problem as ever", async () => {
    const { get } = await start("30s", () => ({ loop: new Loop() }));
    expect((await get()).status).toBe(500);
    expect((await get()).status).toBe(500);
  });

  it("a degraded answer", async () => {
    const { get } = await start(
      "30s",
      ({ services }, run) => ({
        run,
        order: () => services.orders.getOrder({ path: { orderId: "1" } }, { fallback: null }),
      }),
      { service: (_, res) => res.writeHead(500).end() },
    );
    for (const run of [1, 2]) {
      const { text, cache, headers } = await get();
      expect(text).toBe(`{"run":${run},"order":null}`);
      expect(cache).toBe("heddle; fwd=miss; detail=degraded");
      expect(headers.get("gateway-degraded")).toContain('"/order";service="orders"');
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("etag")).toBeNull();
    }
  });

  it("an answer for which something was changed", async () => {
    const { get, runs } = await start("30s", async ({ services }, run) => {
      const { putOrder } = services.orders as unknown as {
        putOrder(input: object): Promise<unknown>;
      };
      await putOrder({ path: { orderId: "1" } });
      return { run };
    });
    await get();
    expect((await get()).cache).toBe("heddle; fwd=miss; detail=unsafe-call");
    expect(runs()).toBe(2);
  });

  it.each([
    ["set-cookie", "a=1", "set-cookie"],
    ["cache-control", "no-store", "no-store"],
    ["Vary", "*", "vary"],
  ])("an answer with %s: %s", async (name, value, detail) => {
    const { get } = await start("30s", () => reply({ a: 1 }, { headers: { [name]: value } }));
    await get();
    const answer = await get();
    expect(answer.cache).toBe(`heddle; fwd=miss; detail=${detail}`);
    expect(answer.headers.get(name)).toBe(value);
  });

  it("anything where the policy is false", async () => {
    const { get, runs } = await start(false, counted);
    await get();
    expect((await get()).cache).toBe("heddle; fwd=bypass");
    expect(runs()).toBe(2);
  });
});

describe("an old answer", () => {
  const policy = { ttl: "30s", stale: "5m" } as const;

  it("is given out once more while it is renewed behind the caller's back", async () => {
    const time = holdTime();
    const renewed = signal();
    const { get } = await start(policy, (_, run) => {
      if (run === 2) renewed.happen();
      return { run };
    });
    await get();
    time.pass(31_000);
    const old = await get();
    expect([old.text, old.cache, old.headers.get("age")]).toEqual([
      '{"run":1}',
      "heddle; hit; ttl=-1",
      "31",
    ]);
    expect(old.headers.get("gateway-degraded")).toBeNull();
    await renewed.happened;
    await vi.waitFor(async () => expect((await get()).text).toBe('{"run":2}'));
    time.pass(30_000 + 300_000);
    expect((await get()).cache).toContain("fwd=");
  });

  it("stands in when it cannot be renewed, is then marked, told once, and renewed when the service is back", async () => {
    const time = holdTime();
    let isDown = false;
    const { get, runs, lines } = await start(
      policy,
      async ({ services }, run) => ({
        run,
        order: await services.orders.getOrder({ path: { orderId: "1" } }),
      }),
      {
        service: (_, res) => {
          res.writeHead(isDown ? 500 : 200, { "content-type": "application/json" }).end("{}");
        },
        orders: { retry: false, cache: false },
      },
    );
    const fresh = await get();
    isDown = true;
    time.pass(31_000);
    expect((await get()).headers.get("gateway-degraded")).toBeNull();
    await vi.waitFor(() => expect(faults(lines)).toHaveLength(1));
    expect(faults(lines)[0]).toMatchObject({
      level: "warn",
      service: "orders",
      operation: "getOrder",
      reason: "service-failed",
      kind: "stale",
    });
    const degraded = await get();
    expect(degraded.text).toBe(fresh.text);
    expect(degraded.headers.get("gateway-degraded")).toBe(
      '"";service="orders";operation="getOrder";reason=service-failed;kind=stale',
    );
    // Not with every request.
    expect(runs()).toBe(2);
    isDown = false;
    time.pass(1_000);
    await get();
    await vi.waitFor(async () => expect((await get()).cache).toBe("heddle; hit; ttl=30"));
    expect((await get()).headers.get("gateway-degraded")).toBeNull();
  });

  it("is not replaced by a degraded one", async () => {
    const time = holdTime();
    let isDown = false;
    const { get } = await start(
      policy,
      ({ services }) => ({
        order: () => services.orders.getOrder({ path: { orderId: "1" } }, { fallback: "none" }),
      }),
      {
        service: (_, res) => {
          res.writeHead(isDown ? 500 : 200, { "content-type": "application/json" }).end('"good"');
        },
        orders: { retry: false, cache: false },
      },
    );
    await get();
    isDown = true;
    time.pass(31_000);
    await get();
    await vi.waitFor(async () => {
      const { text, headers } = await get();
      expect(text).toBe('{"order":"good"}');
      expect(headers.get("gateway-degraded")).toContain('"/order"');
    });
  });

  it("goes when the composer says that there is nothing any more", async () => {
    const time = holdTime();
    const { get } = await start(policy, (_, run) => {
      if (run > 1) throw problem("not-found");
      return { run };
    });
    await get();
    time.pass(31_000);
    expect((await get()).status).toBe(200);
    await vi.waitFor(async () => expect((await get()).status).toBe(404));
  });
});

describe("requests at the same time", () => {
  it("have one answer made for all of them", async () => {
    const go = signal();
    const { get, runs, url } = await start("30s", async (_, run) => {
      await go.happened;
      return { run };
    });
    const all = Array.from({ length: 20 }, () => get());
    await vi.waitFor(async () => {
      // The twenty and the one that asks.
      const metrics = await (await fetch(`${url}/metrics`)).text();
      expect(metrics).toContain("\nhttp_server_requests_in_flight 21\n");
    });
    go.happen();
    const answers = await Promise.all(all);
    expect(new Set(answers.map(({ text }) => text))).toEqual(new Set(['{"run":1}']));
    expect(answers.filter(({ cache }) => cache === "heddle; fwd=miss; stored")).toHaveLength(1);
    expect(answers.filter(({ cache }) => cache === "heddle; fwd=miss; collapsed")).toHaveLength(19);
    expect(runs()).toBe(1);
  });

  it("are answered each for itself where the composer turns out to look at who asks", async () => {
    const go = signal();
    const { get } = await start({ ttl: "30s", public: true }, async ({ header }) => {
      await go.happened;
      return { who: header["x-who"] };
    });
    const names = ["ada", "bob", "cy", "ada"];
    const all = names.map((name) => get("/page/1", { "x-who": name }));
    await new Promise((resolve) => setImmediate(resolve));
    go.happen();
    const answers = await Promise.all(all);
    expect(answers.map(({ text }) => text)).toEqual(names.map((who) => JSON.stringify({ who })));
  });

  it("share a failure, each with a problem of its own", async () => {
    const go = signal();
    const { get } = await start("30s", async () => {
      await go.happened;
      throw problem("forbidden", { detail: "not today" });
    });
    const all = [get(), get()];
    go.happen();
    const answers = await Promise.all(all);
    expect(answers.map(({ status }) => status)).toEqual([403, 403]);
    expect(new Set(answers.map(({ text }) => JSON.parse(text).instance)).size).toBe(2);
  });

  it("do not lose their answer when the one that came first leaves; when all have left, the calls end", async () => {
    const called: ServerResponse[] = [];
    const aborted = signal();
    const { url, get, lines } = await start(
      "30s",
      async ({ services }, run) => ({ run, slow: await services.orders.slow() }),
      {
        service: (_, res) => {
          called.push(res);
          res.on("close", () => {
            if (!res.writableFinished) aborted.happen();
          });
        },
      },
    );
    const leaving = (target: string): ClientRequest => {
      const leaver = request(url + target).on("error", () => {});
      leaver.end();
      return leaver;
    };
    const first = leaving("/page/1");
    await vi.waitFor(() => expect(called).toHaveLength(1));
    const second = get();
    await vi.waitFor(async () =>
      // This one counts as well.
      expect(await (await fetch(`${url}/metrics`)).text()).toContain("requests_in_flight 3"),
    );
    first.destroy();
    await vi.waitFor(() => expect(lines.filter(({ gone }) => gone)).toHaveLength(1));
    called[0]?.writeHead(200, { "content-type": "application/json" }).end("{}");
    expect((await second).text).toBe('{"run":1,"slow":{}}');
    const last = leaving("/page/2");
    await vi.waitFor(() => expect(called).toHaveLength(2));
    last.destroy();
    await aborted.happened;
  });
});

describe("a hit", () => {
  it("is a whole message in one piece", async () => {
    const { port, get } = await start("30s", () => ({ a: 1 }));
    await get();
    const text = await rawRequest(port, "GET /page/1 HTTP/1.1\nHost: a");
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(text).toMatch(/\r\ncontent-length: 7\r\n/i);
    expect(text.endsWith('\r\n\r\n{"a":1}')).toBe(true);
  });
});

describe("frontends that have the same path on hosts of their own", () => {
  it("have answers of their own", async () => {
    const cache: RouteCachePolicy = { ttl: "1m", public: "the same for all of a shop" };
    const routes = ["one", "two"].map((shop) =>
      composed(
        shop,
        `${shop}.ts`,
        compose.get("/me", { cache }, () => ({ shop })),
      ),
    );
    const frontends = { one: { hosts: ["one.test"] }, two: { hosts: ["two.test"] } };
    const { port } = await startGateway({ routes, frontends });
    for (const shop of ["one", "two", "one", "two"]) {
      const text = await rawRequest(port, `GET /me HTTP/1.1\nHost: ${shop}.test`);
      expect(text.endsWith(`\r\n\r\n{"shop":"${shop}"}`)).toBe(true);
    }
  });
});
