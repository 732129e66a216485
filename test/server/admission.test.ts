/** What is refused at the door, by what the gauges say. */
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { type AdmissionOptions, admission } from "../../src/server/admission.ts";
import { createTurnGauge, type Taken } from "../../src/server/turn-gauge.ts";
import { eventually } from "../support/eventually.ts";
import { rawConnection, rawRequest, startServer } from "./support.ts";

const CALM: AdmissionOptions = {
  inFlight: { size: 0 },
  maxInFlight: undefined,
  bodyLimitBytes: 1_000,
  gauge: { limit: Number.POSITIVE_INFINITY, waiting: 0 },
  turns: { take: () => "taken" },
  isSurplus: () => false,
  isLeaving: () => false,
  newId: () => "made",
  trustRequestId: false,
  told: () => {},
  measure: () => {},
};
const FULL: Partial<AdmissionOptions> = { turns: { take: () => "full" } };

/** A server that answers whatever is admitted with 200, and why it refused the rest. */
async function start(options: Partial<AdmissionOptions>) {
  const reasons: string[] = [];
  const admit = admission({ ...CALM, told: (why) => reasons.push(why), ...options }, (_req, res) =>
    res.end("in"),
  );
  const { server, url } = await startServer(admit);
  return { url, port: (server.address() as AddressInfo).port, reasons };
}

describe("a request is refused", () => {
  const reason = async (options: Partial<AdmissionOptions>): Promise<string | undefined> => {
    const { url, reasons } = await start(options);
    const { status } = await fetch(url);
    expect(status).toBe(reasons.length === 0 ? 200 : 503);
    return reasons[0];
  };

  it("beyond the limit on requests under way", async () => {
    expect(await reason({ inFlight: { size: 5 }, maxInFlight: 5 })).toBe("in-flight");
    expect(await reason({ inFlight: { size: 4 }, maxInFlight: 5 })).toBeUndefined();
  });

  it("beyond the gauge's limit, without those that wait for their clients", async () => {
    const inFlight = { size: 50 };
    expect(await reason({ inFlight, gauge: { limit: 50, waiting: 0 } })).toBe("overload");
    expect(await reason({ inFlight, gauge: { limit: 51, waiting: 0 } })).toBeUndefined();
    expect(await reason({ inFlight, gauge: { limit: 50, waiting: 1 } })).toBeUndefined();
  });

  it("when the turn of the event loop has taken on enough", async () => {
    expect(await reason(FULL)).toBe("overload");
  });

  it("when its connection is beyond the limit", async () => {
    expect(await reason({ isSurplus: () => true })).toBe("connections");
  });
});

describe("a refusal", () => {
  it("is a problem with the request's id, and measured", async () => {
    const measured: object[] = [];
    const { url } = await start({ ...FULL, measure: (figures) => measured.push(figures) });
    const answer = await fetch(url, { headers: { "x-request-id": "theirs" } });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "x-request-id": "made",
      "retry-after": "1",
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    });
    expect(await answer.json()).toEqual({
      type: "urn:heddle:problem:overloaded",
      title: expect.any(String),
      status: 503,
      detail: "try again in a moment",
      instance: "made",
    });
    expect(measured).toEqual([{ method: "GET", route: undefined, status: 503, durationMs: 0 }]);
  });

  it("has the caller's id where that is trusted", async () => {
    const { url } = await start({ ...FULL, trustRequestId: true });
    const answer = await fetch(url, { headers: { "x-request-id": "theirs" } });
    expect(answer.headers.get("x-request-id")).toBe("theirs");
    expect(await answer.json()).toMatchObject({ instance: "theirs" });
  });

  it("has no body where HEAD asks, and keeps the connection, also behind a body", async () => {
    const { port, reasons } = await start(FULL);
    const { write, until } = await rawConnection(port);
    write("HEAD / HTTP/1.1\r\nHost: g\r\n\r\n");
    await until(/content-length: \d+[\s\S]*\r\n\r\n$/i);
    write("POST / HTTP/1.1\r\nHost: g\r\nContent-Length: 2\r\n\r\nab");
    write("GET /last HTTP/1.1\r\nHost: g\r\n\r\n");
    await until(/(HTTP\/1\.1 503 [\s\S]*){3}/);
    expect(reasons).toHaveLength(3);
  });

  it("throws away a body, but not without end", async () => {
    const { port, reasons } = await start(FULL);
    const { socket, write, until } = await rawConnection(port);
    write("PUT / HTTP/1.1\r\nHost: g\r\nContent-Length: 500000\r\n\r\n");
    socket.write(Buffer.alloc(500_000));
    write("PUT / HTTP/1.1\r\nHost: g\r\nContent-Length: 500000000\r\n\r\n");
    await until(/(HTTP\/1\.1 503 [\s\S]*){2}/);
    const megabyte = Buffer.alloc(1_000_000);
    let sent = 0;
    while (!socket.destroyed && sent < 100) {
      await new Promise((resolve) => socket.write(megabyte, resolve));
      sent += 1;
    }
    expect(sent).toBeLessThan(100);
    expect(reasons).toHaveLength(2);
  });

  it("ends a connection beyond the limit, and one to a port that is closed", async () => {
    for (const options of [{ isSurplus: () => true }, { ...FULL, isLeaving: () => true }]) {
      const { port } = await start(options);
      const { write, closed } = await rawConnection(port);
      write("GET / HTTP/1.1\r\nHost: g\r\n\r\n");
      expect(await closed()).toMatch(/^HTTP\/1\.1 503 [\s\S]*connection: close/i);
    }
  });
});

