/** The example of the page on the dependency index is what stands in the shop's own. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parseDependencies } from "../../cli/index/dependencies.ts";

const EXAMPLE = /<!-- dependencies: (.+) -->\n```json\n([\s\S]*?)```/g;

it("shows routes as they stand in generated/dependencies.json", () => {
  const page = readFileSync("docs/dependencies.md", "utf8");
  const index = parseDependencies(readFileSync("generated/dependencies.json", "utf8"));
  const examples = [...page.matchAll(EXAMPLE)];
  expect(examples.length).toBeGreaterThan(0);
  for (const [, route, text = ""] of examples)
    expect(JSON.parse(text)).toEqual(index?.routes.find((one) => one.route === route));
});
