import { expect, it } from "vitest";
import { formatBytes } from "../../../cli/print/format-bytes.ts";
import { suggest } from "../../../cli/print/suggest.ts";
import { formatTable } from "../../../cli/print/table.ts";

it("columns are as wide as their widest cell, whatever its colour, and lines end without blanks", () => {
  const rows = [
    ["\u001B[32mGET\u001B[39m", "/a", "x"],
    ["DELETE", "/a/longer", ""],
  ];
  expect(formatTable(["M", "PATH", "BY"], rows)).toBe(
    ["M       PATH       BY", "\u001B[32mGET\u001B[39m     /a         x", "DELETE  /a/longer"].join(
      "\n",
    ),
  );
});

it.each([
  ["gne", "gen"],
  ["rutes", "routes"],
  ["GEN", "gen"],
  ["chek", "check"],
  ["frobnicate", undefined],
  ["x", undefined],
])("the nearest name to %s is %s", (name, near) => {
  expect(suggest(name, ["gen", "routes", "check", "compose"])).toBe(near);
});

it("a name that begins as what was written is nearer than any other", () => {
  const routes = [
    "GET /web/parcels",
    "GET /web/tracking/{orderId}/{line}",
    "GET /web/tracking/{orderId}",
  ];
  expect(suggest("GET /web/trackin", routes)).toBe("GET /web/tracking/{orderId}");
  expect(suggest("con", ["contract", "add"])).toBe("contract");
  expect(suggest("co", ["contract", "add"])).toBeUndefined();
});

it("sizes are short", () => {
  expect([999, 1_500, 2_419_861].map(formatBytes)).toEqual(["999 B", "1.5 kB", "2.4 MB"]);
});
