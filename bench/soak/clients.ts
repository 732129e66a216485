/** Clients that ask for everything at random, and of which some leave before they have their answer. */
import { Agent, type IncomingMessage, request } from "node:http";
import { FAULT_NAMES } from "./faults.ts";
import { RELAYED } from "./gateway.ts";

export interface MixOptions {
  readonly url: string;
  readonly count: number;
  /** Requests under way at a time. */
  readonly clients: number;
  /** From 0 to below 1. */
  readonly random: () => number;
}

/** How requests ended: by status, `left` (the client's own doing), `aborted` (the gateway's), `stuck` (never). */
export type Endings = Readonly<Record<string, number>>;

const COMPOSED = [
  ...["page", "page", "page", "stale", "stale", "cached", "cached", "hedged", "hedged"],
  ...["masked", "kept", "kept", "fragile", "fragile", "narrow", "refusing", "nameless"],
] as const;
const STUCK_MS = 20_000;
/** Few, so that identical calls meet and answers are kept; many, so that most are not. */
const IDS = 300;

/** Sends `count` requests and resolves when all have ended. */
export async function runMix({ url, count, clients, random }: MixOptions): Promise<Endings> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const endings: Record<string, number> = {};
  const pick = <Item>(items: readonly Item[]): Item =>
    items[Math.floor(random() * items.length)] as Item;
  let left = count;

  function once(): Promise<string> {
    // Half of the calls go well, as budgets and breakers want some.
    const fault = random() < 0.5 ? pick(["well", "fresh", "slow"] as const) : pick(FAULT_NAMES);
    const rest = `${fault}/${Math.floor(random() * IDS)}`;
    const isComposed = random() < 0.6;
    const isPost = random() < 0.15;
    const path = !isComposed
      ? `/${pick(RELAYED)}/items/${rest}`
      : `/web/${isPost ? "add" : pick(COMPOSED)}/${rest}`;
    const leavesAfterMs = random() < 0.1 ? random() * 60 : undefined;
    const headers: Record<string, string> = {};
    if (isComposed && !isPost && random() < 0.1) headers.accept = "application/x-ndjson";
    if (isPost) headers["content-type"] = "application/json";
    return new Promise((resolve) => {
      const settings = { agent, method: isPost ? "POST" : "GET", headers };
      let hasLeft = false;
      const sending = request(`${url}${path}`, settings, (response: IncomingMessage) => {
        response.resume();
        response.on("error", () => undefined);
        response.on("close", () =>
          finish(hasLeft ? "left" : response.complete ? String(response.statusCode) : "aborted"),
        );
      });
      const stuck = setTimeout(() => {
        finish("stuck");
        sending.destroy();
      }, STUCK_MS);
      const leaving =
        leavesAfterMs === undefined
          ? undefined
          : setTimeout(() => {
              hasLeft = true;
              sending.destroy();
            }, leavesAfterMs);
      function finish(ending: string): void {
        clearTimeout(stuck);
        clearTimeout(leaving);
        resolve(ending);
      }
      sending.on("error", () => finish(hasLeft ? "left" : "aborted"));
      sending.end(
        isPost ? JSON.stringify({ text: "x".repeat(pick([10, 1_000, 200_000])) }) : undefined,
      );
    });
  }

  async function client(): Promise<void> {
    while (left > 0) {
      left -= 1;
      const ending = await once();
      endings[ending] = (endings[ending] ?? 0) + 1;
    }
  }
  await Promise.all(Array.from({ length: clients }, client));
  agent.destroy();
  return endings;
}

/** A small generator (mulberry32), so that a mix can be had again. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
