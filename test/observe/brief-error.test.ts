import { expect, it } from "vitest";
import { problem } from "../../src/core/errors.ts";
import { briefError } from "../../src/observe/brief-error.ts";

it("an error is its code and its message, with those of its causes and without stacks", () => {
  const refused = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
  expect(briefError(problem("service-unreachable", {}, refused))).toEqual({
    code: "service-unreachable",
    error: "A service could not be reached: connect ECONNREFUSED",
  });
});

it("an error without a message is told by its code, or its name", () => {
  const several = Object.assign(new AggregateError([]), { code: "ETIMEDOUT" });
  expect(briefError(several)).toEqual({ code: "ETIMEDOUT", error: "ETIMEDOUT" });
  expect(briefError(new TypeError("", { cause: several })).error).toBe("TypeError: ETIMEDOUT");
});

it("causes in a circle end, and what is no error is told as it is", () => {
  const one = new Error("one");
  one.cause = one;
  expect(briefError(one).error).toBe("one: one: one: one: one: one");
  expect(briefError("gone")).toEqual({ code: undefined, error: "gone" });
});
