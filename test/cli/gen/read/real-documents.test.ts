/** Reads documents that real services publish, whole. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { ServiceModel } from "../../../../cli/gen/model.ts";
import { readService } from "../../../../cli/gen/read-service.ts";
import { flaws } from "./flaws.ts";

const SPECS = resolve(process.env.HEDDLE_SPECS ?? "../shared/specs");
const NONE: readonly string[] = [];

/** Operations in the document; what has to be said about it, as `code path`, one a place. */
const SPECIFICATIONS: readonly (readonly [
  file: string,
  operations: number,
  remarks: readonly string[],
])[] = [
  ["adyen-checkout-v71.json", 28, NONE],
  ["argocd.json", 106, NONE],
  ["box.json", 296, NONE],
  // Two parameters say `enum: []` beside an allOf, which takes no value at all.
  ["discord.json", 242, ["schema-invalid", "schema-invalid"]],
  ["docker.yaml", 108, NONE],
  ["docusign-rooms.rest.swagger-v2.json", 89, NONE],
  ["github.json", 1223, NONE],
  // Two price levels are strings of an enum of numbers.
  ["googlemaps.yaml", 17, ["schema-invalid", "schema-invalid"]],
  ["kubernetes.json", 1123, NONE],
  ["medusa-store.yaml", 46, NONE],
  ["museum.yaml", 8, NONE],
  ["openai.yaml", 288, NONE],
  ["petstore3.yaml", 19, NONE],
  ["slack.json", 174, NONE],
  ["spotify.yaml", 97, NONE],
  ["stripe.json", 452, NONE],
  ["synthetic-3.2.yaml", 3, NONE],
  ["twilio_api_v2010.json", 197, NONE],
  ["digitalocean/specification/DigitalOcean-public.v2.yaml", 659, NONE],
];

async function readReal(root: string, source: string) {
  const { model, diagnostics } = await readService({ name: "real", source, root });
  if (model === undefined) throw new Error(`${source} has no model`);
  return {
    model,
    remarks: diagnostics.filter(({ severity }) => severity !== "info").map(({ code }) => code),
  };
}

describe.skipIf(!existsSync(SPECS))(
  "documents of real services (skipped without HEDDLE_SPECS)",
  () => {
    it.each(SPECIFICATIONS)(
      "%s gives a model of all of its %d operations",
      async (file, operations, remarks) => {
        const reading = await readReal(SPECS, file);
        expect(reading.model.operations).toHaveLength(operations);
        expect(reading.remarks).toEqual(remarks);
        expect(flaws(reading.model)).toEqual([]);
      },
    );

    it("the largest of them takes at most two seconds of one processor", async () => {
      const start = process.cpuUsage();
      await readReal(SPECS, "github.json");
      const { user, system } = process.cpuUsage(start);
      expect((user + system) / 1_000).toBeLessThan(2_000);
    });
  },
);

describe("documents that npm packages ship", () => {
  const root = resolve(".");

  it.each([
    ["@octokit/openapi/generated/api.github.com.json", 1223],
    ["@figma/rest-api-spec/openapi/openapi.yaml", 54],
    ["@scalar/galaxy/dist/latest.json", 9],
    ["@scalar/galaxy/dist/latest.yaml", 9],
  ])("%s gives a model of all of its %d operations", async (source, operations) => {
    const { model, remarks } = await readReal(root, source);
    expect(model.operations).toHaveLength(operations);
    expect(remarks).toEqual([]);
    expect(flaws(model)).toEqual([]);
  });

  const examples = join("node_modules", "@readme", "oas-examples");
  const files = ["2.0", "3.0", "3.1"].flatMap((version) =>
    readdirSync(join(examples, version), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(json|yaml)$/.test(name))
      .map((name) => join("@readme/oas-examples", version, name).replaceAll("\\", "/"))
      .sort(),
  );

  /** Counted without the reader: the keys of the path items, one `$ref` deep. */
  function countOperations(source: string): number {
    const { paths = {} } = parse(readFileSync(join("node_modules", source), "utf8")) as {
      paths?: Record<string, Record<string, unknown>>;
    };
    const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
    return Object.values(paths).reduce((count, item) => {
      const target = String(item.$ref ?? "")
        .replace("#/paths/", "")
        .replaceAll("~1", "/");
      return count + methods.filter((method) => method in { ...paths[target], ...item }).length;
    }, 0);
  }

  /** Three operations name a security scheme that is not there; one answer is of two media types at once. */
  const REMARKS: Readonly<Record<string, readonly string[]>> = {
    "response-http-behavior": ["security-undefined", "security-undefined", "security-undefined"],
    "response-examples": ["media-unsupported"],
  };

  it.each(files)("%s gives a model", async (source) => {
    const { model, remarks } = await readReal(root, source);
    const name = source.replace(/^.*\//, "").replace(/\.(json|yaml)$/, "");
    const leftOut = remarks.filter((code) => code === "security-undefined").length;
    expect(remarks).toEqual(REMARKS[name] ?? []);
    expect(model.operations).toHaveLength(countOperations(source) - leftOut);
    expect(flaws(model)).toEqual([]);
  });

  it("has the same model in JSON and in YAML", async () => {
    for (const name of ["petstore", "star-trek", "discriminators", "circular-paths"]) {
      const [json, yaml] = [
        await readReal(root, `@readme/oas-examples/3.0/json/${name}.json`),
        await readReal(root, `@readme/oas-examples/3.0/yaml/${name}.yaml`),
      ];
      const text = (model: ServiceModel): string =>
        JSON.stringify(model, (key, value) =>
          key === "at" || key === "document" ? undefined : value,
        );
      expect(text(yaml.model)).toBe(text(json.model));
    }
  });
});
