/** The table of upstream faults: what each way to fail is told as, and that the next healthy call works. */
import type { Socket } from "node:net";
import { describe, expect, it, vi } from "vitest";
import type { AnswerStream } from "../../src/upstream/send.ts";
import {
  closedUrl,
  connect,
  createContext,
  failureOf,
  json,
  jsonPlan,
  planOf,
  startRecorder,
  startSocket,
} from "./support.ts";

const OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

/** Writes until the other side has had enough. */
function flood(socket: Socket, line: string): void {
  const more = (): void => {
    while (!socket.destroyed && socket.write(line));
  };
  socket.on("drain", more);
  more();
}

interface Fault {
  readonly name: string;
  readonly talk: (socket: Socket) => void;
  readonly code: string;
  readonly status: number;
}

const FAULTS: readonly Fault[] = [
  {
    name: "closes before it answers",
    talk: (s) => s.end(),
    code: "service-unreachable",
    status: 502,
  },
  {
    name: "resets before it answers",
    talk: (s) => s.resetAndDestroy(),
    code: "service-unreachable",
    status: 502,
  },
  {
    name: "closes within the head",
    talk: (s) => s.end("HTTP/1.1 200 OK\r\nContent-Ty"),
    code: "service-unreachable",
    status: 502,
  },
  { name: "never answers", talk: () => undefined, code: "service-timeout", status: 504 },
  {
    name: "sends half a head and no more",
    talk: (s) => s.write("HTTP/1.1 200 OK\r\nX: "),
    code: "service-timeout",
    status: 504,
  },
  {
    name: "sends half a body and no more",
    talk: (s) => s.write(`${OK}Content-Length: 9\r\n\r\n{"a"`),
    code: "service-timeout",
    status: 504,
  },
  {
    name: "cuts its body",
    talk: (s) => s.end(`${OK}Content-Length: 9\r\n\r\n{"a"`),
    code: "service-failed",
    status: 502,
  },
  {
    name: "resets in its body",
    talk: (s) =>
      s.write(`${OK}Content-Length: 9\r\n\r\n{"a"`, () => setImmediate(() => s.resetAndDestroy())),
    code: "service-failed",
    status: 502,
  },
  {
    name: "cuts a chunked body",
    talk: (s) => s.end(`${OK}Transfer-Encoding: chunked\r\n\r\n3\r\n{"a\r\n`),
    code: "service-failed",
    status: 502,
  },
  {
    name: "sends a broken chunk",
    talk: (s) => s.end(`${OK}Transfer-Encoding: chunked\r\n\r\nzz\r\n{"a`),
    code: "service-contract",
    status: 502,
  },
  {
    name: "speaks no HTTP",
    talk: (s) => s.end("SSH-2.0-OpenSSH_9.9\r\n"),
    code: "service-contract",
    status: 502,
  },
  {
    name: "sends both lengths",
    talk: (s) => s.end(`${OK}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`),
    code: "service-contract",
    status: 502,
  },
  {
    name: "sends a head over 64 KiB",
    talk: (s) => s.write(`${OK}X: ${"x".repeat(70_000)}\r\n\r\n{}`),
    code: "service-contract",
    status: 502,
  },
  {
    name: "never stops sending header fields",
    talk: (s) => flood(s, OK + "X: yyyyyyyyyyyyyyyyyyyy\r\n".repeat(100_000)),
    code: "service-contract",
    status: 502,
  },
  {
    name: "announces a body over the limit",
    talk: (s) => s.write(`${OK}Content-Length: 99999999\r\n\r\n`),
    code: "service-contract",
    status: 502,
  },
  {
    name: "never stops sending its body",
    talk: (s) => {
      s.write(`${OK}Connection: close\r\n\r\n`);
      flood(s, "y".repeat(10_000));
    },
    code: "service-contract",
    status: 502,
  },
  {
    name: "sends interim answers only",
    talk: (s) => flood(s, "HTTP/1.1 103 Early Hints\r\n\r\n"),
    code: "service-timeout",
    status: 504,
  },
  {
    name: "switches protocols unasked",
    talk: (s) =>
      s.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
    code: "service-unreachable",
    status: 502,
  },
];

