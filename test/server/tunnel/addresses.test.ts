/** WebSocket to a service with several addresses: what a handshake tells of the one that made it. */
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { WebSocketServer } from "ws";
import { eventually } from "../../support/eventually.ts";
import { atEnd, startServer } from "../support.ts";
import { connect, startTunnels } from "./support.ts";

const TOKEN = "0123456789abcdef";

/** A service that takes WebSocket while it is well, and answers 503 while it is not. */
async function startMember() {
  const member = { url: "", isWell: true, opened: 0 };
  const { url, server } = await startServer((_req, res) => {
    res.writeHead(member.isWell ? 200 : 503, { "content-type": "application/json" }).end("{}");
  });
  const wss = new WebSocketServer({ server, verifyClient: () => member.isWell });
  wss.on("connection", () => {
    member.opened += 1;
  });
  atEnd(() => {
    for (const one of wss.clients) one.terminate();
  });
  return Object.assign(member, { url });
}

async function startPair(ejection: object) {
  const [one, other] = [await startMember(), await startMember()];
  const gateway = await startTunnels({
    orders: { url: [one.url, other.url], ejection, retry: false },
    server: { admin: { token: TOKEN } },
  });
  const headers = { authorization: `Bearer ${TOKEN}` };
  const stateOf = async (url: string): Promise<string | undefined> => {
    const answer = await fetch(`${gateway.url}/admin/state`, { headers });
    const { services } = (await answer.json()) as {
      services: { orders: { addresses: readonly { address: string; state: string }[] } };
    };
    return services.orders.addresses.find(({ address }) => address === url)?.state;
  };
  /** Opens tunnels until this one has one more. */
  const reach = async (member: typeof one): Promise<void> => {
    const { opened } = member;
    while (member.opened === opened) await once(connect(gateway.wsUrl), "open");
  };
  return { ...gateway, one, other, stateOf, reach };
}

describe("a tunnel to one of several addresses", () => {
  it("ends the row of failures of the address that opened it", async () => {
    const { url, one, stateOf, reach } = await startPair({
      failures: 2,
      time: "1h",
      longest: "1h",
    });
    const failOnce = async (): Promise<void> => {
      one.isWell = false;
      let status = 200;
      while (status !== 503) status = (await fetch(`${url}/live/1`)).status;
      one.isWell = true;
    };
    await failOnce();
    await reach(one);
    await failOnce();
    expect(await stateOf(one.url)).toBe("up");
    await failOnce();
    expect(await stateOf(one.url)).toBe("ejected");
  });

  it("ends the probation of the address that opened it", async () => {
    const { url, one, stateOf, reach } = await startPair({
      failures: 1,
      time: "20ms",
      longest: "20ms",
    });
    one.isWell = false;
    let status = 200;
    while (status !== 503) status = (await fetch(`${url}/live/1`)).status;
    one.isWell = true;
    await eventually(async () => expect(await stateOf(one.url)).toBe("probation"));
    await reach(one);
    expect(await stateOf(one.url)).toBe("up");
  });
});
