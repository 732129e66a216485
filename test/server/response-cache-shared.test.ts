/** Composed answers that several processes share through Redis: kept once, made once, invalidated everywhere. */
import { composed, type RawHeader } from "heddle";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { noSharedRedis, type SharedRedis, shareRedis, withRedis } from "../support/redis-server.ts";
import { compose, type Running, signal, startGateway } from "./support.ts";

const TOKEN = "a-token-that-is-long-enough-for-anybody";

describe.skipIf(noSharedRedis !== undefined)(withRedis("two gateways", noSharedRedis), () => {
  let redis: SharedRedis;
  beforeAll(async () => {
    redis = await shareRedis();
  });
  afterAll(() => redis.close());

  /** Two with the same routes, both connected. */
  async function startTwo(
    answer: (id: string, header: RawHeader) => unknown,
  ): Promise<readonly [Running, Running]> {
    const page = compose.get(
      "/page/{id}",
      { cache: { ttl: "1m", tags: ["pages", "page:{id}"] } },
      ({ path, header }) => answer(path.id, header) as object,
    );
    const start = async (): Promise<Running> => {
      const running = await startGateway({
        routes: [composed("web", "page.ts", page)],
        env: { REDIS_URL: redis.url },
        server: { admin: { token: TOKEN } },
      });
      await vi.waitFor(async () =>
        expect(await (await fetch(`${running.url}/readyz`)).text()).toContain('"redis":"up"'),
      );
      return running;
    };
    return Promise.all([start(), start()]);
  }

  const ask = async (
    { url }: Running,
    id: string,
    headers: Record<string, string> = {},
  ): Promise<[text: string, status: string]> => {
    const answer = await fetch(`${url}/page/${id}`, { headers });
    return [await answer.text(), answer.headers.get("cache-status") ?? ""];
  };

  /** Unique: the server may be one that others use. */
  const unique = (): string => crypto.randomUUID();

  it("answer with what the other has kept", async () => {
    let runs = 0;
    const [one, two] = await startTwo(() => ({ run: ++runs }));
    const id = unique();
    expect(await ask(one, id)).toEqual(['{"run":1}', "heddle; fwd=miss; stored"]);
    await vi.waitFor(async () => {
      const [text, status] = await ask(two, id);
      expect(text).toBe('{"run":1}');
      expect(status).toMatch(/^heddle; hit/);
    });
  });

  it("make an answer once, however many ask both of them at the same time", async () => {
    let runs = 0;
    const go = signal();
    const [one, two] = await startTwo(async () => {
      runs += 1;
      const run = runs;
      await go.happened;
      return { run };
    });
    const id = unique();
    const asked = Array.from({ length: 6 }, (_, index) => ask(index % 2 === 0 ? one : two, id));
    await vi.waitFor(() => expect(runs).toBe(1));
    go.happen();
    const answers = await Promise.all(asked);
    expect(new Set(answers.map(([text]) => text))).toEqual(new Set(['{"run":1}']));
    expect(runs).toBe(1);
  });

  it("wait for each other, and still give everybody the answer for the fields that they send", async () => {
    let runs = 0;
    const go = signal();
    const [one, two] = await startTwo(async (_, header) => {
      runs += 1;
      await go.happened;
      return { who: header["x-who"] };
    });
    const id = unique();
    const first = ask(one, id, { "x-who": "ada" });
    await vi.waitFor(() => expect(runs).toBe(1));
    const others = ["ada", "bob", "ada", "cy"].map((who) => ask(two, id, { "x-who": who }));
    await vi.waitFor(async () =>
      // This one counts as well.
      expect(await (await fetch(`${two.url}/metrics`)).text()).toContain("requests_in_flight 5"),
    );
    go.happen();
    const answers = await Promise.all([first, ...others]);
    const names = answers.map(([text]) => JSON.parse(text).who);
    expect(names).toEqual(["ada", "ada", "bob", "ada", "cy"]);
    expect(runs).toBe(3);
  });

  it("forget what is invalidated by a tag, the one with the value of a path parameter too", async () => {
    let runs = 0;
    const [one, two] = await startTwo((id) => ({ id, run: ++runs }));
    const [first, second] = [unique(), unique()];
    await ask(one, first);
    await ask(one, second);
    const answer = await fetch(`${one.url}/admin/invalidate?tag=page:${first}`, {
      method: "POST",
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    expect(answer.status).toBe(200);
    expect((await ask(one, first))[0]).toContain('"run":3');
    expect((await ask(one, second))[0]).toContain('"run":2');
    await vi.waitFor(async () => expect((await ask(two, first))[0]).toContain('"run":3'));
  });
});
