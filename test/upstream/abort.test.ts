/** Who ends a call, what its caller is told, and that nothing stays behind. */
import { getEventListeners } from "node:events";
import { describe, expect, it, vi } from "vitest";
import type { Abortable, Deadline } from "../../src/core/deadline.ts";
import { UpstreamError } from "../../src/core/errors.ts";
import {
  connect,
  createContext,
  failureOf,
  json,
  jsonPlan,
  planOf,
  startRecorder,
  startSocket,
} from "./support.ts";

const listenersOf = (signal: AbortSignal): number => getEventListeners(signal, "abort").length;

/** Who waits for the end of a request, from now on. */
function watchersOf(deadline: Deadline): ReadonlySet<Abortable> {
  const watchers = new Set<Abortable>();
  const { watch, unwatch } = deadline;
  deadline.watch = (member) => {
    watchers.add(member);
    watch.call(deadline, member);
  };
  deadline.unwatch = (member) => {
    watchers.delete(member);
    unwatch.call(deadline, member);
  };
  return watchers;
}

describe("a client that leaves", () => {
  it("ends its calls with its own reason, which is no failure of the service and never masked", async () => {
    const { url, sockets } = await startSocket(() => undefined);
    const { operation, events } = connect(url, jsonPlan());
    const context = createContext();
    const calls = [
      operation(context)(),
      operation(context)(undefined, { fallback: 1, timeout: "1s" }),
    ].map(failureOf);
    await vi.waitFor(() => expect(sockets.size).toBe(2));
    const gone = new Error("the client left");
    context.deadline.cancel(gone);
    expect(await Promise.all(calls)).toEqual([gone, gone]);
    expect(events.map(({ outcome }) => outcome)).toEqual(["aborted", "aborted"]);
    expect(context.degradations).toEqual([]);
    await vi.waitFor(() => expect(sockets.size).toBe(0));
  });

  it("ends its calls with no error of another call's", async () => {
    const { url } = await startSocket(() => undefined);
    const { operation, events } = connect(url, jsonPlan());
    const context = createContext();
    const call = failureOf(operation(context)(undefined, { fallback: 1 }));
    const other = new UpstreamError("deadline-exceeded", { service: "other", operation: "part" });
    context.deadline.cancel(other);
    expect(await call).toBe(other);
    expect(events).toMatchObject([{ outcome: "aborted", error: other }]);
  });

  it("is told to a call that has not begun", async () => {
    const { url, requests } = await startRecorder(json({}));
    const { operation } = connect(url, jsonPlan());
    const context = createContext();
    const gone = new Error("the client left");
    context.deadline.cancel(gone);
    expect(await failureOf(operation(context)())).toBe(gone);
    expect(requests).toEqual([]);
  });

  it("keeps a call from being sent that waits for its connection", async () => {
    const { url, requests } = await startRecorder(json({}));
    const { operation } = connect(url, jsonPlan());
    const context = createContext();
    const call = failureOf(operation(context)());
    context.deadline.cancel("gone");
    expect(await call).toBe("gone");
    expect(await operation(createContext())()).toEqual({});
    expect(requests.length).toBe(1);
  });

  it("is told to a call whose connection takes long", async () => {
    // A port that answers nothing: connecting takes until the test ends.
    const { operation } = connect("http://192.0.2.1", jsonPlan());
    const context = createContext();
    const call = failureOf(operation(context)());
    const gone = new Error("the client left");
    context.deadline.cancel(gone);
    expect(await call).toBe(gone);
  });
});

