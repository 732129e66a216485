import { createHash } from "node:crypto";
import { once } from "node:events";
import { type IncomingMessage, request, type ServerResponse } from "node:http";
import { connect } from "node:net";
import { proxied } from "heddle";
import { describe, expect, it } from "vitest";
import { plan, rawRequest, signal, startGateway } from "../server/support.ts";
import { ask } from "../support/ask.ts";
import { eventually } from "../support/eventually.ts";

const put = plan("putOrder", "PUT", "/orders/{orderId}");
const get = plan("getOrder", "GET", "/orders/{orderId}");
const MEGABYTE = Buffer.alloc(1_048_576, "heddle");
/** More than all buffers of two connections hold. */
const MANY = 64;
/** Buffers of the kernel and of three streams. */
const BUFFERED_BYTES = 32 * 1_048_576;

function start(
  service: (req: IncomingMessage, res: ServerResponse) => void,
  bodyLimit?: "2kb" | "none",
) {
  return startGateway({
    routes: [proxied("orders", put, "/orders"), proxied("orders", get, "/orders")],
    service,
    server: { bodyLimit: "1kb" },
    orders: bodyLimit === undefined ? {} : { operations: { putOrder: { bodyLimit } } },
  });
}

function countBytes(req: IncomingMessage, res: ServerResponse): void {
  let bytes = 0;
  req.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
  });
  req.on("end", () => res.end(String(bytes)));
}

/** Resolves with a count that has stopped to grow. */
async function stalled(count: () => number): Promise<number> {
  let last = -1;
  let same = 0;
  await eventually(() => {
    same = count() === last && last > 0 ? same + 1 : 0;
    last = count();
    expect(same).toBeGreaterThan(100);
  });
  return last;
}

describe("a relayed body", () => {
  it.each([
    ["the server's limit", undefined, 1_024],
    ["its operation's own limit", "2kb", 2_048],
  ] as const)("is held to %s, its length told or not", async (_, limit, bytes) => {
    const { url, port } = await start(countBytes, limit);
    const target = `${url}/orders/orders/1`;
    const whole = await ask(target, { method: "PUT", body: "x".repeat(bytes) });
    expect([whole.status, whole.text]).toEqual([200, String(bytes)]);
    expect((await ask(target, { method: "PUT", body: "x".repeat(bytes + 1) })).status).toBe(413);
    const chunk = `${(bytes + 1).toString(16)}\r\n${"x".repeat(bytes + 1)}\r\n0\r\n\r\n`;
    const head = "PUT /orders/orders/1 HTTP/1.1\nHost: g\nTransfer-Encoding: chunked";
    expect(await rawRequest(port, head, chunk)).toMatch(/^HTTP\/1\.1 413 /);
  });

  it("may be of any size where its operation has no limit, and comes whole", async () => {
    const hash = createHash("sha256");
    const { url } = await start((req, res) => {
      req.on("data", (chunk: Buffer) => hash.update(chunk));
      req.on("end", () => res.end(hash.digest("hex")));
    }, "none");
    const sending = request(`${url}/orders/orders/1`, { method: "PUT", agent: false });
    const wanted = createHash("sha256");
    for (let count = 0; count < MANY; count++) {
      wanted.update(MEGABYTE);
      if (!sending.write(MEGABYTE)) await once(sending, "drain");
    }
    sending.end();
    const [answer] = (await once(sending, "response")) as [IncomingMessage];
    let text = "";
    for await (const chunk of answer) text += chunk;
    expect(text).toBe(wanted.digest("hex"));
  });

  it("waits at its client while the service does not read", async () => {
    const paused = signal();
    let read: (() => void) | undefined;
    const { url } = await start((req, res) => {
      read = () => countBytes(req, res);
      paused.happen();
    }, "none");
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    let text = "";
    socket.setEncoding("latin1").on("data", (more: string) => {
      text += more;
    });
    const length = MANY * MEGABYTE.length;
    socket.write(`PUT /orders/orders/1 HTTP/1.1\r\nHost: g\r\nContent-Length: ${length}\r\n\r\n`);
    for (let count = 0; count < MANY; count++) socket.write(MEGABYTE);
    await paused.happened;
    const sent = await stalled(() => socket.bytesWritten - socket.writableLength);
    expect(sent).toBeLessThan(BUFFERED_BYTES);
    read?.();
    await eventually(() => expect(text).toMatch(new RegExp(`\r\n\r\n.*${length}`, "s")));
    socket.destroy();
  });

  it("waits at the service while its client does not read", async () => {
    let sent = 0;
    const { url } = await start((_req, res) => {
      res.writeHead(200, { "content-length": MANY * MEGABYTE.length });
      const more = (): void => {
        while (sent < MANY) {
          sent += 1;
          if (!res.write(MEGABYTE)) {
            res.once("drain", more);
            return;
          }
        }
        res.end();
      };
      more();
    });
    const asking = request(`${url}/orders/orders/1`, { agent: false }).end();
    const [answer] = (await once(asking, "response")) as [IncomingMessage];
    const count = await stalled(() => sent);
    expect(count * MEGABYTE.length).toBeLessThan(BUFFERED_BYTES);
    let bytes = 0;
    for await (const chunk of answer) bytes += (chunk as Buffer).length;
    expect(bytes).toBe(MANY * MEGABYTE.length);
  });

  it("ends at the service when its client leaves in the middle", async () => {
    const begun = signal();
    const ended = signal();
    const { port, lines } = await start((req) => {
      req.once("data", begun.happen);
      req.on("error", () => {});
      req.on("close", () => {
        if (!req.complete) ended.happen();
      });
    }, "none");
    const socket = connect(port, "127.0.0.1");
    socket.write("PUT /orders/orders/1 HTTP/1.1\r\nHost: g\r\nContent-Length: 9\r\n\r\nabc");
    await begun.happened;
    socket.destroy();
    await ended.happened;
    await eventually(() => expect(lines.some(({ status }) => status === 499)).toBe(true));
  });

  it("ends the client's connection when the service breaks off in the middle of its answer", async () => {
    const { url } = await start((_req, res) => {
      res.writeHead(200, { "content-length": 9 });
      res.write("abc", () => res.destroy());
    });
    const { status, aborted, text } = await ask(`${url}/orders/orders/1`);
    expect([status, aborted, text]).toEqual([200, true, "abc"]);
  });
});
