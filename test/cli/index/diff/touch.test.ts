import { expect, it } from "vitest";
import {
  addAlike,
  addField,
  createDelta,
  type Delta,
} from "../../../../cli/index/diff/schema/delta.ts";
import { touchedBy } from "../../../../cli/index/diff/schema/touch.ts";

/** A value whose change is called by its place. */
function changed(name: string): Delta {
  const delta = createDelta();
  delta.changes.push({ kind: "default-changed", name });
  return delta;
}

/** An order with a customer, lines, and itself as what it replaces. */
function order(): Delta {
  const root = changed("root");
  const lines = changed("lines");
  const line = changed("line");
  addField(root, "customer", changed("customer"));
  addField(root, "lines", lines);
  addField(lines, "*", line);
  addField(line, "sku", changed("sku"));
  addAlike(root, changed("base"));
  addField(root, "replaces", root);
  return root;
}

const names = (path: string): Record<string, string> =>
  Object.fromEntries([...touchedBy(order(), path)].map(([{ name = "" }, touch]) => [name, touch]));

it.each([
  [
    "",
    { root: "at", base: "at", customer: "within", lines: "within", line: "within", sku: "within" },
  ],
  [
    "/lines",
    {
      root: "through",
      base: "through",
      customer: "beside",
      lines: "at",
      line: "within",
      sku: "within",
    },
  ],
  [
    "/lines/*/sku",
    {
      root: "through",
      base: "through",
      customer: "beside",
      lines: "through",
      line: "through",
      sku: "at",
    },
  ],
  [
    "/*",
    {
      root: "through",
      base: "through",
      customer: "at",
      lines: "at",
      line: "within",
      sku: "within",
    },
  ],
  [
    "/lines/0",
    {
      root: "through",
      base: "through",
      customer: "beside",
      lines: "through",
      line: "at",
      sku: "within",
    },
  ],
  ["/none", { root: "through", base: "through", customer: "beside", lines: "beside" }],
])("the path %j meets what is on its way, at its end and below", (path, touched) => {
  expect(names(path)).toEqual(touched);
});
