/** Holds the page about changed documents: its example is made again, its tables are the rules. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { diffGateway } from "../../cli/index/diff/diff-gateway.ts";
import {
  ANSWER_RULES,
  CALL_RULES,
  REQUEST_RULES,
  type Rule,
} from "../../cli/index/diff/judge/rules.ts";
import { formatDiff } from "../../cli/index/diff/print/format-text.ts";
import { copyShop } from "../cli/index/diff/workspace.ts";
import { plain, tableUnder } from "./markdown.ts";

const PAGE = "docs/diff.md";
const page = readFileSync(PAGE, "utf8");

const fence = (language: string): string =>
  new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? "";

/** RFC 7396 §2. */
function mergePatch(target: unknown, patch: unknown): unknown {
  if (typeof patch !== "object" || patch === null || Array.isArray(patch)) return patch;
  const result = { ...(target as Record<string, unknown>) };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = mergePatch(result[key], value);
  }
  return result;
}

describe("the page about changed documents", () => {
  const shop = copyShop();

  it("shows what the command says of its example", async () => {
    const document = JSON.parse(readFileSync(join(shop, "specs/orders.json"), "utf8"));
    const changed = mergePatch(document, JSON.parse(fence("json")));
    writeFileSync(join(shop, "specs/orders.new.json"), JSON.stringify(changed));
    const [, service = "", file = ""] = /heddle diff (\S+) (\S+)/.exec(fence("sh")) ?? [];
    const report = await diffGateway({ root: shop, service, document: file });
    expect(fence("text")).toBe(`${formatDiff(report, (_color, text) => text)}\n`);
    expect(report.verdict).toBe("breaks");
  });

  it.each([
    ["Changes of operations", CALL_RULES],
    ["Changes of answers", ANSWER_RULES],
    ["Changes of what is sent", REQUEST_RULES],
  ] as const)(
    "tells under %s what each change does where the compiler is silent",
    (title, rules) => {
      const rows = Object.entries(rules).map(([kind, cells]: [string, Record<string, Rule>]) => [
        kind,
        ...Object.values(cells).map(({ silent }) => (silent === "unaffected" ? "" : silent)),
      ]);
      expect(tableUnder(PAGE, title).map(([kind, ...cells]) => [plain(kind), ...cells])).toEqual(
        rows,
      );
    },
  );
});
