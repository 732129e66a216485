/** At most so many calls of a service at a time; the others wait, at most until their deadline. */
import { describe, expect, it, vi } from "vitest";
import { connect, createContext, failureOf, jsonPlan, planOf, startRecorder } from "./support.ts";

const plan = jsonPlan({ path: ["/", { name: "id", style: "simple", explode: false }] });
const id = (value: number): { path: { id: number } } => ({ path: { id: value } });

/** A service that answers only when it is told to. */
async function holding(): Promise<{ url: string; waiting: (() => void)[]; targets: string[] }> {
  const waiting: (() => void)[] = [];
  const targets: string[] = [];
  const { url } = await startRecorder(({ target }, response) => {
    targets.push(target);
    waiting.push(() => response.writeHead(200, { "content-type": "application/json" }).end("{}"));
  });
  return { url, waiting, targets };
}

describe("a bulkhead", () => {
  it("lets so many through, and the others in order", async () => {
    const { url, waiting, targets } = await holding();
    const { operation } = connect(url, plan, { concurrency: 2 });
    const calls = [1, 2, 3, 4].map((value) => operation(createContext())(id(value)));
    await vi.waitFor(() => expect(targets).toEqual(["/1", "/2"]));
    for (let served = 1; served <= 4; served++) {
      await vi.waitFor(() => expect(waiting.length).toBeGreaterThan(0));
      waiting.shift()?.();
      await vi.waitFor(() => expect(targets.length).toBe(Math.min(4, 2 + served)));
    }
    expect(await Promise.all(calls)).toEqual([{}, {}, {}, {}]);
    expect(targets).toEqual(["/1", "/2", "/3", "/4"]);
  });

  it("ends a wait at the deadline, and takes no place for who gave up", async () => {
    const { url, waiting, targets } = await holding();
    const { operation, events } = connect(url, plan, { concurrency: 1 });
    const first = operation(createContext())(id(1));
    await vi.waitFor(() => expect(targets.length).toBe(1));
    const late = failureOf(operation(createContext({ deadlineMs: 30 }))(id(2)));
    const controller = new AbortController();
    const gone = failureOf(operation(createContext())(id(3), { signal: controller.signal }));
    const patient = operation(createContext())(id(4));
    expect(await late).toMatchObject({
      code: "deadline-exceeded",
      status: 504,
      service: "svc",
      operation: "op",
    });
    controller.abort("left");
    expect(await gone).toBe("left");
    expect(events.map(({ outcome }) => outcome)).toEqual(["failed", "aborted"]);
    waiting.shift()?.();
    await first;
    await vi.waitFor(() => expect(targets).toEqual(["/1", "/4"]));
    waiting.shift()?.();
    expect(await patient).toEqual({});
  });

  it("ends the wait of a call with a fallback in time for the answer", async () => {
    const { url, targets } = await holding();
    const { operation } = connect(url, plan, { concurrency: 1 });
    const first = operation(createContext())(id(1)).catch(() => undefined);
    await vi.waitFor(() => expect(targets.length).toBe(1));
    const context = createContext({ deadlineMs: 200 });
    expect(await operation(context)(id(2), { fallback: "instead" })).toBe("instead");
    expect(context.deadline.remainingMs()).toBeGreaterThan(0);
    expect(context.degradations).toMatchObject([{ reason: "deadline-exceeded" }]);
    void first;
  });

  it("gives a place back after every failure", async () => {
    const { url } = await startRecorder((_request, response) => response.destroy());
    const { operation } = connect(url, plan, { concurrency: 1 });
    for (let time = 0; time < 5; time++) {
      expect(await failureOf(operation(createContext())(id(time)))).toMatchObject({
        code: "service-unreachable",
      });
    }
  });

  it("keeps the place of a streamed answer until its body has ended", async () => {
    const { url, requests } = await startRecorder((_request, response) => {
      response.writeHead(200, { "content-type": "application/x-ndjson" }).write("1\n");
    });
    const stream = planOf({ answers: { "200": { "application/x-ndjson": "ndjson" } } });
    const { operation } = connect(url, stream, { concurrency: 1 });
    const first = (await operation(createContext())()) as AsyncGenerator<unknown>;
    expect(await first.next()).toMatchObject({ value: 1 });
    const second = operation(createContext())();
    const late = failureOf(operation(createContext({ deadlineMs: 30 }))());
    expect(await late).toMatchObject({ code: "deadline-exceeded" });
    expect(requests.length).toBe(1);
    await first.return(undefined);
    await ((await second) as AsyncGenerator<unknown>).return(undefined);
    expect(requests.length).toBe(2);
  });
});
