/** The bound clients: how operations are found, and what a wrong set-up says. */
import { describe, expect, it, vi } from "vitest";
import { createServices } from "../../src/upstream/services.ts";
import {
  connect,
  createContext,
  failureOf,
  json,
  jsonPlan,
  settingsOf,
  startRecorder,
} from "./support.ts";

describe("services", () => {
  it("have the operations of the document, and nothing else", () => {
    const { services } = connect("http://127.0.0.1:1", jsonPlan());
    const bound = services.bind(createContext());
    expect(bound.svc?.op).toBeTypeOf("function");
    expect(bound.svc?.other).toBeUndefined();
    expect(bound.other).toBeUndefined();
  });

  it("call each with the context it is bound to", async () => {
    const { url, requests } = await startRecorder(json({}));
    const { operation } = connect(url, jsonPlan(), { forward: ["x-user"] });
    await Promise.all(
      ["ada", "bob"].map((user) => operation(createContext({ headers: { "x-user": user } }))()),
    );
    expect(requests.map(({ headers }) => headers["x-user"]).sort()).toEqual(["ada", "bob"]);
  });

  it("may be called after they were taken out of their client", async () => {
    const { url } = await startRecorder(json({ a: 1 }));
    const { services } = connect(url, jsonPlan());
    const { op } = services.bind(createContext()).svc as {
      op: { (): Promise<unknown>; result(): Promise<unknown> };
    };
    const { result } = op;
    expect([await op(), await result()]).toMatchObject([{ a: 1 }, { status: 200 }]);
  });

  it.each(["constructor", "toString", "then", "client", "hasOwnProperty"])(
    "may have an operation called %s",
    async (name) => {
      const { url } = await startRecorder(json({ name }));
      const { operation } = connect(url, jsonPlan({ name }));
      expect(await operation(createContext())()).toEqual({ name });
    },
  );

  it("may fail before they are awaited, or never be awaited", async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on("unhandledRejection", note);
    const { url } = await startRecorder((_request, response) => response.destroy());
    const { operation, events } = connect(url, jsonPlan());
    const call = operation(createContext());
    const calls = [call(undefined, { timeout: "1s" }), call.result(), call.stream()];
    await vi.waitFor(() => expect(events.length).toBe(3));
    await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", note);
    expect(unhandled).toEqual([]);
    expect(await failureOf(calls[0] as Promise<unknown>)).toMatchObject({
      code: "service-unreachable",
    });
  });

  it("need settings and an http address each", () => {
    const definition = { name: "svc", operations: {} };
    expect(() => createServices([definition], {})).toThrow('service "svc" has no settings');
    expect(() => createServices([{ name: "toString", operations: {} }], {})).toThrow(
      "has no settings",
    );
    expect(() => createServices([definition], { svc: settingsOf("ftp://x") })).toThrow(
      '"ftp://x" is not an http or https address',
    );
  });

  it("give out the pipeline of one service, and of no other", () => {
    const { services } = connect("http://127.0.0.1:1", jsonPlan());
    expect(services.send("svc")).toBeTypeOf("function");
    expect(() => services.send("nope")).toThrow('there is no service "nope"');
  });
});
