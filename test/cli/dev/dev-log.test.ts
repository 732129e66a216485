import { describe, expect, it } from "vitest";
import { createDevLog } from "../../../cli/dev/dev-log.ts";
import type { Terminal } from "../../../cli/print/terminal.ts";
import { problem, UpstreamError } from "../../../src/core/errors.ts";

function recorded({ debug = false, root = "/shop" } = {}) {
  const printed: string[] = [];
  const terminal: Terminal = {
    interactive: false,
    paint: (_, text) => text,
    say: (line) => void printed.push(line),
    note: (line) => void printed.push(line),
    draw: () => {},
  };
  return { printed, log: createDevLog({ terminal, root, debug }) };
}

const WHERE = { service: "orders", operation: "getOrder" };
const refused = new UpstreamError(
  "service-failed",
  { ...WHERE, detail: "the service answered 422", serviceStatus: 422 },
  {
    body: { title: "Unprocessable", errors: [{ pointer: "/query/limit", detail: "must be >= 1" }] },
  },
);

/** An error with a stack of somebody's choice. */
function thrownAt(frames: readonly string[], error: Error = new TypeError("x is not a function")) {
  error.stack = [`${error.name}: ${error.message}`, ...frames.map((at) => `    at ${at}`)].join(
    "\n",
  );
  return error;
}

describe("the log of heddle dev", () => {
  it("tells a request in a line, and what was degraded", () => {
    const { log, printed } = recorded();
    const request = { method: "GET", path: "/web/a", status: 200, durationMs: 12.4, id: "1" };
    log.info(request, "request");
    log.child({ degraded: 2 }).info({ ...request, gone: true }, "request");
    log.info({}, "listening");
    expect(printed).toEqual([
      "GET /web/a 200 12 ms",
      "GET /web/a 200 12 ms (the client left, 2 degraded)",
    ]);
  });

  it("tells what the service said, and no stack of Heddle's own", () => {
    const { log, printed } = recorded();
    log.warn({ code: "service-failed", ...WHERE, err: refused }, refused.message);
    expect(printed).toEqual([
      `warn the service answered 422 code=service-failed service=orders operation=getOrder
  the service said: Unprocessable
    /query/limit must be >= 1`,
    ]);
  });

  it("tells it of a failure that was masked, too", () => {
    const { log, printed } = recorded();
    const event = { ...WHERE, kind: "default" };
    const brief = { code: refused.code, error: refused.message };
    log.warn({ ...event, ...brief }, "a failed call was masked");
    log.debug({ ...event, err: refused }, "a failed call was masked");
    log.debug({ err: refused }, "something else");
    expect(printed).toEqual([
      "warn a failed call was masked service=orders operation=getOrder kind=default code=service-failed",
      "  the service answered 422",
      "  the service said: Unprocessable",
      "    /query/limit must be >= 1",
    ]);
  });

  it("tells the cause of a failed connection in a line", () => {
    const { log, printed } = recorded();
    const both = new AggregateError([
      new Error("connect ECONNREFUSED ::1:4001"),
      new Error("connect ECONNREFUSED 127.0.0.1:4001"),
    ]);
    log.warn({ code: "service-unreachable", err: both }, "the service refused the connection");
    expect(printed[0]?.split("\n")).toEqual([
      "warn the service refused the connection code=service-unreachable",
      "  connect ECONNREFUSED ::1:4001; connect ECONNREFUSED 127.0.0.1:4001",
    ]);
  });

  it("tells where a composer threw a problem", () => {
    const { log, printed } = recorded();
    const err = thrownAt(["/shop/composers/web/a.ts:7:9"], problem("service-failed"));
    log.warn({ code: "service-failed", err }, err.message);
    expect(printed[0]?.split("\n")[1]).toBe("  at composers/web/a.ts:7:9");
  });

  it("shows the stack of a mistake as far as the project goes", () => {
    const { log, printed } = recorded();
    const err = thrownAt([
      "JSON.parse (<anonymous>)",
      "handler (/shop/composers/web/a.ts:7:9)",
      "file:///shop/lib/b.ts:1:2",
      "run (file:///shop/node_modules/heddle/dist/src/compose/run.js:1:2)",
    ]);
    log.error({ code: "internal", err }, "the gateway failed");
    expect(printed[0]).toBe(`error the gateway failed code=internal
TypeError: x is not a function
    at JSON.parse (<anonymous>)
    at handler (composers/web/a.ts:7:9)
    at lib/b.ts:1:2`);
  });

  it("shows the whole stack where none of it is the project's, and with --debug", () => {
    const frames = ["a (/other/a.js:1:1)", "b (node:internal/x:1:1)"];
    const { log, printed } = recorded();
    log.error({ code: "internal", err: thrownAt(frames) }, "the gateway failed");
    expect(printed[0]?.split("\n")).toHaveLength(4);
    const debugged = recorded({ debug: true });
    debugged.log.warn({ code: "service-failed", err: refused }, refused.message);
    expect(debugged.printed[0]).toContain("the service said: Unprocessable");
    expect(debugged.printed[0]).toContain("dev-log.test.ts");
  });
});
