/** Random callers, credentials, orders and departures: no answer crosses from one partition to another, nothing is left. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RequestContext } from "../../src/core/context.ts";
import type { Abortable, Deadline } from "../../src/core/deadline.ts";
import type { Flights } from "../../src/upstream/flight/flight.ts";
import { coalesce } from "../../src/upstream/layers/coalesce.ts";
import { once } from "../../src/upstream/layers/once.ts";
import { compileOperation } from "../../src/upstream/operation.ts";
import { NO_OPTIONS, OperationCall } from "../../src/upstream/operation-call.ts";
import { stack } from "../../src/upstream/pipeline.ts";
import type { Send, UpstreamAnswer, UpstreamCall } from "../../src/upstream/send.ts";
import { sharingOf } from "../../src/upstream/sharing-key.ts";
import { jsonPlan } from "./support.ts";

/** A deadline without a timer, which knows who watches it. */
class HandDeadline implements Deadline {
  readonly watchers = new Set<Abortable>();
  readonly timeoutMs: number;
  readonly fullMs: number;
  readonly signal = new AbortController().signal;
  aborted = false;
  reason: unknown;

  constructor(timeoutMs: number) {
    this.timeoutMs = timeoutMs;
    this.fullMs = timeoutMs;
  }

  remainingMs(): number {
    return this.aborted ? 0 : this.timeoutMs;
  }

  watch(member: Abortable): void {
    this.watchers.add(member);
  }

  unwatch(member: Abortable): void {
    this.watchers.delete(member);
  }

  throwIfAborted(): void {
    if (this.aborted) throw this.reason;
  }

  cancel(reason: unknown): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    const watchers = [...this.watchers];
    this.watchers.clear();
    for (const watcher of watchers) watcher.aborted(reason);
  }

  dispose(): void {}
}

/** A transport that answers by hand, with who was asked for what; it gives up when its deadline ends. */
class HandTransport {
  readonly pending: Pending[] = [];
  readonly send: Send = (call) =>
    new Promise((resolve, reject) => {
      const pending = new Pending(call, resolve, reject, this.pending);
      this.pending.push(pending);
      call.context.deadline.watch(pending);
    });
}

class Pending implements Abortable {
  readonly call: UpstreamCall;
  readonly resolve: (answer: UpstreamAnswer) => void;
  readonly reject: (error: unknown) => void;
  readonly all: Pending[];

  constructor(
    call: UpstreamCall,
    resolve: (answer: UpstreamAnswer) => void,
    reject: (error: unknown) => void,
    all: Pending[],
  ) {
    this.call = call;
    this.resolve = resolve;
    this.reject = reject;
    this.all = all;
  }

  aborted(reason: unknown): void {
    this.leave();
    this.reject(reason);
  }

  leave(): void {
    this.all.splice(this.all.indexOf(this), 1);
    this.call.context.deadline.unwatch(this);
  }

  /** What a service would: only what was forwarded to it decides what it tells. */
  answer(): void {
    this.leave();
    const { context, target } = this.call;
    const value = { owner: context.headers.authorization ?? null, target, list: [{}] };
    this.resolve({ status: 200, headers: {}, body: Buffer.alloc(0), value });
  }
}

interface Caller {
  readonly authorization: string | undefined;
  readonly deadline: HandDeadline;
  readonly context: RequestContext;
}

const quiet = (): void => undefined;

function createCaller(authorization: string | undefined, timeoutMs: number): Caller {
  const deadline = new HandDeadline(timeoutMs);
  return {
    authorization,
    deadline,
    context: {
      id: "",
      deadline,
      headers: authorization === undefined ? {} : { authorization },
      degradations: [],
      calls: new Map(),
      log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
      part: "",
    },
  };
}

const plan = jsonPlan({
  name: "get",
  path: ["/", { name: "id", style: "simple", explode: false, required: true }],
});
const writePlan = jsonPlan({ name: "put", method: "PUT" });