describe("a signal of one call", () => {
  it("ends that call alone, with its reason", async () => {
    const { url, sockets } = await startSocket(() => undefined);
    const { operation, events } = connect(url, jsonPlan());
    const context = createContext();
    const controller = new AbortController();
    const call = failureOf(
      operation(context)(undefined, { signal: controller.signal, fallback: 1 }),
    );
    const other = failureOf(operation(context)(undefined, { timeout: "300ms" }));
    await vi.waitFor(() => expect(sockets.size).toBe(2));
    controller.abort("changed my mind");
    expect(await call).toBe("changed my mind");
    await vi.waitFor(() => expect(sockets.size).toBe(1));
    expect(events).toMatchObject([{ outcome: "aborted" }]);
    expect(await other).toMatchObject({ code: "service-timeout" });
  });

  it("that has aborted already sends nothing", async () => {
    const { url, requests } = await startRecorder(json({}));
    const { operation } = connect(url, jsonPlan());
    expect(
      await failureOf(operation(createContext())(undefined, { signal: AbortSignal.abort("no") })),
    ).toBe("no");
    expect(requests).toEqual([]);
  });
});

describe("what calls leave behind", () => {
  it("is one listener of their own signal while any of them runs, and none after", async () => {
    const warnings: unknown[] = [];
    const warned = (warning: unknown): void => void warnings.push(warning);
    process.on("warning", warned);
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { url, requests } = await startRecorder(({ target }, response) => {
      void held.then(() => {
        if (target.endsWith("cut")) response.destroy();
        else response.writeHead(200, { "content-type": "application/json" }).end("{}");
      });
    });
    const plan = jsonPlan({ path: ["/", { name: "id", style: "simple", explode: false }] });
    const { operation } = connect(url, plan);
    const context = createContext();
    const watchers = watchersOf(context.deadline);
    const { signal } = new AbortController();
    const ids = [...Array.from({ length: 30 }, (_, id) => String(id)), "cut"];
    const calls = ids.map((id) =>
      operation(context)({ path: { id } }, { signal }).catch(() => "failed"),
    );
    await vi.waitFor(() => expect(requests.length).toBe(ids.length));
    expect([watchers.size, listenersOf(signal)]).toEqual([ids.length, 1]);
    release();
    expect((await Promise.all(calls)).filter((value) => value === "failed").length).toBe(1);
    expect([watchers.size, listenersOf(signal)]).toEqual([0, 0]);
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", warned);
    expect(warnings).toEqual([]);
  });

  it("is nothing after a stream has been read, left early or never read", async () => {
    const { url, sockets } = await startSocket((socket) => {
      socket.write(
        "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nConnection: close\r\n\r\n1\n2\n",
        () => socket.end(),
      );
    });
    const { operation } = connect(
      url,
      planOf({ answers: { "200": { "application/x-ndjson": "ndjson" } } }),
    );
    const context = createContext();
    const watchers = watchersOf(context.deadline);
    const stream = async (): Promise<AsyncIterable<unknown>> =>
      (await operation(context)()) as AsyncIterable<unknown>;
    for await (const item of await stream()) expect(item).toBeGreaterThan(0);
    for await (const item of await stream()) {
      expect(item).toBe(1);
      break;
    }
    await stream();
    await vi.waitFor(() => expect(sockets.size).toBe(0));
    expect(watchers.size).toBe(0);
  });

  it("is no timer", async () => {
    const { url } = await startRecorder(json({}));
    const { operation } = connect(url, jsonPlan(), { timeoutMs: 500 });
    const timers = (): number =>
      process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const context = createContext();
    await operation(context)(undefined, { timeout: "400ms", fallback: 1 });
    const before = timers();
    for (let time = 0; time < 10; time++) {
      await operation(createContext())(undefined, { timeout: "400ms", fallback: 1 });
    }
    // Those of the ten contexts' deadlines.
    expect(timers() - before).toBeLessThanOrEqual(10);
  });
});

describe("closing", () => {
  it("waits for calls under way and takes no more", async () => {
    let release: () => void = () => undefined;
    const { url, requests } = await startRecorder((_request, response) => {
      release = () => response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
    const { operation, services } = connect(url, jsonPlan());
    const call = operation(createContext())();
    await vi.waitFor(() => expect(requests.length).toBe(1));
    const closed = services.close();
    // With a timeout of its own, lest it waits for the call under way.
    const late = operation(createContext())(undefined, { timeout: "1s" });
    expect(await failureOf(late)).toMatchObject({
      code: "stopping",
      status: 503,
    });
    release();
    expect(await call).toEqual({});
    await closed;
  });
});
