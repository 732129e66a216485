import { describe, expect, it } from "vitest";
import { routeBudgetFault } from "../../src/compose/route-budget.ts";

describe("the budget of a route", () => {
  it.each([[{}], [{ calls: 1 }], [{ stages: 3 }], [{ calls: 8, stages: 2 }]])(
    "may be %j",
    (budget) => {
      expect(routeBudgetFault(budget)).toBeUndefined();
    },
  );

  const example = "budget must be an object, for example { calls: 5, stages: 2 }";
  it.each([
    [5, example],
    [null, example],
    ["5", example],
    [[5], example],
    [{ call: 5 }, 'budget has no "call": use calls and stages'],
    [{ calls: 0 }, "budget.calls must be a whole number from 1"],
    [{ calls: 1.5 }, "budget.calls must be a whole number from 1"],
    [{ stages: "2" }, "budget.stages must be a whole number from 1"],
    [{ stages: Number.NaN }, "budget.stages must be a whole number from 1"],
  ])("is refused as %j", (budget, fault) => {
    expect(routeBudgetFault(budget)).toBe(fault);
  });
});
