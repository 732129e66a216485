import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { serviceProblem } from "../../../cli/dev/service-problem.ts";

describe("what a service said with its error", () => {
  it.each([
    [{ title: "Conflict", detail: "o-1 is shipped", status: 409 }, ["Conflict: o-1 is shipped"]],
    [{ title: "Not Found" }, ["Not Found"]],
    [{ message: "Bad credentials", documentation_url: "https://x" }, ["Bad credentials"]],
    [{ error: "invalid_grant", error_description: "expired" }, ["expired: invalid_grant"]],
    [{ error: { code: 7, message: "no such order" } }, ["no such order"]],
    ["upstream connect error\n  reset", ["upstream connect error reset"]],
    [
      {
        title: "Unprocessable",
        errors: [{ pointer: "/query/limit", detail: "must be >= 1" }, "x"],
      },
      ["Unprocessable", "/query/limit must be >= 1", "x"],
    ],
    [{ errors: [{ field: "sku", message: "is unknown" }] }, ["sku is unknown"]],
    [undefined, []],
    [{}, []],
    [new Uint8Array(3), []],
    [[1, 2], []],
  ])("%j is told as %j", (body, lines) => {
    expect(serviceProblem(body)).toEqual(lines);
  });

  it("is cut where it is long", () => {
    const [line = ""] = serviceProblem({ detail: "x".repeat(5_000) });
    expect(line).toHaveLength(300);
    const errors = Array.from({ length: 50 }, () => ({ pointer: "/a", detail: "b" }));
    expect(serviceProblem({ errors })).toHaveLength(9);
    expect(serviceProblem({ errors }).at(-1)).toBe("... and 42 more");
  });

  it("never moves the terminal", () => {
    expect(serviceProblem("\u001B[2Jgone\u0007\u009B31m")).toEqual(["[2Jgone 31m"]);
    const said = fc.oneof(fc.string({ unit: "binary" }), fc.anything());
    fc.assert(
      fc.property(fc.oneof(said, fc.record({ title: said, errors: fc.array(said) })), (body) => {
        expect(serviceProblem(body).join("")).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});
