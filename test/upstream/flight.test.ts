/** A shared call as the deadline of its attempts, and what each caller is told of it. */
import { describe, expect, it, vi } from "vitest";
import type { Degradation } from "../../src/core/context.ts";
import { ExactInteger, parseJson } from "../../src/core/exact-json.ts";
import { ownCopy } from "../../src/upstream/flight/own-copy.ts";
import { coalesce } from "../../src/upstream/layers/coalesce.ts";
import {
  newNotes,
  type Send,
  type UpstreamAnswer,
  type UpstreamCall,
} from "../../src/upstream/send.ts";
import { createContext, jsonPlan } from "./support.ts";

function callOf(more: Partial<UpstreamCall> = {}): UpstreamCall {
  return {
    service: "svc",
    operation: jsonPlan(),
    method: "GET",
    target: "/op",
    headers: {},
    body: null,
    mode: "collect",
    context: createContext(),
    timeoutMs: 100_000,
    identity: "op GET /op",
    partition: "",
    notes: newNotes(),
    ...more,
  };
}

/** What goes down, and the way to end it. */
function hold() {
  const down: UpstreamCall[] = [];
  const ends: { resolve: (answer: UpstreamAnswer) => void; reject: (error: unknown) => void }[] =
    [];
  const next: Send = (call) =>
    new Promise((resolve, reject) => {
      down.push(call);
      ends.push({ resolve, reject });
    });
  const flights = new Map();
  const send = coalesce(() => performance.now(), flights)(next);
  const answer: UpstreamAnswer = { status: 200, headers: {}, body: Buffer.from("a"), value: {} };
  return { send, down, flights, end: (at = 0) => ends[at]?.resolve(answer), ends };
}

describe("the deadline of a shared call", () => {
  it("leaves what the most patient caller has, of those that are still there", () => {
    const { send, down } = hold();
    const [short, long] = [
      createContext({ deadlineMs: 1_000 }),
      createContext({ deadlineMs: 9_000 }),
    ];
    void send(callOf({ context: short }));
    const deadline = down[0]?.context.deadline;
    expect(deadline?.remainingMs()).toBeLessThanOrEqual(1_000);
    send(callOf({ context: long })).catch(() => undefined);
    expect(deadline?.remainingMs()).toBeGreaterThan(1_000);
    long.deadline.cancel(new Error("left"));
    expect(deadline?.remainingMs()).toBeLessThanOrEqual(1_000);
  });

  it("ends with the reason of the last caller that leaves, for everyone who watches", async () => {
    const { send, down, flights } = hold();
    const [one, two] = [createContext(), createContext()];
    const calls = [send(callOf({ context: one })), send(callOf({ context: two }))];
    const deadline = down[0]?.context.deadline;
    const watchers = [1, 2, 3].map(() => ({ aborted: vi.fn() }));
    for (const watcher of watchers) deadline?.watch(watcher);
    deadline?.unwatch(watchers[2] as (typeof watchers)[0]);
    const [first, last] = [new Error("first"), new Error("last")];
    one.deadline.cancel(first);
    expect([deadline?.aborted, deadline?.signal.aborted]).toEqual([false, false]);
    expect(flights.size).toBe(1);
    two.deadline.cancel(last);
    expect([deadline?.aborted, deadline?.reason]).toEqual([true, last]);
    expect(deadline?.signal.reason).toBe(last);
    expect(() => deadline?.throwIfAborted()).toThrow(last);
    expect(watchers.map(({ aborted }) => aborted.mock.calls)).toEqual([[[last]], [[last]], []]);
    expect(flights.size).toBe(0);
    expect(await Promise.allSettled(calls)).toEqual([
      { status: "rejected", reason: first },
      { status: "rejected", reason: last },
    ]);
  });

  it("takes nobody for the call of a request that has ended already", async () => {
    const { send, down, flights } = hold();
    const context = createContext();
    context.deadline.cancel(new Error("over"));
    const call = callOf({ context });
    void send(call);
    expect(down).toEqual([call]);
    expect(flights.size).toBe(0);
  });

  it("is of one way of reading, of one identity and of one partition", () => {
    const { send, down } = hold();
    const calls = [
      callOf(),
      callOf({ read: () => undefined }),
      callOf({ identity: "op GET /op\na:b", partition: "c:1" }),
      callOf({ identity: "op GET /op\na:bc:1" }),
      callOf({ identity: "op GET /op\na:b\nc:1" }),
      callOf({ partition: undefined }),
      callOf({ identity: undefined }),
    ];
    for (const call of calls) void send(call);
    expect(down.length).toBe(calls.length);
  });

  it("that has landed does not keep a later one of the same key from being found", async () => {
    const { send, down, end, flights } = hold();
    const first = send(callOf());
    const write = send(callOf({ method: "POST", identity: undefined }));
    end(1);
    await write;
    const second = send(callOf());
    end(0);
    await first;
    expect(flights.size).toBe(1);
    const third = send(callOf());
    expect(down.length).toBe(3);
    end(2);
    await Promise.all([second, third]);
    expect(flights.size).toBe(0);
  });

  it("outlasts a layer below that throws", async () => {
    const error = new Error("thrown");
    const flights = new Map();
    const send = coalesce(
      () => 0,
      flights,
    )(() => {
      throw error;
    });
    await expect(send(callOf())).rejects.toBe(error);
    expect(flights.size).toBe(0);
  });
});

