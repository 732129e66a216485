/** How long a call may take: its timeout, the deadline, and what is left for a stand-in. */
import { describe, expect, it, vi } from "vitest";
import {
  connect,
  createContext,
  failureOf,
  json,
  jsonPlan,
  startRecorder,
  startSocket,
} from "./support.ts";

const OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

describe("a timeout", () => {
  it("can be shorter for one call, and counts for the whole answer", async () => {
    const { url } = await startSocket((socket) =>
      socket.write(`${OK}Content-Length: 9\r\n\r\n{"a"`),
    );
    const { operation } = connect(url, jsonPlan());
    const error = await failureOf(operation(createContext())(undefined, { timeout: "30ms" }));
    expect(error).toMatchObject({
      code: "service-timeout",
      message: "the service did not finish its answer within 30 ms",
    });
  });

  it("never outlasts the deadline", async () => {
    const { url, sockets } = await startSocket(() => undefined);
    const { operation } = connect(url, jsonPlan(), { timeoutMs: 60_000 });
    const error = await failureOf(operation(createContext({ deadlineMs: 40 }))());
    expect(error).toMatchObject({
      name: "UpstreamError",
      code: "deadline-exceeded",
      status: 504,
      service: "svc",
      operation: "op",
    });
    await vi.waitFor(() => expect(sockets.size).toBe(0));
  });

  it("of a call with a fallback ends before the deadline, in time for the answer", async () => {
    const { url } = await startSocket(() => undefined);
    const { operation } = connect(url, jsonPlan(), { timeoutMs: 60_000 });
    const context = createContext({ deadlineMs: 300 });
    expect(await operation(context)(undefined, { fallback: 1 })).toBe(1);
    expect(context.deadline.remainingMs()).toBeGreaterThan(0);
    expect(context.degradations).toMatchObject([{ reason: "service-timeout" }]);
  });

  it("is not waited for when the deadline has passed already", async () => {
    const { url, requests } = await startRecorder(json({}));
    const { operation } = connect(url, jsonPlan());
    const context = createContext({ deadlineMs: 1 });
    await vi.waitFor(() => expect(context.deadline.signal.aborted).toBe(true));
    expect(await failureOf(operation(context)())).toMatchObject({
      code: "deadline-exceeded",
      service: "svc",
    });
    expect(requests).toEqual([]);
  });
});
