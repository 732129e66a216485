/** No answer crosses between callers: whatever is kept, shared, renewed or stood in for, who asks gets their own. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { type Ask, type Scenario, scenario } from "./scenario.ts";
import { CREDENTIALS, createWorld, type Reply, type Seen } from "./world.ts";

/** What the service must have seen, for the answer to be this caller's. */
function expectedOf({ caller, route }: Ask, forward: readonly string[]): Seen {
  // A relayed request brings its own fields, credentials only where configuration says so.
  const sent = route.startsWith("relayed") ? [...forward, "x-tenant"] : forward;
  const own = CREDENTIALS.filter((name) => sent.includes(name) && caller[name] !== undefined);
  return Object.fromEntries(own.map((name) => [name, caller[name] ?? ""]));
}

function expectOwn(
  ask: Ask,
  { status, body, cacheStatus }: Reply,
  forward: readonly string[],
): void {
  // A failure is nobody's.
  if (status !== 200) {
    expect([500, 502]).toContain(status);
    return;
  }
  const { seen, read } = body as { seen?: Seen; read?: string | null };
  const { route, caller } = ask;
  const label = `${route} ${JSON.stringify(caller)} ${cacheStatus}`;
  if (!route.includes("public")) expect(seen, label).toEqual(expectedOf(ask, forward));
  if (route.endsWith("reading")) expect(read, label).toBe(caller["x-read"] ?? null);
}

/** How many answers came out of something that is shared: a test in which nothing is, shows nothing. */
let shared = 0;

async function play({ bursts, ...world }: Scenario): Promise<void> {
  const { ask, fail, close } = await createWorld({ bursts, ...world });
  try {
    for (const { asks, fails } of bursts) {
      fail(fails);
      const replies = await Promise.all(asks.map(ask));
      for (const [index, reply] of replies.entries()) {
        if (/hit|collapsed|fwd=stale/.test(reply.cacheStatus)) shared += 1;
        expectOwn(asks[index] as Ask, reply, world.forward);
      }
    }
  } finally {
    await close();
  }
}

it("every answer is one that was made for whoever gets it", { timeout: 120_000 }, async () => {
  await fc.assert(fc.asyncProperty(scenario, play), { numRuns: 80 });
  // About 120, give or take 30.
  expect(shared).toBeGreaterThan(40);
});