describe("under overload there is still an answer to", () => {
  it("probes, whatever the form of their target", async () => {
    const { port, reasons } = await start(FULL);
    for (const target of ["/healthz", "/readyz?full", "/metrics", "http://g/healthz"]) {
      expect(await rawRequest(port, `GET ${target} HTTP/1.1\nHost: g`)).toMatch(/ 200 OK/);
    }
    expect(reasons).toEqual([]);
    for (const target of ["/healthz/", "/?/healthz", "http://g/other", "*"]) {
      expect(await rawRequest(port, `GET ${target} HTTP/1.1\nHost: g`)).toMatch(/ 503 /);
    }
  });

  it("what cannot be read, because nobody knows where the next request begins", async () => {
    const { port, reasons } = await start(FULL);
    const head = "POST / HTTP/1.0\nHost: g\nTransfer-Encoding: chunked";
    expect(await rawRequest(port, head, "0\r\n\r\n")).toMatch(/ 200 OK/);
    expect(reasons).toEqual([]);
  });
});

it("what is read in one turn of the event loop is answered as far as the turn has time, and the next one begins anew", async () => {
  let now = 0;
  const turns = createTurnGauge({ clock: () => now });
  const admit = admission({ ...CALM, turns }, (_req, res) => {
    now += 1;
    res.end("in");
  });
  const { server } = await startServer(admit);
  const ask = async (requests: number): Promise<readonly (readonly [string, number])[]> => {
    const { write, text } = await rawConnection((server.address() as AddressInfo).port);
    const statuses = (): string[] => text().match(/(?<=HTTP\/1\.1 )\d+/g) ?? [];
    // In one piece: it is read, and taken apart, in one turn.
    write("GET / HTTP/1.1\r\nHost: g\r\n\r\n".repeat(requests));
    const isAll = (): boolean => statuses().length === requests || statuses().includes("503");
    await eventually(() => expect(isAll()).toBe(true));
    const all = statuses();
    return [...new Set(all)].map((one) => [one, all.filter((status) => status === one).length]);
  };
  expect(await ask(1_200)).toEqual([
    ["200", 1_000],
    ["503", 1],
  ]);
  expect(await ask(30)).toEqual([["200", 30]]);
});

it("who sends requests one behind the other is refused once, and its connection ends behind that", async () => {
  let count = 0;
  const take = (): Taken => {
    count += 1;
    return count <= 3 ? "taken" : "row";
  };
  const admit = admission({ ...CALM, turns: { take } }, (_req, res) => void res.end("in"));
  const { server } = await startServer(admit);
  for (const request of [
    "POST / HTTP/1.1\r\nHost: g\r\nContent-Length: 2\r\n\r\nab",
    "GET / HTTP/1.1\r\nHost: g\r\n\r\n",
  ]) {
    count = 0;
    const { write, closed } = await rawConnection((server.address() as AddressInfo).port);
    write(request.repeat(5_000));
    const text = await closed();
    expect(text.match(/(?<=HTTP\/1\.1 )\d+/g)).toEqual(["200", "200", "200", "503"]);
    expect(text.match(/connection: close/gi)).toHaveLength(1);
    expect(count).toBe(4);
  }
});
