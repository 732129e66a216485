/** Runs the routes that the guide on streaming shows. */
import { once } from "node:events";
import { createGateway } from "heddle";
import { expect, it } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { atEnd, recordingLog, startServer } from "../server/support.ts";
import { closing, connect, nextMessage, refusal } from "../server/tunnel/support.ts";
import { routes } from "./websocket.ts";

it("takes a chat to its service, and pages of other origins nowhere", async () => {
  const { url, server } = await startServer((_req, res) => void res.writeHead(426).end());
  const wss = new WebSocketServer({ server });
  wss.on("connection", (one: WebSocket) =>
    one.on("message", (text) => one.send(`you said ${text}`)),
  );
  const gateway = createGateway(
    {
      services: { chat: { url } },
      frontends: { web: { cors: ["https://shop.example"] } },
      server: { drainDelay: "0s" },
      routes,
    },
    { services: [], routes: [] },
    { env: {}, log: recordingLog() },
  );
  atEnd(() => gateway.close());
  const { port } = await gateway.listen({ port: 0, host: "127.0.0.1" });
  const at = (path: string): string => `ws://127.0.0.1:${port}${path}`;
  const client = connect(at("/live/1"), { origin: "https://shop.example" });
  await once(client, "open");
  client.send("hello");
  expect((await nextMessage(client)).data.toString()).toBe("you said hello");
  const evil = connect(at("/live/1"), { origin: "https://evil.example" });
  expect((await refusal(evil)).status).toBe(403);
  const feed = connect(at("/feed/a"), { origin: "https://app.example" });
  await once(feed, "open");
  const codes = Promise.all([closing(client), closing(feed)]);
  await gateway.close();
  expect(await codes).toEqual([1001, 1001]);
});
