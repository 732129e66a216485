/** What second attempts are paid from; and that nothing a service does can make them more. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileServiceRules } from "../../src/config/service-rules.ts";
import { type ProblemCode, UpstreamError } from "../../src/core/errors.ts";
import { buildPipeline } from "../../src/upstream/pipeline.ts";
import { RetryBudget } from "../../src/upstream/retry-budget.ts";
import type { Send, UpstreamCall } from "../../src/upstream/send.ts";
import { answerOf, callOf } from "./resilience-support.ts";
import { settingsOf } from "./support.ts";

describe("a budget", () => {
  it("starts with ten, and saves no more than that", () => {
    const budget = new RetryBudget(0.2);
    for (let call = 0; call < 1_000; call++) budget.earn();
    expect(budget.state()).toEqual({ tokens: 10 });
    let spent = 0;
    while (budget.spend()) spent++;
    expect(spent).toBe(10);
  });

  it.each([
    [0.2, 5],
    [0.1, 10],
    [1, 1],
  ])(
    "earns one of a share of %d in %d calls, no matter how the share is rounded",
    (share, calls) => {
      const budget = new RetryBudget(share);
      while (budget.spend());
      for (let round = 0; round < 1_000; round++) {
        for (let call = 1; call < calls; call++) budget.earn();
        expect(budget.spend()).toBe(false);
        budget.earn();
        expect(budget.spend()).toBe(true);
      }
    },
  );
});

/** What a service may do with one attempt. */
const deed = fc.constantFrom(
  "200",
  "404",
  "429",
  "500",
  "502",
  "503",
  "504",
  "lost",
  "cut",
  "slow",
  "late 200",
  "late 503",
  "late lost",
);
const method = fc.constantFrom("GET", "PUT", "POST");
const errors: Readonly<Record<string, ProblemCode>> = {
  lost: "service-unreachable",
  cut: "service-failed",
  slow: "service-timeout",
};

/** Ends as it is told; an attempt that loses is ended by its signal. */
function endOf(what: string, { signal }: UpstreamCall): ReturnType<Send> {
  return new Promise((resolve, reject) => {
    const end = (how: string): void => {
      const code = errors[how];
      if (code === undefined) resolve(answerOf(Number(how)));
      else reject(new UpstreamError(code, { service: "svc", operation: "op" }));
    };
    signal?.addEventListener("abort", () => reject(signal.reason));
    if (what.startsWith("late ")) setTimeout(end, 4, what.slice(5));
    else end(what);
  });
}

describe("whatever a service does", () => {
  const calls = fc.array(fc.tuple(method, deed, deed), { minLength: 1, maxLength: 100 });
  const breaker = compileServiceRules({ breaker: { minimum: 8, cooldown: "5ms" } }).breaker;

  it.each([
    ["retried", { breaker: undefined }],
    ["retried and hedged", { breaker: undefined, hedgeMs: 1 }],
    ["retried, hedged and left alone", { breaker, hedgeMs: 1 }],
    ["hedged only", { breaker: undefined, retry: undefined, hedgeMs: 1 }],
  ])(
    "a call that is %s has two attempts at most, and all have a fifth and ten more than calls",
    async (_how, more) => {
      await fc.assert(
        fc.asyncProperty(calls, async (list) => {
          let attempts = 0;
          let deeds: string[] = [];
          const retry = { budget: 0.2, backoffMs: 0 };
          const send = buildPipeline(
            {
              settings: settingsOf("http://x", { retry, ...more }),
              events: {},
              clock: () => performance.now(),
              now: () => 0,
              random: () => 0,
            },
            (call) => {
              attempts += 1;
              return endOf(deeds.shift() ?? "503", call);
            },
          );
          const { context } = callOf();
          for (const [at, [verb, ...two]] of list.entries()) {
            deeds = two;
            const call = callOf({ method: verb, context, target: `/${at}` });
            const before = attempts;
            await send(call).catch(() => undefined);
            const tries = attempts - before;
            expect(tries).toBeLessThanOrEqual(verb === "POST" ? 1 : 2);
            expect(call.notes?.attempts).toBe(tries);
            expect(attempts - (at + 1)).toBeLessThanOrEqual(0.2 * (at + 1) + 10);
          }
        }),
        { numRuns: 15 },
      );
    },
    30_000,
  );
});
