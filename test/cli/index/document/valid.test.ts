/** The document is one by the word of others: Redocly's linter, and openapi-typescript, which make nothing of ours. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import openapiTypescript, { astToString } from "openapi-typescript";
import { beforeAll, describe, expect, it } from "vitest";
import { formatDocument } from "../../../../cli/index/document/document-text.ts";
import { documentOf } from "./support.ts";

interface Problem {
  readonly severity: string;
  readonly ruleId: string;
  readonly message: string;
  readonly location: readonly { readonly pointer?: string }[];
}

/** The parts of `@redocly/openapi-core` that are used here: openapi-typescript's own copy of it. */
interface Redocly {
  createConfig(config: { extends: string[]; rules: Record<string, "off"> }): Promise<unknown>;
  lintFromString(task: {
    source: string;
    absoluteRef: string;
    config: unknown;
  }): Promise<readonly Problem[]>;
}

const { createConfig, lintFromString }: Redocly = createRequire(
  createRequire(import.meta.url).resolve("openapi-typescript"),
)("@redocly/openapi-core");

/** What a document may leave to its owner, and failures that are told as `default`. */
const TASTE = {
  "info-license": "off",
  "tag-description": "off",
  "operation-summary": "off",
  "operation-4xx-response": "off",
} as const;

async function problemsOf(source: string): Promise<string[]> {
  const config = await createConfig({ extends: ["recommended"], rules: TASTE });
  const found = await lintFromString({ source, absoluteRef: "openapi.json", config });
  return found.map(({ ruleId, message, location: [place] }) =>
    [ruleId, message, place?.pointer].join(" "),
  );
}

describe.each([
  ["the shop", async () => readFileSync("generated/openapi.json", "utf8")],
  [
    "48 composers",
    async () =>
      formatDocument((await documentOf("test/cli/index/document/fixture/composers")).document),
  ],
])("the document of %s", (_, read) => {
  let source = "";
  beforeAll(async () => {
    source = await read();
  }, 30_000);

  it("has no fault that Redocly finds", async () => {
    expect(await problemsOf(source)).toEqual([]);
  });

  it("is read by openapi-typescript", async () => {
    const types = astToString(await openapiTypescript(source, { silent: true }));
    const { paths } = JSON.parse(source) as { paths: object };
    for (const path of Object.keys(paths)) expect(types).toContain(JSON.stringify(path));
  });
});

describe("Redocly", () => {
  it.each([
    ["struct", { openapi: "3.1.1", info: { title: "a" }, paths: { "/a": { get: {} } } }],
    [
      "no-unresolved-refs",
      { openapi: "3.1.1", components: { schemas: { A: { $ref: "#/components/schemas/B" } } } },
    ],
  ])("would tell: %s", async (rule, document) => {
    const found = await problemsOf(JSON.stringify(document));
    expect(found.join("\n")).toContain(rule);
  });
});
