/** Upgrades over TLS, and those that are overlooked there. */
import { once } from "node:events";
import { expect, it } from "vitest";
import { WebSocket } from "ws";
import { CERT, TLS, tlsConnection } from "../front/support.ts";
import { atEnd } from "../support.ts";
import { nextMessage, startTunnels } from "./support.ts";

it("WebSocket goes through a server that speaks TLS", async () => {
  const { port, wss } = await startTunnels({ server: { tls: TLS } });
  wss.on("connection", (service) => service.on("message", (data) => service.send(`got ${data}`)));
  const client = new WebSocket(`wss://localhost:${port}/live/1`, { ca: CERT });
  atEnd(() => client.terminate());
  await once(client, "open");
  client.send("a thread");
  expect(String((await nextMessage(client)).data)).toBe("got a thread");
});

it.each([false, "cleartext"] as const)("and one with http2: %s", async (http2) => {
  const { pair } = await startTunnels({ server: { http2 } });
  const { client, service } = await pair();
  const message = nextMessage(service);
  client.send("a thread");
  expect(String((await message).data)).toBe("a thread");
});

it("an upgrade over TLS to something else is overlooked, and the connection kept", async () => {
  const { port } = await startTunnels({
    bare: true,
    server: { tls: TLS },
    service: (req, res) => res.end(`${req.url} ${"upgrade" in req.headers}`),
  });
  const socket = await tlsConnection(port, { ALPNProtocols: ["http/1.1"] });
  for (let count = 0; count < 2; count++) {
    socket.write("GET /plain HTTP/1.1\r\nHost: g\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n");
    const [chunk] = await once(socket, "data");
    expect(String(chunk)).toMatch(/^HTTP\/1\.1 200 .*\/plain false/s);
  }
});
