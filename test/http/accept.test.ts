import { describe, expect, it } from "vitest";
import { negotiate } from "../../src/http/accept.ts";

const OFFERS = ["application/json", "application/x-ndjson", "text/event-stream"] as const;

describe("of JSON, NDJSON and an event stream", () => {
  it.each([
    [undefined, "application/json"],
    ["", "application/json"],
    ["*/*", "application/json"],
    ["application/*", "application/json"],
    ["application/json", "application/json"],
    ["Application/JSON; charset=utf-8", "application/json"],
    ["text/event-stream", "text/event-stream"],
    ["text/*", "text/event-stream"],
    ["application/x-ndjson, application/json;q=0.5", "application/x-ndjson"],
    ["application/x-ndjson;q=0.5, application/json", "application/json"],
    ["text/html, */*;q=0.1", "application/json"],
    ["application/json;q=0, */*", "application/x-ndjson"],
    ["application/json;q=0.2, application/*;q=0.8", "application/x-ndjson"],
    ["text/html", undefined],
    ["application/json;q=0", undefined],
    ["garbage,,;", undefined],
  ])("%j gets %s", (accept, want) => {
    expect(negotiate(accept, OFFERS)).toBe(want);
  });
});
