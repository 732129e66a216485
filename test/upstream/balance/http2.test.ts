/** Services that speak HTTP/2, with TLS and without, against servers of node:http2. */
import {
  createSecureServer,
  createServer,
  type Http2Server,
  type ServerHttp2Stream,
  type ServerOptions,
} from "node:http2";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, connect, createServer as createTcpServer } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { describe, expect, it, onTestFinished } from "vitest";
import type { AnswerStream, UpstreamCall } from "../../../src/upstream/send.ts";
import { eventually } from "../../support/eventually.ts";
import { TEST_CERTIFICATE } from "../../support/test-certificate.ts";
import { callOf, guard } from "../resilience-support.ts";
import { closedUrl, failureOf, startSocket } from "../support.ts";
import { type Balanced, balanced } from "./support.ts";

type Talk = (stream: ServerHttp2Stream, headers: Readonly<Record<string, unknown>>) => void;

interface Service {
  readonly url: string;
  sessions(): number;
}

async function listen(server: Http2Server, scheme: string, talk: Talk): Promise<Service> {
  let sessions = 0;
  const open = new Set<{ destroy(): void }>();
  server.on("session", (session) => {
    sessions += 1;
    open.add(session);
    session.on("error", () => undefined);
  });
  server.on("stream", (stream, headers) => {
    stream.on("error", () => undefined);
    talk(stream, headers);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const session of open) session.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `${scheme}://127.0.0.1:${port}`, sessions: () => sessions };
}

/** RFC 9113 §7 */
const REFUSED = 7;

const SERVERS = [
  [
    "with TLS",
    "https",
    (talk: Talk, options: ServerOptions = {}) =>
      listen(createSecureServer({ ...TEST_CERTIFICATE, ...options }), "https", talk),
  ],
  [
    "without TLS",
    "http",
    (talk: Talk, options: ServerOptions = {}) => listen(createServer(options), "http", talk),
  ],
] as const;

const connectTo = (url: string): Balanced =>
  balanced([url], { protocol: "http2", ca: TEST_CERTIFICATE.cert });

const answer: Talk = (stream) => {
  stream.respond({ ":status": 200, "content-type": "application/json" });
  stream.end('{"well":true}');
};

