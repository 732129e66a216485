/** Large bodies arrive byte for byte, whatever is spoken on either side and however slow it is, though memory is freed behind them. */
import { createHash, randomBytes } from "node:crypto";
import { type IncomingMessage, request, type ServerResponse } from "node:http";
import { type ClientHttp2Session, connect as connectHttp2, createSecureServer } from "node:http2";
import { request as requestTls } from "node:https";
import type { AddressInfo } from "node:net";
import type { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { proxied } from "heddle";
import { describe, expect, it } from "vitest";
import { CERTIFICATE_FILE, TEST_CERTIFICATE } from "../support/test-certificate.ts";
import { CERT, TLS } from "./front/support.ts";
import { atEnd, operations, startGateway } from "./support.ts";

const routes = [
  proxied("orders", operations.getOrder, ""),
  proxied("orders", operations.putOrder, ""),
];
const BODY = randomBytes(6_000_000);
const hashOf = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");
const EXPECTED = hashOf(BODY);

/** Reads, and stands still for a turn now and then, so that buffers fill up. */
async function slowHash(body: Readable): Promise<string> {
  const hash = createHash("sha256");
  let count = 0;
  for await (const chunk of body) {
    hash.update(chunk as Buffer);
    count += 1;
    if (count % 16 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return hash.digest("hex");
}

/** In pieces of every size. */
async function writeAll(to: Writable): Promise<void> {
  function* pieces(): Generator<Buffer> {
    for (let at = 0, size = 1_000; at < BODY.length; at += size, size = (size * 7) % 150_001) {
      yield BODY.subarray(at, at + size);
    }
  }
  await pipeline(pieces, to);
}

/** Answers a GET with the body, and a PUT with the hash of what it was given. */
async function serve(
  req: Readable & { method?: string | undefined },
  res: Writable,
): Promise<void> {
  if (req.method === "PUT") res.end(await slowHash(req));
  else await writeAll(res);
}

type Exchange = (method: "GET" | "PUT") => Promise<string>;

/** The hash of what came to the other end. */
function http1Client(url: string): Exchange {
  return async (method) => {
    const ask = url.startsWith("https") ? requestTls : request;
    const req = ask(`${url}/orders/1`, { method, ca: CERT, agent: false, servername: "localhost" });
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      req.on("response", resolve).on("error", reject);
    });
    if (method === "PUT") await writeAll(req);
    else req.end();
    const answer = await answered;
    if (method === "GET") return slowHash(answer);
    return String(await answer.setEncoding("latin1").toArray());
  };
}

function http2Client(url: string): Exchange {
  const session: ClientHttp2Session = connectHttp2(url.replace("127.0.0.1", "localhost"), {
    ca: CERT,
  });
  atEnd(() => session.destroy());
  return async (method) => {
    const stream = session.request({ ":path": "/orders/1", ":method": method });
    if (method === "PUT") {
      void writeAll(stream);
      return String(await stream.setEncoding("latin1").toArray());
    }
    return slowHash(stream);
  };
}

async function http2Service(): Promise<string> {
  const server = createSecureServer(TEST_CERTIFICATE, (req, res) => void serve(req, res.stream));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  atEnd(() => void server.close());
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const service = (req: IncomingMessage, res: ServerResponse): void => void serve(req, res);
const bodyLimit = { operations: { putOrder: { bodyLimit: "none" } } } as const;

describe.each(["one after the other", "four at a time"])("large bodies, %s,", (how) => {
  async function bothWays(exchange: Exchange): Promise<void> {
    const count = how.startsWith("four") ? 4 : 1;
    const asked = Array.from({ length: count }, () => [exchange("GET"), exchange("PUT")]).flat();
    expect(await Promise.all(asked)).toEqual(asked.map(() => EXPECTED));
  }

  it("arrive whole over HTTP/1.1", async () => {
    const { url } = await startGateway({ routes, service, orders: bodyLimit });
    await bothWays(http1Client(url));
  });

  it("arrive whole over TLS", async () => {
    const { url } = await startGateway({
      routes,
      service,
      orders: bodyLimit,
      server: { tls: TLS },
    });
    await bothWays(http1Client(url));
  });

  it("arrive whole from and to a client of HTTP/2", async () => {
    const { url } = await startGateway({
      routes,
      service,
      orders: bodyLimit,
      server: { tls: TLS },
    });
    await bothWays(http2Client(url));
  });

  it("arrive whole from and to a service of HTTP/2", async () => {
    const { url } = await startGateway({
      routes,
      orders: {
        ...bodyLimit,
        url: await http2Service(),
        protocol: "http2",
        tls: { ca: CERTIFICATE_FILE },
      },
    });
    await bothWays(http1Client(url));
  });

  it("arrive whole while they are copied for the cache, and from it", async () => {
    const { url } = await startGateway({
      routes,
      service: (req, res) => {
        res.setHeader("cache-control", "max-age=60");
        service(req, res);
      },
      orders: {
        operations: {
          putOrder: { bodyLimit: "none" },
          getOrder: { cache: { ttl: "1m", public: "the same for all callers" } },
        },
      },
    });
    const exchange = http1Client(url);
    await bothWays(exchange);
    expect(await exchange("GET")).toBe(EXPECTED);
  });
});
