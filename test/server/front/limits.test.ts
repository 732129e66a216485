import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { composed, createGateway } from "heddle";
import { describe, expect, it } from "vitest";
import { readCertificates } from "../../../src/server/front/certificates.ts";
import { eventually } from "../../support/eventually.ts";
import {
  atEnd,
  compose,
  rawConnection,
  rawRequest,
  recordingLog,
  requests,
  signal,
  startGateway,
} from "../support.ts";
import { http2Client, KEY_FILE, TLS, tlsConnection } from "./support.ts";

const arrived = { now: signal() };
const wait = compose.get("/web/wait", async ({ services }) => {
  arrived.now.happen();
  return services.orders.slow();
});
const ping = compose.get("/web/ping", () => "pong");
const routes = [wait, ping].map((composer, index) =>
  composed("web", `composers/web/c${index}.ts`, composer),
);

describe("a limit", () => {
  it("on header fields is told with 431, and none is dropped unseen", async () => {
    const { port } = await startGateway({ routes, server: { limits: { headerFields: 5 } } });
    const fields = (count: number): string =>
      Array.from({ length: count }, (_, index) => `X-${index}: 1`).join("\n");
    // Host and Connection are two of them.
    expect(await rawRequest(port, `GET /web/ping HTTP/1.1\nHost: g\n${fields(3)}`)).toMatch(
      /^HTTP\/1\.1 200 /,
    );
    const answer = await rawRequest(
      port,
      `GET /web/ping HTTP/1.1\nHost: g\n${"A: 1\n".repeat(2_200)}`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 431 [\s\S]*connection: close/i);
    expect(answer).toContain("more than 5 header fields");
  });

  it("on connections tells 503 above it, except to probes, and lets in more when some have gone", async () => {
    const { port, url } = await startGateway({ routes, server: { limits: { connections: 2 } } });
    const held = [await rawConnection(port), await rawConnection(port)];
    for (const { write, until } of held) {
      write("GET /web/ping HTTP/1.1\r\nHost: g\r\n\r\n");
      await until(/"pong"/);
    }
    const answer = await rawRequest(port, "GET /web/ping HTTP/1.1\nHost: g");
    expect(answer).toMatch(/^HTTP\/1\.1 503 [\s\S]*retry-after: 1/i);
    expect(answer).toContain("urn:heddle:problem:overloaded");
    expect(await rawRequest(port, "GET /healthz HTTP/1.1\nHost: g")).toMatch(/^HTTP\/1\.1 200 /);
    // One that asks for nothing does not keep its place.
    const silent = await rawConnection(port);
    expect(await silent.closed()).toBe("");
    for (const { socket } of held) socket.destroy();
    await eventually(async () => expect((await fetch(`${url}/web/ping`)).status).toBe(200));
  });

  it("on requests under way refuses the rest at once, and tells the log once", async () => {
    arrived.now = signal();
    const { url, lines } = await startGateway({
      routes,
      server: { maxInFlight: 1 },
      service: () => {},
    });
    const leaving = new AbortController();
    const first = fetch(`${url}/web/wait`, { signal: leaving.signal }).catch(() => undefined);
    await arrived.now.happened;
    for (let count = 0; count < 3; count += 1) {
      const answer = await fetch(`${url}/web/ping`);
      expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "1"]);
      expect(await answer.json()).toMatchObject({ type: "urn:heddle:problem:overloaded" });
    }
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain('heddle_shed_requests_total{reason="in-flight"} 3');
    expect(lines.filter(({ level }) => level === "warn")).toMatchObject([{ reason: "in-flight" }]);
    leaving.abort();
    await first;
    await eventually(async () => expect((await fetch(`${url}/web/ping`)).status).toBe(200));
    expect(requests(lines).map(({ status }) => status)).not.toContain(503);
  });
});

describe("TLS", () => {
  it("is refused below its least version", async () => {
    const { port } = await startGateway({
      routes,
      server: { tls: { ...TLS, minVersion: "TLSv1.3" } },
    });
    const socket = await tlsConnection(port);
    expect(socket.getProtocol()).toBe("TLSv1.3");
  });

  it("lets in nobody without a certificate where an authority is configured", async () => {
    const { url } = await startGateway({ routes, server: { tls: { ...TLS, ca: TLS.cert } } });
    expect((await http2Client(url).ask("/web/ping")).status).toBeUndefined();
  });

  it("takes PEM from the environment, and its files anew when asked", async () => {
    const folder = mkdtempSync(join(tmpdir(), "heddle-tls-"));
    atEnd(() => rmSync(folder, { recursive: true }));
    const settings = {
      key: join(folder, "key.pem"),
      cert: join(folder, "cert.pem"),
      ca: undefined,
      minVersion: "TLSv1.2",
    } as const;
    copyFileSync(TLS.key, settings.key);
    expect(() => readCertificates(settings)).toThrow(/server\.tls\.cert cannot be read \(ENOENT\)/);
    copyFileSync(TLS.cert, settings.cert);
    expect(readCertificates(settings).cert).toContain("-----BEGIN CERTIFICATE-----");
    copyFileSync(TLS.key, settings.cert);
    expect(() => readCertificates(settings)).toThrow(/cannot be used/);
  });

  it("that cannot be spoken keeps the gateway from being made, and no secret is told", () => {
    const create = (tls: object) =>
      createGateway(
        { services: {}, server: { tls: tls as typeof TLS } },
        { services: [], routes: [] },
        { env: {}, log: recordingLog() },
      );
    const half = "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n";
    expect(() => create({ key: half, cert: TLS.cert })).toThrow(/is PEM without its end/);
    expect(() => create({ key: half, cert: TLS.cert })).not.toThrow(/c2VjcmV0/);
    expect(() => create({ key: KEY_FILE, cert: KEY_FILE })).toThrow(/server\.tls has a key/);
    expect(() => create({ key: "/nowhere/key.pem", cert: TLS.cert })).toThrow(/ENOENT/);
  });
});