describe.each(SERVERS)("a service that speaks HTTP/2 %s", (_how, scheme, start) => {
  it("is called on one connection by many at a time", async () => {
    const authorities = new Set<unknown>();
    const { url, sessions } = await start((stream, headers) => {
      authorities.add(`${headers[":scheme"]} ${headers[":authority"]} ${headers[":path"]}`);
      setImmediate(() => answer(stream, headers));
    });
    const { send } = connectTo(url);
    await send();
    const answers = await Promise.all(Array.from({ length: 50 }, () => send()));
    expect(answers.map(({ status, body }) => `${status} ${body}`)).toEqual(
      answers.map(() => '200 {"well":true}'),
    );
    expect(answers[0]?.headers).toMatchObject({ "content-type": "application/json" });
    expect(sessions()).toBe(1);
    expect([...authorities]).toEqual([`${scheme} ${new URL(url).host} /op`]);
  });

  it("takes bodies, whole and streamed", async () => {
    const bodies: string[] = [];
    const { url } = await start((stream) => {
      let body = "";
      stream.setEncoding("utf8");
      stream.on("data", (chunk: string) => {
        body += chunk;
      });
      stream.on("end", () => {
        bodies.push(body);
        stream.respond({ ":status": 201 });
        stream.end();
      });
    });
    const { send } = connectTo(url);
    async function* streamed(): AsyncGenerator<Uint8Array> {
      yield Buffer.from("one ");
      yield Buffer.from("two");
    }
    const post: Partial<UpstreamCall> = { method: "POST" };
    expect((await send({ ...post, body: "text" })).status).toBe(201);
    expect((await send({ ...post, body: Buffer.from([104, 105]) })).status).toBe(201);
    expect((await send({ ...post, body: streamed() })).status).toBe(201);
    expect(bodies).toEqual(["text", "hi", "one two"]);
  });

  it("streams its answers, with back-pressure", async () => {
    const size = 4_000_000;
    const { url } = await start((stream) => {
      stream.respond({ ":status": 200 });
      stream.end(Buffer.alloc(size, "x"));
    });
    const { send } = connectTo(url);
    const { body } = await send({ mode: "stream" });
    let bytes = 0;
    for await (const chunk of body as AnswerStream) bytes += chunk.length;
    expect(bytes).toBe(size);
  });

  it.each<[string, Talk, Partial<UpstreamCall>, string]>([
    ["resets the stream before its answer", (stream) => stream.close(2), {}, "service-unreachable"],
    ["refuses the stream", (stream) => stream.close(7), {}, "service-unreachable"],
    ["drops the connection", (stream) => stream.session?.destroy(), {}, "service-unreachable"],
    ["never answers", () => undefined, { timeoutMs: 60 }, "service-timeout"],
    [
      "resets the stream in its body",
      (stream) => {
        stream.respond({ ":status": 200, "content-length": 9 });
        stream.write("x", () => stream.destroy(new Error("broken")));
      },
      {},
      "service-failed",
    ],
    [
      "drops the connection in its body",
      (stream) => {
        stream.respond({ ":status": 200 });
        stream.write("x", () => stream.session?.destroy());
      },
      {},
      "service-failed",
    ],
    [
      "ends its body too early",
      (stream) => {
        stream.respond({ ":status": 200, "content-length": 9 });
        stream.end("x");
      },
      {},
      "service-failed",
    ],
    [
      "stops in its body",
      (stream) => {
        stream.respond({ ":status": 200 });
        stream.write("x");
      },
      { timeoutMs: 60 },
      "service-timeout",
    ],
    [
      "answers too much",
      (stream) => {
        stream.respond({ ":status": 200 });
        stream.end(Buffer.alloc(2_000_000));
      },
      {},
      "service-contract",
    ],
  ])("and %s fails the call, and not the next one", async (_what, misbehave, call, code) => {
    let isWell = false;
    const { url } = await start((stream, headers) => {
      if (isWell) answer(stream, headers);
      else misbehave(stream, headers);
    });
    const { send } = connectTo(url);
    expect(await failureOf(send(call))).toMatchObject({ code, details: { service: "svc" } });
    isWell = true;
    expect(await send()).toMatchObject({ status: 200 });
  });

  it("cuts a stream visibly when it breaks off", async () => {
    const { url } = await start((stream) => {
      stream.respond({ ":status": 200 });
      stream.write("x", () => setImmediate(() => stream.destroy(new Error("broken"))));
    });
    const { send } = connectTo(url);
    const { body } = await send({ mode: "stream" });
    const read = async (): Promise<void> => {
      for await (const _chunk of body as AnswerStream);
    };
    expect(await failureOf(read())).toMatchObject({ code: "service-failed" });
  });

  it("loses no call when it tells that the connection ends", async () => {
    let calls = 0;
    const { url, sessions } = await start((stream, headers) => {
      calls += 1;
      if (calls === 3) stream.session?.close();
      setImmediate(() => answer(stream, headers));
    });
    const { send } = connectTo(url);
    const statuses: number[] = [];
    for (let call = 0; call < 6; call += 1) statuses.push((await send()).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200]);
    expect(sessions()).toBe(2);
  });

  it("is asked again where it refused a call unseen, whatever the method", async () => {
    const seen: unknown[] = [];
    const { url } = await start((stream, headers) => {
      seen.push(headers[":method"]);
      if (seen.length > 1) answer(stream, headers);
      else stream.close(REFUSED);
    });
    const { send } = connectTo(url);
    expect(await send({ method: "POST", body: "text" })).toMatchObject({ status: 200 });
    expect(seen).toEqual(["POST", "POST"]);
  });

  it("gets further connections where it takes few calls on one", async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let calls = 0;
    const { url, sessions } = await start(
      (stream, headers) => {
        calls += 1;
        if (calls === 6) release();
        if (calls === 1) answer(stream, headers);
        else void held.then(() => answer(stream, headers));
      },
      { settings: { maxConcurrentStreams: 2 } },
    );
    const { send } = connectTo(url);
    await send();
    const answers = await Promise.all(Array.from({ length: 5 }, () => send()));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(sessions()).toBeGreaterThan(1);
  });

  it("may give interim answers, fields more than once, and no body", async () => {
    const { url } = await start((stream) => {
      stream.additionalHeaders({ ":status": 103, link: "</style.css>" });
      stream.respond({ ":status": 204, "set-cookie": ["a=1", "b=2"] }, { endStream: true });
    });
    const { send } = connectTo(url);
    expect(await send()).toMatchObject({
      status: 204,
      headers: { "set-cookie": ["a=1", "b=2"] },
      body: Buffer.alloc(0),
    });
  });

  it("is told nothing that belongs to a connection of HTTP/1.1", async () => {
    let fields: Readonly<Record<string, unknown>> = {};
    const { url } = await start((stream, headers) => {
      fields = headers;
      answer(stream, headers);
    });
    const headers = { host: "other", connection: "close", te: "trailers", "x-tag": ["a", "b"] };
    await connectTo(url).send({ headers });
    expect(fields).toMatchObject({ "x-tag": "a, b", ":authority": new URL(url).host });
    expect(Object.keys(fields)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(host|connection|te)$/)]),
    );
  });

  it("cannot answer with a head over 64 KiB", async () => {
    const { url } = await start((stream) => {
      const large = Object.fromEntries(
        Array.from({ length: 100 }, (_, index) => [`x-${index}`, "x".repeat(1_000)]),
      );
      stream.respond({ ":status": 200, ...large });
      stream.end();
    });
    expect(await failureOf(connectTo(url).send())).toMatchObject({ name: "UpstreamError" });
  });

  it("is left when its calls are over", async () => {
    let finish = (): void => undefined;
    const old = await start((stream) => {
      stream.respond({ ":status": 200 });
      stream.write("begun ");
      finish = () => void stream.end("done");
    });
    const next = await start(answer);
    const { send, update } = connectTo(old.url);
    const { body } = await send({ mode: "stream" });
    update([next.url]);
    expect(await send()).toMatchObject({ status: 200 });
    finish();
    let text = "";
    for await (const chunk of body as AnswerStream) text += chunk.toString();
    expect(text).toBe("begun done");
  });
});

