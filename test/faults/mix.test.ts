/** All faults at once, with clients that leave: afterwards nothing is under way, and nothing is left of it. */
import { queryObjects } from "node:v8";
import { expect, it, onTestFinished, vi } from "vitest";
import { runMix, seeded } from "../../bench/soak/clients.ts";
import { startFaultyServices } from "../../bench/soak/faults.ts";
import { countResources } from "../../bench/soak/figures.ts";
import { ADMIN_TOKEN, createSoakGateway } from "../../bench/soak/gateway.ts";
import { Inbound } from "../../src/server/inbound.ts";
import { OperationCall } from "../../src/upstream/operation-call.ts";
import { RelayedCall } from "../../src/upstream/relayed-call.ts";
import { recordingLog } from "../server/support.ts";

const COUNT = 500;

interface State {
  readonly inFlight: number;
  readonly services: Readonly<
    Record<string, { readonly bulkhead: { readonly active: number; readonly waiting: number } }>
  >;
}

it("a random mix of faults and leaving clients leaves no call, socket, timer or listener behind", async () => {
  const services = await startFaultyServices();
  onTestFinished(() => services.close());
  const log = recordingLog();
  const gateway = createSoakGateway(services.url, { log });
  onTestFinished(() => gateway.close());
  const { url } = await gateway.listen({ port: 0, host: "127.0.0.1" });
  const listeners = countListeners();
  const before = await atRest();

  const endings = await runMix({ url, count: COUNT, clients: 25, random: seeded(7) });
  const after = await atRest(() => services.hangUp());

  expect(Object.values(endings).reduce((sum, count) => sum + count)).toBe(COUNT);
  expect(endings).not.toHaveProperty("stuck");
  expect(endings).not.toHaveProperty("500");
  expect(Object.keys(endings)).toEqual(expect.arrayContaining(["200", "502", "504", "left"]));
  expect(log.lines.filter(({ level }) => level === "error")).toEqual([]);
  expect(after).toEqual(before);
  expect(countListeners()).toBe(listeners);
  // No map of what is under way holds on to anything: it would hold on to its call, and that to its request.
  log.lines.length = 0;
  await vi.waitFor(() => expect(COUNTED.map(alive)).toEqual([0, 0, 0]), { timeout: PATIENCE_MS });
  await vi.waitFor(async () => {
    const state = await stateOf(url);
    // The one that asks.
    expect(state.inFlight).toBe(1);
    for (const { bulkhead } of Object.values(state.services))
      expect(bulkhead).toMatchObject({ active: 0, waiting: 0 });
  });
});

const COUNTED = [Inbound, OperationCall, RelayedCall];

/** Objects of a class that survive a collection. */
function alive(made: (typeof COUNTED)[number]): number {
  return queryObjects(made, { format: "count" });
}

/** Of sockets, timers and lookups, that were made by the work that is over. */
const WORK: ReadonlySet<string> = new Set([
  "TCPSocketWrap",
  "TCPConnectWrap",
  "GetAddrInfoReqWrap",
]);
const PATIENCE_MS = 15_000;

/**
 * What keeps the event loop alive when the work is over, or when it never is. `hangUp` is called at every look: after
 * a call is given up, undici connects once more, to be ready for the next.
 */
async function atRest(hangUp: () => void = () => undefined): Promise<object> {
  const until = performance.now() + PATIENCE_MS;
  let last = "";
  for (;;) {
    hangUp();
    // When this timer has fired, there is none of ours to be counted.
    await new Promise((resolve) => setTimeout(resolve, 100));
    const resources = countResources();
    const now = JSON.stringify(resources);
    const isOver = Object.keys(resources).every((kind) => !WORK.has(kind));
    if ((isOver && now === last) || performance.now() > until) return resources;
    last = now;
  }
}

function countListeners(): number {
  return process.eventNames().reduce((sum, name) => sum + process.listenerCount(name as string), 0);
}

async function stateOf(url: string): Promise<State> {
  const answer = await fetch(`${url}/admin/state`, {
    headers: { authorization: `Bearer ${ADMIN_TOKEN}`, connection: "close" },
  });
  return (await answer.json()) as State;
}