/** What happens, one after the other. The numbers choose among what is there, by remainder. */
type Step =
  | { readonly kind: "come"; readonly authorization: string | undefined; readonly ms: number }
  | { readonly kind: "get"; readonly caller: number; readonly id: number; readonly own: boolean }
  | { readonly kind: "put"; readonly caller: number }
  | { readonly kind: "answer" | "fail"; readonly pending: number }
  | { readonly kind: "leave"; readonly caller: number }
  | { readonly kind: "turn" };

const nat = fc.nat(50);
/** Values that look like lines of a key, or like each other's JSON. */
const authorization = fc.constantFrom(
  undefined,
  "",
  "ada",
  '"ada"',
  "null",
  'ada\n\nauthorization:"bob"',
  "bob",
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("come"),
      authorization,
      ms: fc.constantFrom(50, 5_000),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("get"),
      caller: nat,
      id: fc.nat(2),
      own: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("put"), caller: nat }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom("answer", "fail"), pending: nat }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("leave"), caller: nat }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("turn") }) },
) as fc.Arbitrary<Step>;

describe("shared calls of random callers", () => {
  it("cross no partition, lose nobody's answer and leave nothing behind", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 80 }), async (steps) => {
        const flights: Flights = new Map();
        const transport = new HandTransport();
        const send = stack([once, coalesce(() => 0, flights)], transport.send);
        const callers: Caller[] = [createCaller(undefined, 5_000)];
        const settled: Promise<void>[] = [];
        const facts = { send, timeoutMs: 100, maxAnswerBytes: 1, rules: undefined, now: () => 0 };
        const caller = {
          ...facts,
          operation: compileOperation("svc", plan),
          forward: ["authorization"],
          sharing: sharingOf("svc", plan, 100),
        };
        const writer = {
          ...facts,
          operation: compileOperation("svc", writePlan),
          forward: [],
          sharing: sharingOf("svc", writePlan, 100),
        };
        const pick = <Item>(items: readonly Item[], at: number): Item | undefined =>
          items[at % items.length];

        for (const one of steps) {
          const who = "caller" in one ? pick(callers, one.caller) : undefined;
          if (one.kind === "come") callers.push(createCaller(one.authorization, one.ms));
          else if (one.kind === "turn") await new Promise(setImmediate);
          else if (one.kind === "leave") who?.deadline.cancel(new Error("left"));
          else if (one.kind === "answer") pick(transport.pending, one.pending)?.answer();
          else if (one.kind === "fail") {
            const failing = pick(transport.pending, one.pending);
            failing?.leave();
            failing?.reject(new Error("failed"));
          } else if (who !== undefined && !who.deadline.aborted) {
            const isGet = one.kind === "get";
            const id = isGet ? one.id : 0;
            // A field of the call's own that looks like what is forwarded.
            const options =
              isGet && one.own
                ? { headers: { "x-own": who.authorization?.split("\n")[0] ?? "" } }
                : NO_OPTIONS;
            const call = new OperationCall(
              isGet ? caller : writer,
              who.context,
              isGet ? { path: { id } } : {},
              options,
              "collect",
            );
            settled.push(
              send(call).then(
                ({ value }) => {
                  const { owner, target, list } = value as Record<string, unknown>;
                  expect(target).toBe(call.target);
                  if (isGet) expect(owner).toBe(who.authorization ?? null);
                  // What others have done to their copies is not seen; that of one's own request is.
                  for (const item of list as { by?: unknown }[]) {
                    expect([undefined, who]).toContain(item.by);
                    item.by = who;
                  }
                },
                (error: Error) => expect(["left", "failed"]).toContain(error.message),
              ),
            );
          }
        }
        while (transport.pending.length > 0) {
          transport.pending[0]?.answer();
          await new Promise(setImmediate);
        }
        await Promise.all(settled);
        expect(flights.size).toBe(0);
        for (const { deadline } of callers) expect(deadline.watchers.size).toBe(0);
      }),
      { numRuns: 300 },
    );
  });
});
