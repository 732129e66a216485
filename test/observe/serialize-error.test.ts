import { describe, expect, it } from "vitest";
import { UpstreamError } from "../../src/core/errors.ts";
import { serializeError } from "../../src/observe/serialize-error.ts";

const failed = new UpstreamError(
  "service-failed",
  { detail: "the service answered 422", service: "orders", operation: "getOrder" },
  { body: { detail: "Ada Marsh, 12 Harbour Row" } },
);

describe("an error in the log", () => {
  it("says what failed and where", () => {
    expect(serializeError(failed)).toMatchObject({
      type: "UpstreamError",
      message: "the service answered 422",
      stack: expect.stringContaining("serialize-error.test.ts"),
      code: "service-failed",
      service: "orders",
      operation: "getOrder",
    });
  });

  it("never says what the service answered, nor does one of several", () => {
    const several = new AggregateError([failed, failed], "both");
    const wrapped = new Error("outer", { cause: failed });
    const text = JSON.stringify([failed, several, wrapped].map(serializeError));
    expect(text).toContain("the service answered 422");
    expect(text).not.toContain("Ada Marsh");
  });
});