describe("a service that", () => {
  it.each(FAULTS)("$name is $code", async ({ talk, code, status }) => {
    let faulty = true;
    const { url, sockets } = await startSocket((socket) => {
      if (faulty) {
        talk(socket);
      } else {
        socket.end(`${OK}Content-Length: 2\r\nConnection: close\r\n\r\n{}`);
      }
    });
    const { operation, events } = connect(url, jsonPlan(), {
      timeoutMs: 150,
      maxAnswerBytes: 100_000,
    });
    const error = await failureOf(operation(createContext())());
    expect(error).toMatchObject({
      name: "UpstreamError",
      code,
      status,
      service: "svc",
      operation: "op",
    });
    expect(`${error.message}${JSON.stringify(error.details)}`).not.toContain("127.0.0.1");
    expect(events).toMatchObject([{ outcome: "failed", service: "svc", operation: "op", error }]);
    await vi.waitFor(() => expect(sockets.size).toBe(0));

    const degraded = createContext({ part: "/a" });
    expect(await operation(degraded)(undefined, { fallback: "instead" })).toBe("instead");
    expect(degraded.degradations).toEqual([
      { part: "/a", service: "svc", operation: "op", reason: code, kind: "default" },
    ]);

    faulty = false;
    expect(await operation(createContext())()).toEqual({});
  });

  it("refuses the connection is service-unreachable", async () => {
    const { operation } = connect(await closedUrl(), jsonPlan());
    const error = await failureOf(operation(createContext())());
    expect(error).toMatchObject({
      code: "service-unreachable",
      status: 502,
      message: "the service refused the connection",
    });
    expect(JSON.stringify(error.details)).not.toContain("127.0.0.1");
    expect((error.cause as Error).message).toContain("ECONNREFUSED");
  });

  it("has a name that does not resolve is service-unreachable", async () => {
    const { operation } = connect("http://nowhere.invalid", jsonPlan());
    expect(await failureOf(operation(createContext())())).toMatchObject({
      code: "service-unreachable",
    });
  });

  it("sends a head of 40 KiB is heard", async () => {
    const { url } = await startSocket((socket) => {
      socket.end(
        `${OK}X: ${"x".repeat(40_960)}\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`,
      );
    });
    expect(await connect(url, jsonPlan()).operation(createContext())()).toEqual({});
  });

  it("sends interim answers first is waited for", async () => {
    const { url } = await startSocket((socket) => {
      socket.end(
        `HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n${OK}Content-Length: 2\r\nConnection: close\r\n\r\n{}`,
      );
    });
    expect(await connect(url, jsonPlan()).operation(createContext())()).toEqual({});
  });

  it("answers before the body is sent is heard", async () => {
    const { url } = await startSocket((socket) => {
      socket.write("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    });
    let ended = false;
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) {
          yield Buffer.alloc(1_000);
          await new Promise((resolve) => setImmediate(resolve));
        }
      } finally {
        ended = true;
      }
    }
    const plan = planOf({
      method: "POST",
      body: { media: [{ mediaType: "a/b", kind: "binary" }] },
    });
    const answer = await connect(url, plan).operation(createContext()).result({ body: endless() });
    expect(answer).toMatchObject({ status: 413 });
    await vi.waitFor(() => expect(ended).toBe(true));
  });

  it("closes idle connections is connected to again", async () => {
    const { url, sockets } = await startSocket((socket) =>
      socket.write(`${OK}Content-Length: 2\r\n\r\n{}`),
    );
    const { operation } = connect(url, jsonPlan());
    expect(await operation(createContext())()).toEqual({});
    for (const socket of sockets) socket.destroy();
    await vi.waitFor(() => expect(sockets.size).toBe(0));
    expect(await operation(createContext())()).toEqual({});
  });
});