describe("a connection of HTTP/2", () => {
  it("that is dead is found out by the first call that gets no answer, and replaced", async () => {
    const { url } = await listen(createServer(), "http", answer);
    let connections = 0;
    const front = createTcpServer((socket) => {
      socket.on("error", () => undefined);
      connections += 1;
      // Takes all, says nothing: as when the way to the other side is lost.
      if (connections === 1) socket.resume();
      else {
        const behind = connect(Number(new URL(url).port), "127.0.0.1");
        behind.on("error", () => undefined);
        socket.pipe(behind).pipe(socket);
      }
    });
    await new Promise<void>((resolve) => front.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void front.close());
    const { port } = front.address() as AddressInfo;
    const { send } = balanced([`http://127.0.0.1:${port}`], {
      protocol: "http2",
      timeoutMs: 50,
    });
    expect(await failureOf(send({ timeoutMs: 50 }))).toMatchObject({ code: "service-timeout" });
    await eventually(async () => {
      expect(await send({ timeoutMs: 50 })).toMatchObject({ status: 200 });
    });
  });

  it.each([
    ["refused", closedUrl, "service-unreachable"],
    [
      "closed at once",
      async () => (await startSocket((socket) => void socket.destroy())).url,
      "service-unreachable",
    ],
    [
      "spoken to in HTTP/1.1",
      async () =>
        (await startSocket((socket) => void socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"))).url,
      "service-contract",
    ],
  ])("that is %s fails the call", async (_how, begin, code) => {
    const { send } = balanced([await begin()], { protocol: "http2" });
    expect(await failureOf(send())).toMatchObject({ code });
  });

  it("whose stream is reset in its body, as if nothing were wrong, gives no whole answer", async () => {
    const head = [0x88, 0x0f, 0x0d, 0x01, 0x39]; // :status 200, content-length 9 (RFC 7541)
    // RFC 9113 §6: length, type, flags, stream; SETTINGS, HEADERS (END_HEADERS), DATA, RST_STREAM (NO_ERROR).
    const frame = (type: number, flags: number, stream: number, payload: readonly number[]) => [
      ...[0, 0, payload.length, type, flags, 0, 0, 0, stream],
      ...payload,
    ];
    const { url } = await startSocket((socket) => {
      socket.write(
        Buffer.from([
          ...frame(4, 0, 0, []),
          ...frame(1, 4, 1, head),
          ...frame(0, 0, 1, [0x78]),
          ...frame(3, 0, 1, [0, 0, 0, 0]),
        ]),
      );
    });
    const { send } = balanced([url], { protocol: "http2" });
    expect(await failureOf(send())).toMatchObject({ code: "service-failed" });
  });

  it("is closed with its service, and takes no more calls", async () => {
    const { url } = await listen(createServer(), "http", answer);
    const { services, send } = guard(url, { protocol: "http2" });
    expect(await send(callOf())).toMatchObject({ status: 200 });
    await services.close();
    expect(await failureOf(send(callOf()))).toMatchObject({ code: "stopping" });
  });
});

describe("TLS to a service", () => {
  async function startHttps(): Promise<string> {
    const server = createHttpsServer(TEST_CERTIFICATE, (request, response) => {
      response.end(`HTTP/${request.httpVersion}`);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async function startWithoutAlpn(): Promise<string> {
    const server = createTlsServer(TEST_CERTIFICATE, (socket) => {
      socket.on("error", () => undefined);
      socket.resume();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  it("is believed where its authority is configured, and only there", async () => {
    const url = await startHttps();
    const trusting = balanced([url], { ca: TEST_CERTIFICATE.cert });
    expect(String((await trusting.send()).body)).toBe("HTTP/1.1");
    expect(await failureOf(balanced([url]).send())).toMatchObject({ code: "service-unreachable" });
  });

  it.each([
    ["agrees on HTTP/1.1 only", startHttps],
    ["agrees on nothing", startWithoutAlpn],
  ])("of a service that %s is told so", async (_how, begin) => {
    const { send } = connectTo(await begin());
    expect(await failureOf(send())).toMatchObject({
      code: "service-contract",
      details: { detail: "the service does not speak HTTP/2" },
    });
  });
});