describe("what callers of a shared call are told", () => {
  it("is everything for the first, and that it was shared for the others", async () => {
    const { send, down, end } = hold();
    const calls = [callOf(), callOf(), callOf({ notes: undefined })];
    const answers = calls.map((call) => send(call));
    const notes = down[0]?.notes ?? newNotes();
    notes.attempts = 2;
    notes.cacheStatus = "fwd=miss; stored";
    end();
    await Promise.all(answers);
    expect(calls.map((call) => call.notes)).toEqual([
      expect.objectContaining({ source: "service", attempts: 2, cacheStatus: "fwd=miss; stored" }),
      { source: "shared", attempts: 0, cacheStatus: "fwd=miss; stored; collapsed" },
      undefined,
    ]);
  });

  it("is that it was kept, where it was: that is no less so for being given to several", async () => {
    const { send, down, ends } = hold();
    const calls = [callOf(), callOf()];
    const answers = calls.map((call) => send(call));
    Object.assign(down[0]?.notes ?? {}, { source: "cache", cacheStatus: "hit; ttl=3" });
    ends[0]?.reject(new Error("late"));
    await Promise.allSettled(answers);
    expect(calls[1]?.notes).toEqual({ source: "cache", attempts: 0, cacheStatus: "hit; ttl=3" });
  });

  it("is every degradation, for the part of each", async () => {
    const { send, down, end } = hold();
    const calls = [callOf({ part: "/a" }), callOf({ context: createContext({ part: "/b" }) })];
    const answers = calls.map((call) => send(call));
    const degradation: Degradation = {
      part: "",
      service: "svc",
      operation: "op",
      reason: "service-timeout",
      kind: "stale",
    };
    down[0]?.context.degradations.push(degradation);
    end();
    await Promise.all(answers);
    expect(calls.map(({ context }) => context.degradations)).toEqual([
      [{ ...degradation, part: "/a" }],
      [{ ...degradation, part: "/b" }],
    ]);
  });

  it("is bytes of their own", async () => {
    const { send, end } = hold();
    const answers = [send(callOf()), send(callOf())];
    end();
    const [first, second] = await Promise.all(answers);
    expect(second).toEqual(first);
    expect(second?.body).not.toBe(first?.body);
  });
});

describe("a copy of an answer", () => {
  it("is equal, and shares no list, record or bytes", () => {
    const value = parseJson('{"a":[1,[2,{"b":null}]],"c":{"d":{}},"e":9007199254740993}');
    const copy = ownCopy(value) as Record<string, never>;
    expect(copy).toEqual(value);
    const given = value as Record<string, never>;
    for (const pick of [
      (root: Record<string, never>) => root,
      (root: Record<string, never>) => root.a,
      (root: Record<string, never>) => root.a?.[1],
      (root: Record<string, never>) => root.a?.[1]?.[1],
      (root: Record<string, never>) => (root.c as Record<string, never> | undefined)?.d,
    ]) {
      expect(pick(copy)).not.toBe(pick(given));
    }
    expect(copy.e).toBeInstanceOf(ExactInteger);
  });

  it("of a record with a member called __proto__ has no other prototype", () => {
    const value = JSON.parse('{"__proto__":{"admin":true},"a":{"__proto__":[1]}}');
    const copy = ownCopy(value);
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
    expect(copy.admin).toBeUndefined();
    expect(JSON.stringify(copy)).toBe(JSON.stringify(value));
    expect(Object.getOwnPropertyDescriptor(copy, "__proto__")?.value).not.toBe(
      Object.getOwnPropertyDescriptor(value, "__proto__")?.value,
    );
  });

  it("of bytes has bytes of its own, and of a record without a prototype none", () => {
    const bytes = new Uint8Array([1, 2]);
    expect(ownCopy(bytes)).toEqual(bytes);
    expect(ownCopy(bytes).buffer).not.toBe(bytes.buffer);
    const buffer = Buffer.from("ab");
    expect(Buffer.isBuffer(ownCopy(buffer))).toBe(true);
    ownCopy(buffer)[0] = 0;
    expect(buffer.toString()).toBe("ab");
    const bare = Object.assign(Object.create(null), { a: [1] });
    expect(Object.getPrototypeOf(ownCopy(bare))).toBe(null);
    expect(ownCopy(bare)).toEqual(bare);
    expect(ownCopy(undefined)).toBeUndefined();
  });
});
