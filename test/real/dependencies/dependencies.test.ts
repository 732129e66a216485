/** The dependency index over real documents: what it tells of each composer is what a hand-kept list tells, and no more. */
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findComposers } from "../../../cli/gen/composers.ts";
import { parsePointer } from "../../../cli/gen/read/pointer.ts";
import { runGen } from "../../../cli/gen/run.ts";
import { composersIn } from "../../../cli/index/composers-in.ts";
import { type Dependencies, parseDependencies } from "../../../cli/index/dependencies.ts";
import { readModels } from "../../../cli/index/explain/explain-project.ts";
import { explainRoute } from "../../../cli/index/explain/explain-route.ts";
import { parseLatencies } from "../../../cli/index/explain/latencies.ts";
import { createProjectProgram } from "../../../cli/index/program.ts";
import { writeFiles } from "../../support/project.ts";
import { COMPOSERS, HELPERS } from "./composers.ts";

const SPECS = resolve(import.meta.dirname, "../../../../shared/specs");
const SERVICES = ["github", "stripe", "kubernetes"];
const documentOf = (service: string): string => join(SPECS, `${service}.json`);
const isThere = SERVICES.every((service) => existsSync(documentOf(service)));

const textOf = (name: string, code: string): string => `import { compose, each } from "#gateway";
import { byCreation, labelOf, money, namespacePods } from "./_helpers.ts";
export const ${name} = compose.get("/web/${name}/{a}/{b}/{c}", async ({ path, services }) => {
  ${code}
});
`;

const why = isThere ? "" : ` (skipped: ${SPECS} has no documents of GitHub, Stripe and Kubernetes)`;

describe.skipIf(!isThere)(`the index over GitHub, Stripe and Kubernetes${why}`, () => {
  let index: Dependencies = { version: 1, routes: [] };
  let root = "";

  beforeAll(async () => {
    root = realpathSync(mkdtempSync(join(tmpdir(), "heddle-index-")));
    const composers = COMPOSERS.map(({ name, code }) => [
      `composers/web/${name}.ts`,
      textOf(name, code),
    ]);
    writeFiles(root, {
      ...Object.fromEntries(composers),
      "composers/web/_helpers.ts": HELPERS,
      "package.json": '{ "type": "module", "imports": { "#gateway": "./generated/gateway.ts" } }',
      "heddle.config.ts": "export default {};\n",
      ...Object.fromEntries(
        SERVICES.map((name) => [`specs/${name}.json`, readFileSync(documentOf(name), "utf8")]),
      ),
    });
    const services = Object.fromEntries(
      SERVICES.map((name) => [name, { document: `specs/${name}.json` }]),
    );
    const report = await runGen({ root, services, config: "heddle.config.ts" });
    expect(report.outcome).toBe("ok");
    const text = readFileSync(join(root, "generated/dependencies.json"), "utf8");
    index = parseDependencies(text) ?? index;
  }, 200_000);

  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it.each(COMPOSERS.map((composer) => [composer.name, composer] as const))(
    "tells of %s what the list tells, and no more",
    (name, { facts }) => {
      const route = index.routes.find((one) => one.name === name);
      const found = route?.calls.flatMap(({ service, operation, fields }) =>
        fields.map(({ field, statuses, use }) => {
          const whose = statuses === undefined ? "" : `(${statuses.join("|")})`;
          return `${service}.${operation} ${whose}${field} ${use.join(" ")}`;
        }),
      );
      expect([...new Set(found)].sort()).toEqual([...facts].sort());
      expect(route?.unfollowed).toEqual([]);
    },
  );

  it("places every field in the document", () => {
    const documents = new Map<string, unknown>();
    const wrong: string[] = [];
    for (const { name, calls } of index.routes) {
      for (const { operation, fields } of calls) {
        for (const { field, pointers } of fields) {
          if (pointers.length === 0) wrong.push(`${name} ${operation} ${field} has no place`);
          for (const place of pointers) {
            const [file = "", pointer = ""] = place.split(/#(.*)/s);
            if (!documents.has(file))
              documents.set(file, JSON.parse(readFileSync(join(root, file), "utf8")));
            const last = field.split("/").at(-1) ?? "";
            const segments = parsePointer(pointer) ?? [];
            const value = segments.reduce<unknown>(
              (at, key) => (at as Record<string, unknown> | undefined)?.[key],
              documents.get(file),
            );
            const isNamed =
              last === "" ||
              last === "*" ||
              segments.at(-1) === last ||
              /[pP]roperties$/.test(pointer);
            if (value === undefined || !isNamed) wrong.push(`${name} ${field} ${place}`);
          }
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it("lets explain find in them what can be earlier, and nothing else", async () => {
    const services = Object.fromEntries(
      SERVICES.map((name) => [name, { document: `specs/${name}.json`, url: "http://127.0.0.1:9" }]),
    );
    const models = await readModels(root, services, SERVICES);
    const latencies = parseLatencies([], SERVICES);
    const found: string[] = [];
    const { routes } = findComposers(root);
    const files = [...new Set(routes.map(({ file }) => file))];
    const project = await createProjectProgram({ root, files, generated: "generated" });
    const composers = composersIn(project, routes);
    for (const route of index.routes) {
      const composer = composers.find(({ name }) => name === route.name);
      const task = { route, project, composer, config: { services }, models, latencies };
      const { findings } = explainRoute(task);
      found.push(...findings.map(({ kind, message }) => `${route.name} ${kind}: ${message}`));
    }
    expect(found).toEqual([
      "priceList bulk: stripe.GetProductsId is called once an item; candidate for a bulk operation, by its shape: GetProducts (query.ids)",
      "releaseAndRollout series: kubernetes.readAppsV1NamespacedDeployment waits for github.reposGetLatestRelease, whose answer it does not use",
      "repositoryCard series: github.reposListContributors waits for github.reposGet, whose answer it does not use",
    ]);
  }, 120_000);

  it("is held to at least 30 composers and 150 facts", () => {
    expect(COMPOSERS.length).toBeGreaterThanOrEqual(30);
    const facts = COMPOSERS.flatMap(({ facts: own }) => own);
    expect(facts.length).toBeGreaterThanOrEqual(150);
  });
});
