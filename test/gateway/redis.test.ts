/** Gateways with a Redis: they share what they keep, and go on without it. */
import { composed } from "heddle";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { compose, startGateway } from "../server/support.ts";
import { eventually } from "../support/eventually.ts";
import { noRedis, type RedisServer, startRedis, withRedis } from "../support/redis-server.ts";

const TOKEN = "a-token-of-the-admin";
let runs = 0;
const page = compose.get(
  "/web/page",
  { cache: { ttl: "1h", public: true, tags: ["pages"] } },
  () => {
    runs += 1;
    return { run: runs };
  },
);
const routes = [composed("web", "composers/web/page.ts", page)];

const start = async (redisUrl: string) => {
  const gateway = await startGateway({
    routes,
    env: { REDIS_URL: redisUrl },
    server: { admin: { token: TOKEN } },
  });
  const json = async (path: string): Promise<unknown> => (await fetch(gateway.url + path)).json();
  const ready = async (): Promise<unknown> => {
    const answer = await fetch(`${gateway.url}/readyz`);
    return { code: answer.status, ...((await answer.json()) as object) };
  };
  return { ...gateway, json, ready };
};

describe.skipIf(noRedis)(withRedis("gateways with a Redis"), () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.close());
  beforeEach(async () => {
    runs = 0;
    await redis.send("FLUSHALL");
  });

  it("give out what another has kept, until it is invalidated at either", async () => {
    const one = await start(redis.url);
    const other = await start(redis.url);
    const up = { code: 200, status: "ready", redis: "up" };
    await eventually(async () =>
      expect([await one.ready(), await other.ready()]).toEqual([up, up]),
    );
    expect(await one.json("/web/page")).toEqual({ run: 1 });
    // Written behind the first caller's back.
    await eventually(async () => expect(await redis.send("DBSIZE")).not.toBe(0));
    expect(await other.json("/web/page")).toEqual({ run: 1 });
    expect(runs).toBe(1);
    await fetch(`${other.url}/admin/invalidate?tag=pages`, {
      method: "POST",
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    await eventually(async () => expect(await one.json("/web/page")).toEqual({ run: 2 }));
  });

  it("start without it, say so, answer, and use it when it comes", async () => {
    const late = await startRedis();
    await late.kill();
    const { url, json, ready, lines } = await start(late.url);
    const warnings = (): unknown[] => lines.filter(({ redis: state }) => state !== undefined);
    await eventually(() => expect(warnings()).toHaveLength(1));
    expect(await ready()).toEqual({ code: 200, status: "ready", redis: "down" });
    expect([await json("/web/page"), await json("/web/page")]).toEqual([{ run: 1 }, { run: 1 }]);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    await late.restart();
    await eventually(async () =>
      expect(await ready()).toEqual({ code: 200, status: "ready", redis: "up" }),
    );
    expect(await json("/web/page")).toEqual({ run: 1 });
    expect(warnings().slice(0, 2)).toMatchObject([
      { level: "warn", redis: "down" },
      { level: "info", redis: "up" },
    ]);
    await late.close();
  });

  it("leave no connection behind when they are closed", async () => {
    const clients = async (): Promise<number> =>
      String(await redis.send("CLIENT", "LIST"))
        .trim()
        .split("\n").length;
    const before = await clients();
    const { gateway, ready } = await start(redis.url);
    await eventually(async () => expect(await ready()).toMatchObject({ redis: "up" }));
    expect(await clients()).toBe(before + 2);
    await gateway.close();
    await eventually(async () => expect(await clients()).toBe(before));
  });
});
