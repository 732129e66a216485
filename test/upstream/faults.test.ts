/** The table of upstream faults: what each way to fail is told as, and that the next healthy call works. */
import type { Socket } from "node:net";
import { describe, expect, it, vi } from "vitest";
import {
  closedUrl,
  connect,
  createContext,
  failureOf,
  jsonPlan,
  planOf,
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
    code: "service-contract",
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
