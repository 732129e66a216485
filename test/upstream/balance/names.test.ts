/** Names that are resolved at an interval, each answer an address of its own, against real servers. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Place } from "../../../src/upstream/balance/target.ts";
import { targetsOf } from "../../../src/upstream/balance/target.ts";
import { eventually } from "../../support/eventually.ts";
import { balanced } from "./support.ts";

/** Of what every host of the loopback network was asked. */
interface Hosts {
  readonly port: number;
  readonly seen: string[];
}

/** One port at several hosts of the loopback network. */
async function startHosts(hosts: readonly string[]): Promise<Hosts> {
  const seen: string[] = [];
  let port = 0;
  for (const host of hosts) {
    const server = createServer((request, response) => {
      seen.push(`${host} ${request.headers.host}`);
      response.end(host);
    });
    await new Promise<void>((resolve) => server.listen(port, host, resolve));
    ({ port } = server.address() as AddressInfo);
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
  }
  return { port, seen };
}

const places = (...addresses: string[]): Place[] =>
  addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));

/** A look-up whose answers a test changes. */
function answering(first: readonly Place[] | Error) {
  const look = {
    answer: first as readonly Place[] | Error,
    asked: [] as string[],
    async resolve(name: string): Promise<readonly Place[]> {
      look.asked.push(name);
      if (look.answer instanceof Error) throw look.answer;
      return look.answer;
    },
  };
  return look;
}

describe("a name that is resolved at an interval", () => {
  it("is an address for each answer, and stays the name in Host", async () => {
    const { port, seen } = await startHosts(["127.0.0.1", "127.0.0.2"]);
    const look = answering(places("127.0.0.1", "127.0.0.2"));
    const url = `http://orders.test:${port}`;
    const { send, state } = balanced([url], { dnsMs: 60_000 }, { resolve: look.resolve });
    await eventually(() => expect(state()).toHaveLength(2));
    for (let call = 0; call < 40; call += 1) await send();
    expect(new Set(seen)).toEqual(
      new Set([`127.0.0.1 orders.test:${port}`, `127.0.0.2 orders.test:${port}`]),
    );
    expect(state().map(({ address, weight }) => [address, weight])).toEqual([
      [`${url} 127.0.0.1`, 0.5],
      [`${url} 127.0.0.2`, 0.5],
    ]);
    expect(look.asked).toEqual(["orders.test"]);
  });

  it("leads elsewhere when it changes, without a lost call", async () => {
    const { port, seen } = await startHosts(["127.0.0.1", "127.0.0.2"]);
    const look = answering(places("127.0.0.1"));
    const { send, told } = balanced(
      [`http://orders.test:${port}`],
      { dnsMs: 10 },
      { resolve: look.resolve },
    );
    await eventually(() => expect(told).toHaveLength(2));
    const calls = Array.from({ length: 20 }, () => send());
    look.answer = places("127.0.0.2");
    await eventually(() => expect(told).toHaveLength(4));
    await Promise.all(calls);
    const before = seen.length;
    await send();
    expect(seen.slice(before)).toEqual([`127.0.0.2 orders.test:${port}`]);
    expect(told.slice(2)).toEqual([
      { address: `http://orders.test:${port} 127.0.0.2`, state: "joined" },
      { address: `http://orders.test:${port} 127.0.0.1`, state: "left" },
    ]);
  });

  it.each([
    ["fails", new Error("ENOTFOUND")],
    ["has no answer", []],
  ])("keeps what it had when a look-up %s", async (_how, answer) => {
    const { port } = await startHosts(["127.0.0.1"]);
    const look = answering(places("127.0.0.1"));
    const { send, told } = balanced(
      [`http://orders.test:${port}`],
      { dnsMs: 5 },
      { resolve: look.resolve },
    );
    await eventually(() => expect(told).toHaveLength(2));
    look.answer = answer;
    const before = look.asked.length;
    await eventually(() => expect(look.asked.length).toBeGreaterThan(before + 3));
    expect(await send()).toMatchObject({ status: 200 });
    expect(told).toHaveLength(2);
  });

  it("is looked up by nobody where it is a number", async () => {
    const { port } = await startHosts(["127.0.0.1"]);
    const look = answering(new Error("not to be asked"));
    const { send } = balanced(
      [`http://127.0.0.1:${port}`, `http://[::1]:${port}`],
      { dnsMs: 5 },
      { resolve: look.resolve },
    );
    await send();
    expect(look.asked).toEqual([]);
  });

  it("of both kinds is used by IPv4", async () => {
    const { port } = await startHosts(["127.0.0.1"]);
    const look = answering(places("::1", "127.0.0.1", "127.0.0.1"));
    const { state } = balanced(
      [`http://orders.test:${port}`],
      { dnsMs: 60_000 },
      { resolve: look.resolve },
    );
    await eventually(() =>
      expect(state().map(({ address }) => address)).toEqual([
        `http://orders.test:${port} 127.0.0.1`,
      ]),
    );
  });

  it("is asked for again when addresses are updated", async () => {
    const { port } = await startHosts(["127.0.0.1", "127.0.0.2"]);
    const look = answering(places("127.0.0.1", "127.0.0.2"));
    const { update, state, send } = balanced(
      [`http://orders.test:${port}`],
      { dnsMs: 60_000 },
      { resolve: look.resolve },
    );
    await eventually(() => expect(state()).toHaveLength(2));
    update([`http://orders.test:${port}`, `http://others.test:${port}`]);
    await eventually(() => expect(state()).toHaveLength(4));
    expect(await send()).toMatchObject({ status: 200 });
  });
});

it("the places of a name share its weight", () => {
  const found = new Map([["a.test", places("10.0.0.1", "10.0.0.2", "10.0.0.3")]]);
  const addresses = [
    { url: "http://a.test", weight: 6 },
    { url: "http://b.test", weight: 1 },
  ];
  expect(targetsOf(addresses, found).map(({ key, weight }) => [key, weight])).toEqual([
    ["http://a.test 10.0.0.1", 2],
    ["http://a.test 10.0.0.2", 2],
    ["http://a.test 10.0.0.3", 2],
    ["http://b.test", 1],
  ]);
});
