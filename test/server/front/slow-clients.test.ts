import { once } from "node:events";
import { connect } from "node:net";
import { composed, proxied } from "heddle";
import { describe, expect, it } from "vitest";
import { eventually } from "../../support/eventually.ts";
import {
  atEnd,
  compose,
  itMeanwhile,
  operations,
  type RawConnection,
  rawConnection,
  requests,
  signal,
  startGateway,
} from "../support.ts";
import { SHORT, TLS, tlsConnection } from "./support.ts";

const save = compose.post("/web/save", ({ body }) => ({ body }));
const ping = compose.get("/web/ping", () => "pong");
const routes = [
  composed("web", "composers/web/save.ts", save),
  composed("web", "composers/web/ping.ts", ping),
  proxied("orders", operations.getOrder, "/orders"),
  proxied("orders", operations.putOrder, "/orders"),
];
/** More than the buffers of both ends of a connection hold. */
const LARGE = Buffer.alloc(16_777_216, "x");
const POST = "POST /web/save HTTP/1.1\r\nHost: g\r\nContent-Type: application/json\r\n";

/** The limit, two seconds, and what a busy machine takes. */
const PATIENCE_MS = 6_000;

async function closedInTime(connection: RawConnection): Promise<string> {
  const began = performance.now();
  const text = await connection.closed();
  expect(performance.now() - began).toBeLessThan(PATIENCE_MS);
  return text;
}

/** Writes a byte every so often, as long as it can. */
function drip(connection: RawConnection, text: string, everyMs: number): void {
  let at = 0;
  const timer = setInterval(() => {
    if (at < text.length && connection.socket.writable) connection.write(text[at++] ?? "");
  }, everyMs);
  connection.socket.on("close", () => clearInterval(timer));
}

describe("a client that is slow is closed", () => {
  itMeanwhile("when it says nothing at all, with 408", async () => {
    const { port } = await startGateway({ routes, server: { limits: SHORT } });
    expect(await closedInTime(await rawConnection(port))).toMatch(/^HTTP\/1\.1 408 /);
  });

  itMeanwhile("when its head does not end", async () => {
    const { port } = await startGateway({ routes, server: { limits: SHORT } });
    const connection = await rawConnection(port);
    drip(connection, `GET /web/ping HTTP/1.1\r\nHost: g\r\nX-Long: ${"x".repeat(999)}`, 100);
    expect(await closedInTime(connection)).toMatch(/^HTTP\/1\.1 408 /);
  });

  itMeanwhile("when its body stops, and what was done for it ends", async () => {
    const serviceLeft = signal();
    const { port, lines } = await startGateway({
      routes,
      server: { limits: SHORT },
      service: (req) => {
        req.resume().on("close", serviceLeft.happen);
      },
    });
    const connection = await rawConnection(port);
    connection.write("PUT /orders/orders/1 HTTP/1.1\r\nHost: g\r\nContent-Length: 9\r\n\r\nx");
    expect(await closedInTime(connection)).toMatch(/^HTTP\/1\.1 408 /);
    await serviceLeft.happened;
    expect(requests(lines)).toMatchObject([{ status: 499, gone: true }]);
  });

  itMeanwhile("when its body comes byte by byte, although it never stops", async () => {
    const { port } = await startGateway({ routes, server: { limits: SHORT } });
    const connection = await rawConnection(port);
    connection.write(`${POST}Content-Length: 900\r\n\r\n`);
    drip(connection, " ".repeat(900), 50);
    expect(await closedInTime(connection)).toMatch(/^HTTP\/1\.1 408 /);
  });

  itMeanwhile("when its body goes on behind an answer that did not wait for it", async () => {
    const { port } = await startGateway({ routes, server: { limits: SHORT } });
    const connection = await rawConnection(port);
    connection.write("POST /nowhere HTTP/1.1\r\nHost: g\r\nContent-Length: 900\r\n\r\n");
    drip(connection, " ".repeat(900), 50);
    expect(await closedInTime(connection)).toMatch(/^HTTP\/1\.1 404 /);
  });

  itMeanwhile("when it does not read its answer, and the service is left as well", async () => {
    const serviceLeft = signal();
    const { port, lines } = await startGateway({
      routes,
      server: { limits: SHORT },
      service: (_req, res) => {
        res.on("close", serviceLeft.happen);
        res.writeHead(200, { "content-type": "application/json" });
        res.write(LARGE);
      },
    });
    const connection = await rawConnection(port);
    connection.socket.pause();
    connection.write("GET /orders/orders/1 HTTP/1.1\r\nHost: g\r\n\r\n");
    await serviceLeft.happened;
    await eventually(() => expect(requests(lines)).toMatchObject([{ status: 499, gone: true }]));
  });

  itMeanwhile("when it asks for nothing more", async () => {
    const { port } = await startGateway({ routes, server: { limits: SHORT } });
    const connection = await rawConnection(port);
    connection.write("GET /web/ping HTTP/1.1\r\nHost: g\r\n\r\n");
    expect(await closedInTime(connection)).toMatch(/"pong"$/);
  });

  itMeanwhile("when it does not finish its TLS handshake", async () => {
    const { port, url } = await startGateway({ routes, server: { limits: SHORT, tls: TLS } });
    expect(url).toMatch(/^https:/);
    const connection = await rawConnection(port);
    drip(connection, "\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03", 300);
    expect(await closedInTime(connection)).toBe("");
  });

  itMeanwhile("when it says nothing inside of TLS", async () => {
    const { port } = await startGateway({ routes, server: { limits: SHORT, tls: TLS } });
    for (const protocol of ["http/1.1", "h2"]) {
      const socket = await tlsConnection(port, { ALPNProtocols: [protocol] });
      socket.resume();
      await once(socket, "close");
    }
  });

  itMeanwhile("when it does not read its answer inside of TLS", async () => {
    const serviceLeft = signal();
    const { port } = await startGateway({
      routes,
      server: { limits: SHORT, tls: TLS },
      service: (_req, res) => {
        res.on("close", serviceLeft.happen);
        res.writeHead(200, { "content-type": "application/json" });
        res.write(LARGE);
      },
    });
    const socket = await tlsConnection(port, { ALPNProtocols: ["http/1.1"] });
    socket.pause();
    socket.write("GET /orders/orders/1 HTTP/1.1\r\nHost: g\r\n\r\n");
    await serviceLeft.happened;
  });

  itMeanwhile("when it does not say which protocol it speaks", async () => {
    const { port } = await startGateway({
      routes,
      server: { limits: SHORT, http2: "cleartext" },
    });
    const connection = await rawConnection(port);
    connection.write("PRI * HTTP/2");
    expect(await closedInTime(connection)).toBe("");
  });
});

