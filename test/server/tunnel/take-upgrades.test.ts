/** The answer to an upgrade, as whoever writes it sees it. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { upgradesOf } from "../../../src/server/tunnel/take-upgrades.ts";
import { atEnd, rawConnection, signal } from "../support.ts";
import { HANDSHAKE } from "./support.ts";

it("the answer to an upgrade is over once, also when its last bytes are given up after its client has left", async () => {
  const server = createServer();
  const asked = signal();
  const left = signal();
  let closed = 0;
  const upgrade = upgradesOf(server, (_req, res) => {
    res.on("close", () => {
      closed += 1;
      // Node.js says so of bytes that a connection takes no more.
      if (closed === 1) res.emit("finish");
      left.happen();
    });
    asked.happen();
  });
  server.on("upgrade", upgrade);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  atEnd(() => new Promise((resolve) => server.close(resolve)));
  const connection = await rawConnection((server.address() as AddressInfo).port);
  connection.write(`GET / HTTP/1.1\r\n${HANDSHAKE.join("\r\n")}\r\n\r\n`);
  await asked.happened;
  connection.socket.resetAndDestroy();
  await left.happened;
  expect(closed).toBe(1);
});
