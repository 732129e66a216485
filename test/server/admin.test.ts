/** The pages for whoever runs the gateway. */
import { composed } from "heddle";
import { describe, expect, it } from "vitest";
import { compose, startGateway } from "./support.ts";

const TOKEN = "0123456789abcdef";
const routes = [
  composed(
    "web",
    "composers/web/page.ts",
    compose.get("/web/page", async ({ services }) => services.orders.slow()),
  ),
];
const bearer = (token: string): RequestInit => ({ headers: { authorization: `Bearer ${token}` } });

describe("the admin pages", () => {
  it("are nowhere without configuration", async () => {
    const { url } = await startGateway({ routes });
    expect((await fetch(`${url}/admin/state`, bearer(TOKEN))).status).toBe(404);
  });

  it.each([
    ["no token", {}],
    ["another token", bearer("0123456789abcdeF")],
    ["a longer token", bearer(`${TOKEN}0`)],
    ["another scheme", { headers: { authorization: `Basic ${TOKEN}` } }],
  ])("are closed to %s, whatever is asked for", async (_what, init) => {
    const { url } = await startGateway({ routes, server: { admin: { token: TOKEN } } });
    for (const path of ["/admin", "/admin/state", "/admin/nothing"]) {
      const answer = await fetch(url + path, init);
      expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([
        401,
        'Bearer realm="admin"',
      ]);
      expect(await answer.json()).toMatchObject({ type: "urn:heddle:problem:unauthorized" });
    }
  });

  it("tell the state of every service's parts", async () => {
    const { url } = await startGateway({
      routes,
      server: { admin: { path: "/ops", token: TOKEN } },
    });
    await (await fetch(`${url}/web/page`)).text();
    const answer = await fetch(`${url}/ops/state`, bearer(TOKEN));
    expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "no-store"]);
    expect(await answer.json()).toMatchObject({
      phase: "ready",
      inFlight: 1,
      services: { orders: { bulkhead: { active: 0, waiting: 0 } } },
    });
  });

  it("leave no room for routes at their place", async () => {
    await expect(
      startGateway({ routes, server: { admin: { path: "/web", token: TOKEN } } }),
    ).rejects.toThrow(/GET \/web\/page.* is a page of the gateway's own/s);
  });

  it("say what they take", async () => {
    const { url } = await startGateway({ routes, server: { admin: { token: TOKEN } } });
    const call = (path: string, method: string): Promise<Response> =>
      fetch(url + path, { ...bearer(TOKEN), method });
    const wrong = await call("/admin/invalidate", "GET");
    expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "POST"]);
    expect((await call("/admin/nothing", "GET")).status).toBe(404);
    expect((await call("/admin/invalidate", "POST")).status).toBe(400);
    const told = await call("/admin/invalidate?tag=products&tag=prices", "POST");
    expect(await told.json()).toEqual({ invalidated: ["products", "prices"] });
  });
});