describe("a client that waits for the gateway is not slow", () => {
  itMeanwhile("while its body is not read, and while its answer is not there", async () => {
    const go = signal();
    let taken = 0;
    const { port } = await startGateway({
      routes,
      server: { limits: SHORT, bodyLimit: "64mb" },
      service: (req, res) => {
        // Far longer than every limit: nothing is read before.
        void go.happened.then(() => {
          req.on("data", (chunk: Buffer) => {
            taken += chunk.length;
          });
          req.on("end", () => res.writeHead(200, { "content-length": 2 }).end("{}"));
        });
      },
    });
    const connection = await rawConnection(port);
    connection.write(
      `PUT /orders/orders/1 HTTP/1.1\r\nHost: g\r\nContent-Length: ${LARGE.length}\r\n\r\n`,
    );
    connection.socket.write(LARGE);
    const timer = setTimeout(go.happen, 4_000);
    atEnd(() => clearTimeout(timer));
    expect(await connection.until(/\{\}$/)).toMatch(/^HTTP\/1\.1 200 /);
    expect(taken).toBe(LARGE.length);
  });
});

it("hundreds of slow clients of every kind are closed in time, and all others are answered", async () => {
  const { port, url } = await startGateway({
    routes,
    server: { limits: SHORT },
    service: (_req, res) => {
      res.writeHead(200, { "content-type": "application/json" });
      res.write(LARGE);
    },
  });
  const KINDS = [
    "",
    "GET /web/ping HTTP/1.1\r\nX-",
    `${POST}Content-Length: 9\r\n\r\n{`,
    "GET /orders/orders/1 HTTP/1.1\r\nHost: g\r\n\r\n",
    "GET /web/ping HTTP/1.1\r\nHost: g\r\n\r\n",
  ];
  let open = 0;
  const began = performance.now();
  for (let count = 0; count < 200; count += 1) {
    const kind = KINDS[count % KINDS.length] ?? "";
    const socket = connect(port, "127.0.0.1", () => socket.write(kind));
    socket.on("error", () => {});
    // What is not read is not seen to close either.
    if (kind.includes("/orders/")) socket.pause();
    else {
      open += 1;
      socket.resume().on("close", () => {
        open -= 1;
      });
    }
    atEnd(() => socket.destroy());
  }
  const statuses = new Set<number>();
  const connections = async (): Promise<number> => {
    const answer = await fetch(`${url}/metrics`);
    statuses.add(answer.status);
    statuses.add((await fetch(`${url}/web/ping`)).status);
    return Number(/^http_server_connections (\d+)/m.exec(await answer.text())?.[1]);
  };
  // Two, for those that ask.
  await eventually(async () => expect(await connections()).toBeLessThanOrEqual(2));
  expect(performance.now() - began).toBeLessThan(PATIENCE_MS + 2_000);
  await eventually(() => expect(open).toBe(0));
  expect([...statuses]).toEqual([200]);
});
