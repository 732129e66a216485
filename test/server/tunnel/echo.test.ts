/** WebSocket through the gateway: what goes on, both ways. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { eventually } from "../../support/eventually.ts";
import { atEnd, faults, requests } from "../support.ts";
import { closing, nextMessage, startTunnels } from "./support.ts";

function echo(service: WebSocket): void {
  service.on("message", (data, isBinary) => service.send(data, { binary: isBinary }));
}

describe("a tunnel", () => {
  it("carries texts and bytes both ways, and ends by the closing handshake of its sides", async () => {
    const { pair, lines, gateway } = await startTunnels();
    const { client, service } = await pair();
    echo(service);
    client.send("grüße");
    expect((await nextMessage(client)).data.toString()).toBe("grüße");
    client.send(Buffer.from([0, 255, 1]));
    expect(await nextMessage(client)).toEqual({ data: Buffer.from([0, 255, 1]), isBinary: true });
    const closed = closing(service);
    client.close(4001, "enough");
    expect([await closing(client), await closed]).toEqual([4001, 4001]);
    await eventually(() => expect(requests(lines)).toHaveLength(1));
    expect(requests(lines)[0]).toMatchObject({
      status: 101,
      method: "GET",
      route: "/live/{room}",
      path: "/live/1",
      gone: undefined,
      broken: undefined,
    });
    expect(requests(lines)[0]?.bytes).toBeGreaterThan(10);
    expect(faults(lines)).toEqual([]);
    await gateway.close();
  });

  it("goes through a server of one's own", async () => {
    const { gateway, wss } = await startTunnels();
    wss.on("connection", echo);
    const own = createServer(gateway.callback());
    own.on("upgrade", gateway.upgrades(own));
    own.listen(0, "127.0.0.1");
    await once(own, "listening");
    atEnd(() => own.close());
    const { port } = own.address() as AddressInfo;
    const client = new WebSocket(`ws://127.0.0.1:${port}/live/1`);
    await once(client, "open");
    client.send("hello");
    expect((await nextMessage(client)).data.toString()).toBe("hello");
    client.close();
    await closing(client);
  });

  it("carries messages of several megabytes whole, in pieces and compressed", async () => {
    const { pair } = await startTunnels({ ws: { perMessageDeflate: true } });
    for (const perMessageDeflate of [false, true]) {
      const { client, service } = await pair({ perMessageDeflate });
      expect(client.extensions).toBe(perMessageDeflate ? "permessage-deflate" : "");
      echo(service);
      const big = Buffer.alloc(5_000_003, "abcdefgh-");
      const back = nextMessage(client);
      client.send(big.subarray(0, 1_000_000), { fin: false });
      client.send(big.subarray(1_000_000));
      expect((await back).data.equals(big)).toBe(true);
    }
  });

  it("is no faster than its slower side", async () => {
    const { pair } = await startTunnels();
    const { client, service } = await pair();
    service.pause();
    const chunk = Buffer.alloc(1_000_000);
    let isHeld = false;
    for (let count = 0; !isHeld && count < 200; count++) {
      isHeld = await Promise.race([
        new Promise<boolean>((resolve) => client.send(chunk, () => resolve(false))),
        new Promise<boolean>((resolve) => setTimeout(resolve, 300, true)),
      ]);
    }
    expect(isHeld).toBe(true);
    const last = new Promise<void>((resolve) => {
      service.on("message", (data: Buffer) => data.length === 4 && resolve());
    });
    service.resume();
    client.send("last");
    await last;
  });

  it("carries pings and pongs of either side", async () => {
    const { pair } = await startTunnels();
    const { client, service } = await pair();
    for (const [one, other] of [
      [client, service],
      [service, client],
    ] as const) {
      const seen = Promise.all([once(other, "ping"), once(one, "pong")]);
      one.ping("are you there");
      const [[ping], [pong]] = await seen;
      expect([String(ping), String(pong)]).toEqual(["are you there", "are you there"]);
    }
  });

  it("has the subprotocol that the service chooses among those that the client offers", async () => {
    const { pair } = await startTunnels({
      ws: { handleProtocols: (offered) => [...offered].at(-1) ?? false },
    });
    const { client } = await pair({ protocols: ["chat.v1", "chat.v2"] });
    expect(client.protocol).toBe("chat.v2");
  });

  it("asks the service with the gateway's own account of the client, and no credentials", async () => {
    const { wss, pair } = await startTunnels();
    const asked = once(wss, "connection");
    await pair({ headers: { cookie: "a=1", "x-forwarded-for": "9.9.9.9", "x-tenant": "t" } });
    const [, req] = await asked;
    expect(req.url).toBe("/live/1");
    expect(req.headers).toMatchObject({
      connection: "upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "x-forwarded-for": "127.0.0.1",
      "x-tenant": "t",
      via: "1.1 heddle",
      "x-request-id": expect.any(String),
    });
    expect(req.headers.cookie).toBeUndefined();
  });

  it("is counted while it is open, and measured when it has ended", async () => {
    const { pair, url } = await startTunnels();
    const { client } = await pair();
    const metrics = async (): Promise<string> => (await fetch(`${url}/metrics`)).text();
    expect(await metrics()).toMatch(/^heddle_tunnels_open 1$/m);
    client.send("x");
    client.close();
    await closing(client);
    await eventually(async () => {
      const text = await metrics();
      expect(text).toMatch(/^heddle_tunnels_open 0$/m);
      expect(text).toContain(
        'heddle_tunnel_duration_seconds_count{route="/live/{room}",end="closed"} 1',
      );
      // A text of one byte and a Close frame without a code, each with a head of six.
      expect(text).toContain('heddle_tunnel_bytes_total{route="/live/{room}",to="service"} 13');
    });
  });
});