describe("memory", () => {
  it("stays small while a service sends without end", async () => {
    const { url } = await startSocket((socket) => {
      socket.write(`${OK}Connection: close\r\n\r\n`);
      flood(socket, "y".repeat(65_536));
    });
    const { operation } = connect(url, jsonPlan(), { maxAnswerBytes: 1_000_000 });
    const before = process.memoryUsage().rss;
    for (let time = 0; time < 20; time++) await failureOf(operation(createContext())());
    expect(process.memoryUsage().rss - before).toBeLessThan(40_000_000);
  });
});

describe("a timeout", () => {
  it("can be shorter for one call, and counts for the whole answer", async () => {
    const { url } = await startSocket((socket) =>
      socket.write(`${OK}Content-Length: 9\r\n\r\n{"a"`),
    );
    const { operation } = connect(url, jsonPlan());
    const error = await failureOf(operation(createContext())(undefined, { timeout: "30ms" }));
    expect(error).toMatchObject({
      code: "service-timeout",
      message: "the service did not finish its answer within 30 ms",
    });
  });

  it("never outlasts the deadline", async () => {
    const { url, sockets } = await startSocket(() => undefined);
    const { operation } = connect(url, jsonPlan(), { timeoutMs: 60_000 });
    const error = await failureOf(operation(createContext({ deadlineMs: 40 }))());
    expect(error).toMatchObject({
      name: "UpstreamError",
      code: "deadline-exceeded",
      status: 504,
      service: "svc",
      operation: "op",
    });
    await vi.waitFor(() => expect(sockets.size).toBe(0));
  });

  it("of a call with a fallback ends before the deadline, in time for the answer", async () => {
    const { url } = await startSocket(() => undefined);
    const { operation } = connect(url, jsonPlan(), { timeoutMs: 60_000 });
    const context = createContext({ deadlineMs: 300 });
    expect(await operation(context)(undefined, { fallback: 1 })).toBe(1);
    expect(context.deadline.remainingMs()).toBeGreaterThan(0);
    expect(context.degradations).toMatchObject([{ reason: "service-timeout" }]);
  });

  it("is not waited for when the deadline has passed already", async () => {
    const { url, requests } = await startRecorder(json({}));
    const { operation } = connect(url, jsonPlan());
    const context = createContext({ deadlineMs: 1 });
    await vi.waitFor(() => expect(context.deadline.signal.aborted).toBe(true));
    expect(await failureOf(operation(context)())).toMatchObject({
      code: "deadline-exceeded",
      service: "svc",
    });
    expect(requests).toEqual([]);
  });
});

