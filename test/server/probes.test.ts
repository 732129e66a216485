import { composed, createGateway } from "heddle";
import { describe, expect, it } from "vitest";
import { compose, rawRequest, recordingLog, signal, startGateway, startServer } from "./support.ts";

const all = compose.get("/{x}", ({ path }) => path);
const remove = compose.delete("/{x}", ({ path }) => path);
const routes = [
  composed("web", "composers/web/all.ts", all),
  composed("web", "composers/web/remove.ts", remove),
];

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

  it.each(["/healthz", "/readyz", "/metrics"])(
    "answer GET and HEAD at %s, and say so to whoever asks otherwise, whatever the routes are",
    async (path) => {
      const { url } = await startGateway({ routes });
      expect((await fetch(url + path, { method: "HEAD" })).status).toBe(200);
      for (const method of ["POST", "PUT", "PATCH", "DELETE", "PROPFIND"]) {
        const answer = await fetch(url + path, { method });
        expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
        expect(await answer.json()).toMatchObject({
          type: "urn:heddle:problem:method-not-allowed",
          detail: "use GET, HEAD, OPTIONS",
        });
      }
      const options = await fetch(url + path, { method: "OPTIONS" });
      expect([options.status, options.headers.get("allow"), await options.text()]).toEqual([
        204,
        "GET, HEAD, OPTIONS",
        "",
      ]);
      expect((await fetch(`${url}${path}/`)).status).toBe(404);
    },
  );

  it("are refused like all else to a request that is malformed", async () => {
    const { port } = await startGateway({ routes });
    expect(await rawRequest(port, "GET /healthz HTTP/1.1\nHost: a\nHost: b")).toMatch(
      /^HTTP\/1\.1 400 /,
    );
    expect(await rawRequest(port, "GET /healthz HTTP/1.0")).toMatch(/^HTTP\/1\.1 200 /);
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
