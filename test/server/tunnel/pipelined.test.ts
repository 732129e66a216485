/** An upgrade behind requests that are still being answered. */
import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { faults, rawConnection, requests } from "../support.ts";
import { HANDSHAKE, startTunnels } from "./support.ts";

const PLAIN = "GET /plain HTTP/1.1\r\nHost: shop.example\r\n\r\n";
const LENGTH = 4_000_000;

describe.each(["websocket", "h2c"])("an upgrade to %s behind a request", (protocol) => {
  const upgrade = `GET /live/1 HTTP/1.1\r\n${HANDSHAKE.join("\r\n")}\r\n\r\n`.replace(
    "Upgrade: websocket",
    `Upgrade: ${protocol}`,
  );

  it("ends the connection when that one has its answer, and nothing else", async () => {
    const answers: ServerResponse[] = [];
    let asked = (): void => {};
    const both = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const { port, wss, lines } = await startTunnels({
      service: (_req, res) => {
        if (answers.push(res) === 2) asked();
      },
    });
    let opened = 0;
    wss.on("connection", () => {
      opened += 1;
    });
    const connection = await rawConnection(port);
    connection.write(PLAIN + PLAIN + upgrade);
    await both;
    for (const res of answers) {
      res.writeHead(200, { "content-type": "text/plain", "content-length": LENGTH });
      res.end("a".repeat(LENGTH));
    }
    const text = await connection.closed();
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 200", "HTTP/1.1 200"]);
    expect(text.match(/a{1000000,}/g)?.map(({ length }) => length)).toEqual([LENGTH, LENGTH]);
    expect(opened).toBe(0);
    expect(faults(lines)).toEqual([]);
    expect(requests(lines)).toHaveLength(2);
    // The gateway is still there for others.
    const other = await rawConnection(port);
    other.write(upgrade.replace("/live/1", "/nowhere").replace("Upgrade:", "X-Upgrade:"));
    expect(await other.until(/\r\n\r\n/)).toMatch(/^HTTP\/1\.1 404 /);
  });

  it("is forgotten when the client leaves before the answer", async () => {
    let asked = (_res: ServerResponse): void => {};
    const arrived = new Promise<ServerResponse>((resolve) => {
      asked = resolve;
    });
    const { port, gateway } = await startTunnels({ service: (_req, res) => asked(res) });
    const connection = await rawConnection(port);
    connection.write(PLAIN + upgrade);
    const res = await arrived;
    const closed = new Promise<void>((resolve) => void res.once("close", resolve));
    connection.socket.resetAndDestroy();
    await closed;
    await gateway.close();
    expect(connection.text()).toBe("");
  });
});
