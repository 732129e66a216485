/** Holds the table of parameter styles against what is written on the wire. */
import { describe, expect, it } from "vitest";
import type { ParameterPlan, ParameterStyle } from "../../src/upstream/plan.ts";
import { compilePath } from "../../src/upstream/serialise/path.ts";
import { compileQuery } from "../../src/upstream/serialise/query.ts";
import { plain, tableUnder } from "./markdown.ts";

const LIST = ["blue", "black"];
const RECORD = { R: 100, G: 200 };
const place = { service: "paint", operation: "mix", pointer: "" };

/** What a parameter called `color` becomes, in a path or in a query. */
function write(style: ParameterStyle, explode: boolean, where: string, value: unknown): string {
  const plan: ParameterPlan = { name: "color", style, explode };
  if (where.startsWith("path")) return compilePath(["/", plan], place)({ color: value }).slice(1);
  const operation = {
    name: "mix",
    method: "GET",
    template: "/",
    path: ["/"],
    query: [plan],
    answers: {},
  };
  return compileQuery(operation, place)({ color: value }, undefined);
}

describe("the table of styles", () => {
  const rows = tableUnder("docs/calling-services.md", "Input").map(
    ([style, explode, where = "", list, record]) => ({
      style: plain(style) as ParameterStyle,
      explode: plain(explode) === "true",
      where,
      list: plain(list),
      record: plain(record),
    }),
  );

  it.each(rows)(
    "is right about $style, explode $explode",
    ({ style, explode, where, list, record }) => {
      if (list !== "") expect(write(style, explode, where, LIST)).toBe(list);
      expect(write(style, explode, where, RECORD)).toBe(record);
    },
  );

  it("has the eleven rows that OpenAPI defines", () => {
    expect(rows).toHaveLength(11);
  });
});
