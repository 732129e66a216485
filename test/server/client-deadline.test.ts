/** Callers may ask for a shorter deadline, where configuration names a field for it. */
import { composed, proxied } from "heddle";
import { describe, expect, it } from "vitest";
import { compose, operations, type Running, startGateway } from "./support.ts";

const page = compose.get("/web/page", { deadline: "10s" }, ({ services }) =>
  services.orders.slow(),
);
const routes = [
  composed("web", "composers/web/page.ts", page),
  proxied("orders", operations.slow, "/orders"),
];

/** A gateway, and the milliseconds that its service is told. */
async function start(clientDeadline?: string): Promise<Running & { readonly told: number[] }> {
  const told: number[] = [];
  const running = await startGateway({
    routes,
    server: { deadline: "20s", ...(clientDeadline === undefined ? {} : { clientDeadline }) },
    service(req, res) {
      told.push(Number(req.headers["x-deadline-ms"]));
      res.writeHead(200, { "content-type": "application/json" }).end("{}");
    },
  });
  return { ...running, told };
}

const ask = (value: string): RequestInit => ({ headers: { "X-Timeout-Ms": value } });

describe("a deadline that a caller asks for", () => {
  it.each(["/web/page", "/orders/slow"])("is kept where it is shorter: %s", async (path) => {
    const { url, told } = await start("X-Timeout-Ms");
    expect((await fetch(url + path, ask("3000"))).status).toBe(200);
    expect(told[0]).toBeGreaterThan(1_000);
    expect(told[0]).toBeLessThanOrEqual(3_000);
  });

  it("is never longer than the route's", async () => {
    const { url, told } = await start("x-timeout-ms");
    for (const value of ["60000", "999999999999999"]) {
      expect((await fetch(`${url}/web/page`, ask(value))).status).toBe(200);
    }
    expect(told.length).toBe(2);
    for (const leftMs of told) {
      expect(leftMs).toBeGreaterThan(5_000);
      expect(leftMs).toBeLessThanOrEqual(10_000);
    }
  });

  it("ends the request", async () => {
    const { url } = await startGateway({
      routes,
      server: { clientDeadline: "x-timeout-ms" },
      service: () => undefined,
    });
    const startedMs = performance.now();
    const answer = await fetch(`${url}/web/page`, ask("60"));
    expect(answer.status).toBe(504);
    expect(await answer.json()).toMatchObject({
      type: expect.stringMatching(/deadline-exceeded$/),
    });
    expect(performance.now() - startedMs).toBeLessThan(5_000);
  });

  it("is a mistake where it is no number of milliseconds", async () => {
    const { url, told } = await start("x-timeout-ms");
    for (const value of ["0", "-5", "1.5", "5s", "1e3", "", "0x10", "9".repeat(16), "5, 6"]) {
      const answer = await fetch(`${url}/web/page`, ask(value));
      expect([value, answer.status]).toEqual([value, 400]);
      expect(await answer.json()).toMatchObject({
        detail: "x-timeout-ms takes a whole number of milliseconds above zero, such as 800",
      });
    }
    expect(told).toEqual([]);
  });

  it("counts for nothing where configuration names no field", async () => {
    const { url, told } = await start();
    expect((await fetch(`${url}/web/page`, ask("nonsense"))).status).toBe(200);
    expect(told[0]).toBeGreaterThan(5_000);
  });
});
