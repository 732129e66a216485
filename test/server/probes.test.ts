import { composed, createGateway } from "heddle";
import { describe, expect, it } from "vitest";
import { compose, recordingLog, signal, startGateway, startServer } from "./support.ts";

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

  it("say that a stopping gateway is not ready, while it finishes what is in flight", async () => {
    const arrived = signal();
    const finish = signal();
    const slow = compose.get("/web/slow", async () => {
      arrived.happen();
      await finish.happened;
      return "done";
    });
    const gateway = createGateway(
      { services: {}, server: { grace: "5m", deadline: "5m" } },
      { services: [], routes: [composed("web", "composers/web/slow.ts", slow)] },
      { env: {}, log: recordingLog() },
    );
    // A server of somebody else, which takes connections as long as it likes.
    const { url } = await startServer(gateway.callback());
    const answer = fetch(`${url}/web/slow`);
    await arrived.happened;
    const closed = gateway.close();
    const ready = await fetch(`${url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([503, { status: "stopping" }]);
    expect(ready.headers.get("connection")).toBe("close");
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    finish.happen();
    expect(await (await answer).json()).toBe("done");
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
