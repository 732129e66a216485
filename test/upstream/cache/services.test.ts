/** The cache in its place among the layers, in front of a real service. */
import { describe, expect, it, onTestFinished } from "vitest";
import { createMemoryAnswerStore } from "../../../src/stores/answer-store.ts";
import type { ServiceSettings } from "../../../src/upstream/settings.ts";
import {
  type Connected,
  connect,
  createContext,
  jsonPlan,
  type Recorded,
  startRecorder,
} from "../support.ts";
import { START } from "./support.ts";

interface Shop extends Connected {
  readonly requests: Recorded[];
  pass(ms: number): void;
}

type Respond = NonNullable<Parameters<typeof startRecorder>[0]>;

async function start(respond: Respond, more: Partial<ServiceSettings> = {}): Promise<Shop> {
  const { url, requests } = await startRecorder(respond);
  const maxBytes = 1_000_000;
  const answers = createMemoryAnswerStore({ maxBytes });
  onTestFinished(() => answers.close());
  let nowMs = START;
  const store = { answers, maxBytes };
  const connected = connect(url, jsonPlan(), more, { store, now: () => nowMs });
  const pass = (ms: number): void => {
    nowMs += ms;
  };
  return { ...connected, requests, pass };
}

/** The date of the tests' clock: answers of this moment have no age. */
const date = new Date(START).toUTCString();

const json = (response: Parameters<Respond>[1], body: unknown, headers: object): void => {
  response
    .writeHead(200, { "content-type": "application/json", date, ...headers })
    .end(JSON.stringify(body));
};

describe("a composer's call", () => {
  it("is answered from the cache, for the caller whose credentials went on", async () => {
    const shop = await start(
      ({ headers }, response) =>
        json(response, { for: headers.authorization }, { "cache-control": "max-age=60" }),
      { forward: ["authorization"] },
    );
    const ask = (authorization: string): Promise<unknown> =>
      shop.operation(createContext({ headers: { authorization } }))();
    for (let round = 0; round < 2; round++) {
      expect(await ask("ada")).toEqual({ for: "ada" });
      expect(await ask("bob")).toEqual({ for: "bob" });
    }
    expect(shop.requests.length).toBe(2);
    expect(shop.events.map(({ outcome }) => outcome)).toEqual([
      "answered",
      "answered",
      "cache",
      "cache",
    ]);
  });

  it("is made again when it says so", async () => {
    const shop = await start((_, response) => json(response, 1, { "cache-control": "max-age=60" }));
    await shop.operation(createContext())();
    await shop.operation(createContext())(undefined, { cache: false });
    await shop.operation(createContext())();
    expect(shop.requests.length).toBe(2);
  });

  it("costs a 304 when what is kept has become stale", async () => {
    const shop = await start(({ headers }, response) => {
      const fields = { "cache-control": "max-age=10", etag: '"1"' };
      if (headers["if-none-match"] === '"1"') response.writeHead(304, fields).end();
      else json(response, { stock: 3 }, fields);
    });
    await shop.operation(createContext())();
    shop.pass(10_000);
    expect(await shop.operation(createContext())()).toEqual({ stock: 3 });
    shop.pass(9_000);
    expect(await shop.operation(createContext())()).toEqual({ stock: 3 });
    expect(shop.requests.map(({ headers }) => headers["if-none-match"])).toEqual([
      undefined,
      '"1"',
    ]);
  });

  it("shares a stale stand-in with nobody: each caller's answer is marked", async () => {
    let isUp = true;
    const shop = await start(
      (_, response) => {
        if (isUp)
          json(response, { stock: 3 }, { "cache-control": "max-age=10, stale-if-error=60" });
        else response.writeHead(503).end();
      },
      { retry: undefined },
    );
    await shop.operation(createContext())();
    shop.pass(10_000);
    isUp = false;
    const contexts = [createContext({ part: "/a" }), createContext({ part: "/b" })];
    const values = await Promise.all(contexts.map((context) => shop.operation(context)()));
    expect(values).toEqual([{ stock: 3 }, { stock: 3 }]);
    expect(contexts.map(({ degradations }) => degradations.map(({ part }) => part))).toEqual([
      ["/a"],
      ["/b"],
    ]);
  });
});

describe("a call that nobody waits for", () => {
  it("does not keep the services from closing", async () => {
    const shop = await start(({ headers: _ }, response) => {
      if (shop.requests.length === 1) {
        json(response, 1, { "cache-control": "max-age=10, stale-while-revalidate=60" });
      }
    });
    await shop.operation(createContext())();
    shop.pass(10_000);
    expect(await shop.operation(createContext())()).toBe(1);
    await expect.poll(() => shop.requests.length).toBe(2);
    await shop.services.close();
    expect(shop.requests.length).toBe(2);
  });
});
