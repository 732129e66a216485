import { EventEmitter } from "node:events";
import { composed, reply } from "heddle";
import { describe, expect, it } from "vitest";
import type { StreamEvent } from "../../src/compose/stream-composer.ts";
import type { InboundContext } from "../../src/server/inbound.ts";
import { writeEvents } from "../../src/server/write-events.ts";
import { compose, faults, rawConnection, requests, signal, startGateway } from "./support.ts";

const page = compose.get("/web/page", ({ services }) => ({
  id: "o-1",
  order: () => services.orders.getOrder({ path: { orderId: "1" } }),
  broken: () => services.orders.slow(),
  spare: () => services.orders.getOrder({ path: { orderId: "2" } }, { fallback: [] }),
}));
const routes = [composed("web", "composers/web/page.ts", page)];

const service: Parameters<typeof startGateway>[0]["service"] = (req, res) => {
  if (req.url === "/orders/1") res.setHeader("content-type", "application/json").end('{"total":5}');
  else res.writeHead(500).end();
};

describe("an answer that is streamed", () => {
  it("tells the problem of a part that has no JSON form, and goes on with the others", async () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    const composer = compose.get("/web/circle", () => ({
      circle: () => circle as Record<string, never>,
      other: () => 2,
    }));
    const { url } = await startGateway({
      routes: [composed("web", "composers/web/circle.ts", composer)],
    });
    const answer = await fetch(`${url}/web/circle`, {
      headers: { accept: "application/x-ndjson" },
    });
    const lines = (await answer.text())
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines).toContainEqual({ at: "/other", value: 2 });
    expect(lines).toContainEqual({
      at: "/circle",
      problem: expect.objectContaining({ type: "urn:heddle:problem:internal", status: 500 }),
    });
    expect(lines.at(-1)).toEqual({ end: true, degraded: [] });
  });

  it("as NDJSON has a line for what is there, one a part, and an end", async () => {
    const { url, lines } = await startGateway({ routes, service });
    const answer = await fetch(`${url}/web/page`, { headers: { accept: "application/x-ndjson" } });
    expect(answer.headers.get("content-type")).toBe("application/x-ndjson");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const text = await answer.text();
    const [first, ...more] = text.trimEnd().split("\n");
    expect(first).toBe('{"at":"","value":{"id":"o-1"}}');
    const last = more.pop();
    expect(JSON.parse(last ?? "")).toEqual({
      end: true,
      degraded: [
        {
          part: "/spare",
          service: "orders",
          operation: "getOrder",
          reason: "service-failed",
          kind: "default",
        },
      ],
    });
    expect(more.sort().map((line) => JSON.parse(line))).toEqual([
      {
        at: "/broken",
        problem: {
          type: "urn:heddle:problem:service-failed",
          title: "A service failed",
          status: 502,
          detail: expect.any(String),
          instance: answer.headers.get("x-request-id"),
          service: "orders",
          operation: "slow",
          serviceStatus: 500,
        },
      },
      { at: "/order", value: { total: 5 } },
      { at: "/spare", value: [] },
    ]);
    await fetch(`${url}/healthz`);
    expect(lines.find(({ message }) => message === "request")).toMatchObject({
      status: 200,
      bytes: Buffer.byteLength(text),
      degraded: 1,
    });
  });

  it("as server-sent events has the same, each as an event", async () => {
    const { url } = await startGateway({ routes, service });
    const answer = await fetch(`${url}/web/page?fields=id,order`, {
      headers: { accept: "text/event-stream" },
    });
    expect(answer.headers.get("content-type")).toBe("text/event-stream");
    expect(await answer.text()).toBe(
      [
        "event: value",
        'data: {"at":"","value":{"id":"o-1"}}',
        "",
        "event: value",
        'data: {"at":"/order","value":{"total":5}}',
        "",
        "event: end",
        'data: {"end":true,"degraded":[]}',
        "",
        "",
      ].join("\n"),
    );
  });

  it("keeps the status and header fields of a reply", async () => {
    const made = compose.post("/web/made", () =>
      reply({ a: 1 }, { status: 202, headers: { location: "/x" } }),
    );
    const { url } = await startGateway({
      routes: [composed("web", "composers/web/made.ts", made)],
    });
    const answer = await fetch(`${url}/web/made`, {
      method: "POST",
      headers: { accept: "application/x-ndjson" },
    });
    expect([answer.status, answer.headers.get("location")]).toEqual([202, "/x"]);
  });

  it("is a problem when the composer's own function fails", async () => {
    const composer = compose.get("/web/x", ({ services }) => services.orders.slow());
    const { url } = await startGateway({
      routes: [composed("web", "composers/web/x.ts", composer)],
      service,
    });
    const answer = await fetch(`${url}/web/x`, { headers: { accept: "text/event-stream" } });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([
      502,
      "application/problem+json",
    ]);
  });

  it("has a head only for HEAD", async () => {
    const { url } = await startGateway({ routes, service });
    const answer = await fetch(`${url}/web/page`, {
      method: "HEAD",
      headers: { accept: "application/x-ndjson" },
    });
    expect([answer.status, answer.headers.get("content-type"), await answer.text()]).toEqual([
      200,
      "application/x-ndjson",
      "",
    ]);
  });

  it("ends when its client leaves, and its calls with it", async () => {
    const closed = signal();
    const composer = compose.get("/web/x", ({ services }) => ({
      a: 1,
      slow: () => services.orders.slow(),
    }));
    const { port, lines, gateway } = await startGateway({
      routes: [composed("web", "composers/web/x.ts", composer)],
      service: (req) => void req.on("close", closed.happen),
    });
    const connection = await rawConnection(port);
    connection.write("GET /web/x HTTP/1.1\r\nHost: g\r\nAccept: application/x-ndjson\r\n\r\n");
    await connection.until(/"at":""/);
    connection.socket.destroy();
    await closed.happened;
    await gateway.close();
    expect(requests(lines)).toMatchObject([{ status: 499, gone: true }]);
    expect(faults(lines)).toEqual([]);
  });

  it("is finished by a gateway that stops, like any other answer", async () => {
    const composer = compose.get("/web/x", ({ services }) => ({
      a: 1,
      slow: () => services.orders.slow(),
    }));
    const asked = signal();
    let finish = (): void => {};
    const { port, gateway } = await startGateway({
      routes: [composed("web", "composers/web/x.ts", composer)],
      service: (_req, res) => {
        finish = () => void res.setHeader("content-type", "application/json").end("2");
        asked.happen();
      },
    });
    const connection = await rawConnection(port);
    connection.write("GET /web/x HTTP/1.1\r\nHost: g\r\nAccept: text/event-stream\r\n\r\n");
    await Promise.all([connection.until(/"at":""/), asked.happened]);
    const closed = gateway.close();
    finish();
    await closed;
    expect(await connection.closed()).toMatch(
      /"at":"\/slow","value":2.*"end":true.*\r\n0\r\n\r\n$/s,
    );
  });

  it("tells parts that the deadline cuts off, and ends in order", async () => {
    const composer = compose.get("/web/x", { deadline: "50ms" }, ({ services }) => ({
      slow: () => services.orders.slow(),
    }));
    const { url } = await startGateway({
      routes: [composed("web", "composers/web/x.ts", composer)],
      service: () => {},
    });
    const answer = await fetch(`${url}/web/x`, { headers: { accept: "application/x-ndjson" } });
    const lines = (await answer.text()).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { at: "", value: {} },
      { at: "/slow", problem: { status: 504, type: "urn:heddle:problem:deadline-exceeded" } },
      { end: true, degraded: [] },
    ]);
  });
});

