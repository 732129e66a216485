/** What is refused under load, by what the gauge says. */
import { describe, expect, it } from "vitest";
import type { InboundContext } from "../../src/server/inbound.ts";
import { type ShedOptions, shed } from "../../src/server/middleware/shed.ts";

const CALM: ShedOptions["gauge"] = {
  limit: Number.POSITIVE_INFINITY,
  waiting: 0,
  cameRoundMs: 1_000,
};

/** Why a request is refused that began at 1,300 ms, with so many under way. */
async function reason(size: number, gauge: Partial<ShedOptions["gauge"]> = {}) {
  const reasons: string[] = [];
  const fields = { add() {}, writeHead() {} };
  const ctx = { state: { id: "1", startedAt: 1_300, fields }, req: {}, res: { end() {} } };
  const middleware = shed({
    inFlight: { size, all: () => [] },
    maxInFlight: undefined,
    gauge: { ...CALM, ...gauge },
    isSurplus: () => false,
    told: (why) => reasons.push(why),
  });
  let wentOn = false;
  await middleware(ctx as unknown as InboundContext, async () => {
    wentOn = true;
  });
  expect(wentOn).toBe(reasons.length === 0);
  return reasons[0];
}

describe("a request is refused", () => {
  it("beyond the gauge's limit, without those that wait for their clients", async () => {
    expect(await reason(51, { limit: 50, cameRoundMs: 1_299 })).toBe("overload");
    expect(await reason(50, { limit: 50, cameRoundMs: 1_299 })).toBeUndefined();
    expect(await reason(51, { limit: 50, waiting: 1, cameRoundMs: 1_299 })).toBeUndefined();
  });

  it("when many are under way and the event loop does not come round", async () => {
    expect(await reason(65)).toBe("overload");
    expect(await reason(64)).toBeUndefined();
    expect(await reason(65, { cameRoundMs: 1_100 })).toBeUndefined();
    expect(await reason(65, { cameRoundMs: Number.POSITIVE_INFINITY })).toBeUndefined();
  });
});
