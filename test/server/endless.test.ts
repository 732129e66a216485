/** Relayed answers that have no end of their own: event streams, and NDJSON where the document says so. */
import type { ServerResponse } from "node:http";
import { proxied } from "heddle";
import { describe, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import {
  faults,
  operations,
  plan,
  type RawConnection,
  type Running,
  rawConnection,
  requests,
  type Setup,
  signal,
  startGateway,
} from "./support.ts";

const lines = plan("lines", "GET", "/lines", {
  answers: { "200": { "application/x-ndjson": "ndjson" } },
});
const silent = plan("silent", "GET", "/silent");
const routes = [operations.slow, lines, silent].map((one) => proxied("orders", one, "/"));

/** Resolves when a request that began later than all others has met its deadline. */
async function deadlineOfAnother(url: string): Promise<void> {
  expect((await fetch(`${url}/silent`)).status).toBe(504);
}

interface Streaming extends Running {
  readonly client: RawConnection;
  readonly answer: ServerResponse;
  readonly sent: Readonly<Record<string, unknown>>;
}

/** A client that has the head of a stream, and the service's hand on it. */
async function startStream(
  setup: Partial<Setup> = {},
  { type = "text/event-stream", path = "/slow", fields = "", coding = "" } = {},
): Promise<Streaming> {
  let answer: ServerResponse | undefined;
  let sent = {};
  const running = await startGateway({
    routes,
    service(req, res) {
      if (req.url === "/silent") return;
      sent = req.headers;
      answer = res;
      res.writeHead(200, {
        "content-type": type,
        ...(coding === "" ? {} : { "content-encoding": coding }),
      });
      res.flushHeaders();
    },
    ...setup,
  });
  const client = await rawConnection(running.port);
  client.write(`GET ${path} HTTP/1.1\r\nHost: g\r\n${fields}\r\n`);
  await client.until(/\r\n\r\n/);
  if (answer === undefined) throw new Error("the service was not asked");
  return { ...running, client, answer, sent };
}

/** The end of a chunked body (RFC 9112 §7.1). */
const WHOLE = /\r\n0\r\n\r\n$/;

describe("a relayed event stream", () => {
  it("has its head before its first event, and every event when it comes", async () => {
    const { client, answer } = await startStream();
    expect(client.text()).toMatch(/^HTTP\/1.1 200 .*content-type: text\/event-stream/is);
    answer.write("data: 1\n\n");
    await client.until(/data: 1\n\n/);
    answer.write("data: 2\n\n");
    await client.until(/data: 2\n\n/);
    answer.end();
    expect(await client.until(WHOLE)).toMatch(WHOLE);
  });

  it("is not ended by the deadline of its request once its head has come", async () => {
    const { client, answer, url, lines } = await startStream({ server: { deadline: "40ms" } });
    await deadlineOfAnother(url);
    answer.end("data: late\n\n");
    await client.until(WHOLE);
    expect(client.text()).toContain("data: late");
    await eventually(() => expect(requests(lines)).toHaveLength(2));
    expect(requests(lines)[1]).toMatchObject({ status: 200, route: "/slow", bytes: 12 });
    expect(faults(lines)).toMatchObject([{ code: "deadline-exceeded", operation: "silent" }]);
  });

  it("whose head does not come in time is a problem, as of any answer", async () => {
    const { url } = await startGateway({ routes, server: { deadline: "40ms" }, service: () => {} });
    expect((await fetch(`${url}/slow`)).status).toBe(504);
  });

  it("takes Last-Event-ID to the service", async () => {
    const { sent } = await startStream({}, { fields: "Last-Event-ID: 41\r\n" });
    expect(sent).toMatchObject({ "last-event-id": "41" });
  });

  it("ends the service's request when the client leaves", async () => {
    const { client, answer, lines } = await startStream();
    const closed = signal();
    answer.on("close", closed.happen);
    client.socket.destroy();
    await closed.happened;
    await eventually(() => expect(requests(lines)).toMatchObject([{ status: 499, gone: true }]));
    expect(faults(lines)).toEqual([]);
  });

  it("breaks off when the service does", async () => {
    const { client, answer, lines } = await startStream();
    answer.write("data: 1\n\n");
    await client.until(/data: 1\n\n/);
    answer.destroy();
    expect(await client.closed()).not.toMatch(WHOLE);
    await eventually(() => expect(requests(lines)).toMatchObject([{ broken: true }]));
  });

  it("is no faster than its client reads", async () => {
    const { client, answer } = await startStream();
    client.socket.pause();
    const event = `data: ${"x".repeat(65_536)}\n\n`;
    let isHeld = false;
    for (let written = 0; !isHeld && written < 200_000_000; written += event.length) {
      if (answer.write(event)) continue;
      isHeld = await Promise.race([
        new Promise<boolean>((resolve) => answer.once("drain", () => resolve(false))),
        new Promise<boolean>((resolve) => setTimeout(resolve, 300, true)),
      ]);
    }
    expect(isHeld).toBe(true);
    client.socket.resume();
    answer.end("data: last\n\n");
    await client.until(WHOLE);
    expect(client.text()).toContain("data: last");
  });

  it("ends whole when it has been silent for too long between two events", async () => {
    const { client, answer, lines } = await startStream({ server: { streams: { idle: "50ms" } } });
    const closed = signal();
    answer.on("close", closed.happen);
    answer.write("data: 1\n\n");
    expect(await client.until(WHOLE)).toContain("data: 1");
    await closed.happened;
    await eventually(() => expect(requests(lines)).toMatchObject([{ status: 200 }]));
  });

  it("breaks off when it falls silent within an event", async () => {
    const { client, answer } = await startStream({ server: { streams: { idle: "50ms" } } });
    answer.write("data: 1\n");
    expect(await client.closed()).not.toMatch(WHOLE);
  });

  it("ends behind its event when it has lasted for its limit", async () => {
    const { client, answer } = await startStream({ server: { streams: { max: "40ms" } } });
    answer.write("data: 1\n");
    await client.until(/data: 1/);
    await eventually(() => {
      answer.write("data: 3\ndata: 4\n\ndata: 5\n");
      expect(client.text()).toMatch(WHOLE);
    });
    // Chunked: what stands before the last chunk is the end of an event.
    expect(client.text()).toMatch(/data: 4\n\n\r\n0\r\n\r\n$/);
  });
});

describe("a relayed stream of lines", () => {
  const type = "application/x-ndjson";

  it("has no deadline where the document says that it is one", async () => {
    const { client, answer, url } = await startStream(
      { server: { deadline: "40ms" } },
      { type, path: "/lines" },
    );
    await deadlineOfAnother(url);
    answer.end('{"a":1}\n');
    expect(await client.until(WHOLE)).toContain('{"a":1}');
  });

  it("is an answer like any other where the document does not", async () => {
    const { url, lines } = await startGateway({
      routes,
      server: { deadline: "40ms" },
      service: (_req, res) => void res.writeHead(200, { "content-type": type }).write('{"a":1}\n'),
    });
    const answer = await fetch(`${url}/slow`);
    await expect(answer.text()).rejects.toThrow();
    await eventually(() => expect(requests(lines)).toMatchObject([{ broken: true }]));
  });
});

describe("a gateway that stops", () => {
  it("ends a stream at once between two events, so that its client comes again", async () => {
    const { client, answer, gateway, lines } = await startStream();
    const closed = signal();
    answer.on("close", closed.happen);
    answer.write("data: 1\n\n");
    await client.until(/data: 1\n\n/);
    await gateway.close();
    expect(await client.closed()).toMatch(WHOLE);
    await closed.happened;
    expect(requests(lines)).toMatchObject([{ status: 200, gone: undefined, broken: undefined }]);
  });

  it("lets the event that is under way end first", async () => {
    const { client, answer, gateway } = await startStream();
    answer.write("data: 1\n");
    await client.until(/data: 1/);
    const closed = gateway.close();
    answer.write("data: 2\n");
    await client.until(/data: 2/);
    expect(client.text()).not.toMatch(WHOLE);
    answer.write("\ndata: 3\n\n");
    await closed;
    expect(await client.closed()).toMatch(WHOLE);
    expect(client.text()).not.toContain("data: 3");
  });

  it("ends a stream that begins while it stops", async () => {
    const asked = signal();
    let answer: ServerResponse | undefined;
    const { port, gateway } = await startGateway({
      routes,
      service(_req, res) {
        answer = res;
        asked.happen();
      },
    });
    const client = await rawConnection(port);
    client.write("GET /slow HTTP/1.1\r\nHost: g\r\n\r\n");
    await asked.happened;
    const closed = gateway.close();
    answer?.writeHead(200, { "content-type": "text/event-stream" }).write("data: 1\n\n");
    await closed;
    expect(await client.closed()).toMatch(WHOLE);
  });

  it("cuts off, when its grace is over, a stream of which it cannot tell where it could end", async () => {
    const { client, answer, gateway } = await startStream(
      { server: { grace: "50ms" } },
      { coding: "gzip" },
    );
    answer.write(Buffer.from([0x1f, 0x8b, 0x0a, 0x0a]));
    await client.until(/\x8b/);
    await gateway.close();
    expect(await client.closed()).not.toMatch(WHOLE);
  });
});