describe("a client that reads slowly", () => {
  it("is written to only when it has read: the next part is not taken before", async () => {
    const res = new SlowResponse();
    let taken = 0;
    async function* events(): AsyncGenerator<StreamEvent, undefined, undefined> {
      for (; taken < 3; ) yield { at: `/${taken++}`, value: 1 };
      return undefined;
    }
    const state = { id: "1", bytes: 0, gone: false, fields: { writeHead() {} } };
    const ctx = { state, res, req: { method: "GET" } } as unknown as InboundContext;
    const written = writeEvents(ctx, { status: 200, events: events() }, "application/x-ndjson");
    for (let count = 1; count <= 3; count++) {
      await res.wasWritten();
      expect([taken, res.texts.length]).toEqual([count, count]);
      res.emit("drain");
    }
    await written;
    expect(res.ended).toBe(true);
    expect(res.listenerCount("drain") + res.listenerCount("close")).toBe(0);
  });

  it("is not written to any more when it has left, and the events are ended", async () => {
    const res = new SlowResponse();
    let ended = false;
    async function* events(): AsyncGenerator<StreamEvent, undefined, undefined> {
      try {
        for (;;) yield { at: "", value: 1 };
      } finally {
        ended = true;
      }
    }
    const state = { id: "1", bytes: 0, gone: false, fields: { writeHead() {} } };
    const ctx = { state, res, req: { method: "GET" } } as unknown as InboundContext;
    const written = writeEvents(ctx, { status: 200, events: events() }, "application/x-ndjson");
    await res.wasWritten();
    state.gone = true;
    res.emit("close");
    await written;
    expect([ended, res.texts.length, res.ended]).toEqual([true, 1, false]);
  });
});

/** A response whose buffer is full after every write. */
class SlowResponse extends EventEmitter {
  readonly texts: string[] = [];
  readonly destroyed = false;
  statusCode = 0;
  ended = false;
  #written = signal();

  flushHeaders(): void {}

  write(text: string): boolean {
    this.texts.push(text);
    // After everything else that is ready to run.
    setImmediate(this.#written.happen);
    return false;
  }

  end(): void {
    this.ended = true;
  }

  /** Resolves when something was written and nothing else is happening. */
  async wasWritten(): Promise<void> {
    await this.#written.happened;
    this.#written = signal();
  }
}
