import { composed } from "heddle";
import { describe, expect, it } from "vitest";
import { compose, rawConnection, signal, startGateway } from "./support.ts";

const all = compose.get("/{x}", ({ path }) => path);
const routes = [composed("web", "composers/web/all.ts", all)];

describe("the gateway's own pages", () => {
  it("say that the process is up and takes requests, before any route", async () => {
    const { url } = await startGateway({ routes });
    const health = await fetch(`${url}/healthz`);
    expect([health.status, await health.json(), health.headers.get("cache-control")]).toEqual([
      200,
      { status: "up" },
      "no-store",
    ]);
    const ready = await fetch(`${url}/readyz?x=1`);
    expect([ready.status, await ready.json()]).toEqual([200, { status: "ready" }]);
  });

  it("answer HEAD, and leave other methods to the routes", async () => {
    const { url } = await startGateway({ routes });
    expect((await fetch(`${url}/healthz`, { method: "HEAD" })).status).toBe(200);
    expect((await fetch(`${url}/healthz`, { method: "DELETE" })).status).toBe(405);
    expect((await fetch(`${url}/healthz/`)).status).toBe(404);
  });

  it("say that a stopping gateway is not ready, to who is still connected", async () => {
    const arrived = signal();
    const finish = signal();
    const slow = compose.get("/web/slow", async () => {
      arrived.happen();
      await finish.happened;
      return {};
    });
    const { port, gateway } = await startGateway({
      routes: [composed("web", "composers/web/slow.ts", slow)],
    });
    const connection = await rawConnection(port);
    connection.write(
      "GET /web/slow HTTP/1.1\r\nHost: g\r\n\r\nGET /readyz HTTP/1.1\r\nHost: g\r\n\r\n",
    );
    await arrived.happened;
    const probe = await rawConnection(port);
    probe.write("GET /readyz HTTP/1.1\r\n");
    const closed = gateway.close();
    probe.write("Host: g\r\n\r\n");
    const text = await probe.closed();
    expect(text).toMatch(/^HTTP\/1\.1 503 /);
    expect(text).toContain('{"status":"stopping"}');
    finish.happen();
    await closed;
  });

  it("show what was measured, route by route", async () => {
    const { url } = await startGateway({ routes });
    await (await fetch(`${url}/a`)).text();
    await (await fetch(`${url}/b`)).text();
    await (await fetch(`${url}/a/b/c`)).text();
    const answer = await fetch(`${url}/metrics`);
    expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    const text = await answer.text();
    expect(text).toContain(
      'http_server_request_duration_seconds_count{method="GET",route="/{x}",status="200"} 2',
    );
    expect(text).toContain(
      'http_server_request_duration_seconds_count{method="GET",route="none",status="404"} 1',
    );
    expect(text).toMatch(/^http_server_requests_in_flight 1$/m);
    expect(text).toMatch(/^process_cpu_user_seconds_total /m);
  });
});