describe("a streamed body", () => {
  const plan = planOf({ answers: { "200": { "application/x-ndjson": "ndjson" } } });
  const head = "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n";

  async function drain(iterable: unknown): Promise<unknown[]> {
    const got: unknown[] = [];
    try {
      for await (const item of iterable as AsyncIterable<unknown>) got.push(item);
    } catch (error) {
      got.push(error);
    }
    return got;
  }

  it("is told after interim answers, not by them", async () => {
    const { url } = await startSocket((socket) => {
      socket.end(`HTTP/1.1 103 Early Hints\r\n\r\n${head}Connection: close\r\n\r\n1\n`);
    });
    expect(await connect(url, plan).operation(createContext()).result()).toMatchObject({
      status: 200,
    });
  });

  it("comes whole to a reader that is slower than the service", async () => {
    const lines = 400;
    const { url } = await startRecorder((_request, response) => {
      response.writeHead(200, { "content-type": "application/x-ndjson" });
      response.end(`"${"y".repeat(10_000)}"\n`.repeat(lines));
    });
    let got = 0;
    const items = await connect(url, plan).operation(createContext())();
    for await (const item of items as AsyncIterable<unknown>) {
      expect(item).toHaveLength(10_000);
      got += 1;
      for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(got).toBe(lines);
  });

  it("that is cut gives what came, then the error", async () => {
    const { url } = await startSocket((socket) =>
      socket.end(`${head}Content-Length: 99\r\n\r\n1\n2\n`),
    );
    const got = await drain(await connect(url, plan).operation(createContext())());
    expect(got).toMatchObject([1, 2, { code: "service-failed", service: "svc" }]);
  });

  it("is held to the deadline to its end", async () => {
    const { url, sockets } = await startSocket((socket) => socket.write(`${head}\r\n1\n`));
    const got = await drain(
      await connect(url, plan).operation(createContext({ deadlineMs: 100 }))(),
    );
    expect(got).toMatchObject([1, { code: "deadline-exceeded", service: "svc" }]);
    await vi.waitFor(() => expect(sockets.size).toBe(0));
  });

  it("is not held to the timeout of a call while it is read", async () => {
    const { url } = await startSocket((socket) => {
      socket.write(`${head}Connection: close\r\n\r\n1\n`);
      setTimeout(() => socket.end("2\n"), 120);
    });
    expect(
      await drain(await connect(url, plan, { timeoutMs: 60 }).operation(createContext())()),
    ).toEqual([1, 2]);
  });

  it("that nobody reads is ended at the timeout of the call", async () => {
    const { url, sockets } = await startSocket((socket) => socket.write(`${head}\r\n1\n`));
    const stream = await connect(url, plan, { timeoutMs: 60 }).operation(createContext())();
    await vi.waitFor(() => expect(sockets.size).toBe(0));
    expect((await drain(stream)).at(-1)).toMatchObject({ code: "service-timeout" });
  });

  it("that nobody reads outlives no request, even one whose deadline was freed", async () => {
    const { url, sockets } = await startSocket((socket) => socket.write(`${head}\r\n1\n`));
    const context = createContext({ deadlineMs: 100 });
    await connect(url, plan, { timeoutMs: 150 }).operation(context)();
    context.deadline.dispose();
    await vi.waitFor(() => expect(sockets.size).toBe(0));
  });

  it("is ended by a reader that stops early", async () => {
    const { url, sockets } = await startSocket((socket) => socket.write(`${head}\r\n1\n2\n`));
    for await (const item of (await connect(url, plan).operation(
      createContext(),
    )()) as AsyncIterable<unknown>) {
      expect(item).toBe(1);
      break;
    }
    await vi.waitFor(() => expect(sockets.size).toBe(0));
  });

  it("comes no faster than it is read, by iteration and by pipe", async () => {
    let written = 0;
    const { url } = await startSocket((socket) => {
      socket.write(`${head}Connection: close\r\n\r\n`);
      const line = `"${"y".repeat(65_533)}"\n`;
      const more = (): void => {
        while (!socket.destroyed && written < 60_000_000 && socket.write(line))
          written += line.length;
      };
      socket.on("drain", more);
      more();
    });
    const { services } = connect(url, plan);
    const call = {
      service: "svc",
      operation: plan,
      method: "GET",
      target: "/op",
      headers: {},
      body: null,
      mode: "stream",
      timeoutMs: 2_000,
    } as const;
    const settled = async (): Promise<void> => {
      let before = -1;
      await vi.waitFor(
        () => {
          const same = written === before;
          before = written;
          expect(same).toBe(true);
        },
        { interval: 60 },
      );
    };

    const iterated = (await services.send("svc")({ ...call, context: createContext() }))
      .body as AnswerStream;
    const iterator = iterated[Symbol.asyncIterator]();
    await iterator.next();
    await settled();
    expect(written).toBeLessThan(30_000_000);
    await iterator.return?.();

    written = 0;
    const piped = (await services.send("svc")({ ...call, context: createContext() }))
      .body as AnswerStream;
    let taken = 0;
    piped.pipe({
      chunk: (chunk) => {
        taken += chunk.length;
        return false;
      },
      end: () => undefined,
      fail: () => undefined,
    });
    await settled();
    expect(written).toBeLessThan(30_000_000);
    const before = taken;
    piped.resume();
    await vi.waitFor(() => expect(taken).toBeGreaterThan(before));
    piped.discard();
  });
});
