/** How tunnels end: by either side, by silence, by a gateway that stops; and that nothing of them is left. */
import { once } from "node:events";
import type { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import type { WebSocket } from "ws";
import { eventually } from "../../support/eventually.ts";
import { type LoggedLine, rawConnection, requests, signal } from "../support.ts";
import {
  accepting,
  closing,
  connect,
  HANDSHAKE,
  nextMessage,
  onUpgrade,
  startTunnels,
} from "./support.ts";

/** The connection below a WebSocket. */
const socketOf = (one: WebSocket): Socket => (one as unknown as { _socket: Socket })._socket;

const line = (lines: readonly LoggedLine[]): Promise<LoggedLine> =>
  eventually(() => {
    const [first] = requests(lines);
    if (first === undefined) throw new Error("no request has ended");
    return first;
  });

describe("a tunnel whose service is gone", () => {
  it("ends for its client, without a goodbye that nobody said", async () => {
    const { pair, lines } = await startTunnels();
    const { client, service } = await pair();
    const closed = closing(client);
    socketOf(service).destroy();
    expect(await closed).toBe(1006);
    expect(await line(lines)).toMatchObject({ status: 101, broken: true, gone: undefined });
  });

  it("hands over what the service said before", async () => {
    const { pair } = await startTunnels();
    const { client, service } = await pair();
    const said = nextMessage(client);
    service.send(Buffer.alloc(300_000), () => socketOf(service).end());
    expect((await said).data).toHaveLength(300_000);
    await closing(client);
  });
});

describe("a tunnel whose client is gone", () => {
  it("ends for its service", async () => {
    const { pair, lines } = await startTunnels();
    const { client, service } = await pair();
    const closed = closing(service);
    socketOf(client).destroy();
    expect(await closed).toBe(1006);
    expect(await line(lines)).toMatchObject({ status: 101, gone: true, broken: undefined });
  });

  it("is a tunnel that was reset just as well", async () => {
    const { pair, lines } = await startTunnels();
    const { client, service } = await pair();
    const closed = closing(service);
    socketOf(client).resetAndDestroy();
    expect(await closed).toBe(1006);
    expect(await line(lines)).toMatchObject({ gone: true });
  });
});

describe("a tunnel on which both sides are silent", () => {
  it("is closed in order", async () => {
    const { pair, lines, url } = await startTunnels({ websocket: { idle: "60ms" } });
    const { client, service } = await pair();
    expect(await Promise.all([closing(client), closing(service)])).toEqual([1001, 1001]);
    expect(await line(lines)).toMatchObject({ status: 101, gone: undefined, broken: undefined });
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('end="idle"} 1');
  });

  it("stays as long as one of them speaks", async () => {
    const { pair } = await startTunnels({ websocket: { idle: "300ms" } });
    const { client, service } = await pair();
    const startedMs = performance.now();
    while (performance.now() - startedMs < 700) {
      service.ping();
      await once(client, "ping");
    }
    expect([client.readyState, service.readyState]).toEqual([client.OPEN, service.OPEN]);
  });
});

describe("a gateway that stops", () => {
  it("says goodbye to both sides, and waits until they have answered", async () => {
    const { pair, gateway, lines } = await startTunnels();
    const { client, service } = await pair();
    const codes = Promise.all([closing(client), closing(service)]);
    await gateway.close();
    expect(await codes).toEqual([1001, 1001]);
    expect(requests(lines)).toMatchObject([{ status: 101, gone: undefined, broken: undefined }]);
  });

  const body = Buffer.alloc(65_536, 7);
  const half = body.subarray(0, 32_768);

  it("lets the frame of the client that is under way end first", async () => {
    const { wss, port, gateway } = await startTunnels();
    const connected = once(wss, "connection");
    const client = await rawConnection(port);
    client.write(`GET /live/1 HTTP/1.1\r\n${HANDSHAKE.join("\r\n")}\r\n\r\n`);
    const [service] = (await connected) as [WebSocket];
    await client.until(/\r\n\r\n/);
    const [message, told] = [nextMessage(service), closing(service)];
    const head = Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
    client.socket.write(Buffer.concat([head, half]));
    await eventually(() => expect(socketOf(service).bytesRead).toBeGreaterThan(30_000));
    const closed = gateway.close();
    // The goodbye in the other direction does not wait.
    await eventually(() => expect(client.text().endsWith("\x88\x02\x03\xe9")).toBe(true));
    expect(service.readyState).toBe(service.OPEN);
    client.socket.write(half);
    expect((await message).data).toEqual(body);
    expect(await told).toBe(1001);
    client.socket.write(Buffer.from([0x88, 0x82, 0, 0, 0, 0, 0x03, 0xe9]));
    await closed;
    await client.closed();
  });

  it("lets the frame of the service that is under way end first", async () => {
    const { service, wsUrl, gateway } = await startTunnels({ bare: true });
    const upgraded = new Promise<Socket>((resolve) => {
      onUpgrade(service, (req, socket) => {
        socket.write(accepting(req));
        resolve(socket);
      });
    });
    const client = connect(wsUrl);
    const [socket] = await Promise.all([upgraded, once(client, "open")]);
    const [message, told] = [nextMessage(client), closing(client)];
    socket.write(Buffer.concat([Buffer.from([0x82, 0x7f, 0, 0, 0, 0, 0, 1, 0, 0]), half]));
    await eventually(() => expect(socketOf(client).bytesRead).toBeGreaterThan(30_000));
    const bye = once(socket, "data");
    const closed = gateway.close();
    const [[first, length, ...rest]] = (await bye) as [Buffer];
    const mask = rest.slice(0, 4);
    expect([first, length]).toEqual([0x88, 0x82]);
    expect(rest.slice(4).map((byte, index) => byte ^ (mask[index] ?? 0))).toEqual([0x03, 0xe9]);
    expect(client.readyState).toBe(client.OPEN);
    socket.write(half);
    expect((await message).data).toEqual(body);
    socket.end(Buffer.from([0x88, 2, 0x03, 0xe9]));
    expect(await told).toBe(1001);
    await closed;
  });

  it("puts its goodbye between the pieces of a message, as a control frame may be", async () => {
    const { pair, gateway } = await startTunnels();
    const { client, service } = await pair();
    const arrived = signal();
    socketOf(service).on("data", arrived.happen);
    client.send("begun", { fin: false });
    await arrived.happened;
    const codes = Promise.all([closing(client), closing(service)]);
    await gateway.close();
    expect(await codes).toEqual([1001, 1001]);
  });

  it("cuts off, when its grace is over, what does not answer", async () => {
    const {
      pair,
      gateway,
      service: server,
      url,
    } = await startTunnels({ server: { grace: "80ms" } });
    const { client, service } = await pair();
    service.pause();
    client.pause();
    const closed = closing(service);
    await gateway.close();
    service.resume();
    client.resume();
    expect([1001, 1006]).toContain(await closed);
    expect([server.listening, url]).toEqual([true, url]);
  });

  it("resets none of fifty tunnels that are in use", async () => {
    const { pair, gateway, lines } = await startTunnels();
    const pairs = [];
    for (let count = 0; count < 50; count++) pairs.push(await pair());
    const codes = pairs.flatMap(({ client, service }) => {
      service.on("message", (data) => service.send(data));
      client.on("message", (data) => client.readyState === client.OPEN && client.send(data));
      for (let count = 0; count < 5; count++) client.send(Buffer.alloc(20_000));
      return [closing(client), closing(service)];
    });
    await once(pairs[49]?.client as WebSocket, "message");
    await gateway.close();
    expect(new Set(await Promise.all(codes))).toEqual(new Set([1001]));
    expect(requests(lines)).toHaveLength(50);
    expect(requests(lines).filter(({ gone, broken }) => gone ?? broken)).toEqual([]);
  });

  it("takes no more tunnels", async () => {
    const { pair, gateway, wsUrl, service } = await startTunnels();
    const { client } = await pair();
    const asked = signal();
    service.prependListener("upgrade", asked.happen);
    client.pause();
    const late = connect(wsUrl);
    await asked.happened;
    const closed = gateway.close();
    client.resume();
    const code = await Promise.race([
      closing(late),
      once(late, "unexpected-response").then(() => 503),
    ]);
    expect([1001, 503]).toContain(code);
    await closed;
  });
});

describe("what tunnels leave behind", () => {
  it("is nothing: neither connections nor listeners", async () => {
    const { pair, service: server, gateway } = await startTunnels();
    const connections = (): Promise<number> =>
      new Promise((resolve) => server.getConnections((_, count) => resolve(count)));
    const warnings: Error[] = [];
    const warn = (warning: Error): void => void warnings.push(warning);
    process.on("warning", warn);
    for (let count = 0; count < 30; count++) {
      const { client, service } = await pair();
      const closed = closing(service);
      if (count % 3 === 0) client.close();
      else if (count % 3 === 1) client.terminate();
      else service.close();
      await closed;
    }
    await eventually(async () => expect(await connections()).toBe(0));
    process.off("warning", warn);
    expect(warnings).toEqual([]);
    await gateway.close();
  });
});
