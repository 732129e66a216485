/** At least twenty edits of each of three real documents, all at once, each with a route of its own that meets it. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { diffGateway } from "../../../../cli/index/diff/diff-gateway.ts";
import { NO_SPECS, SPECS } from "../../mock/support.ts";
import { GITHUB_SEEDS } from "./github-seeds.ts";
import { KUBERNETES_SEEDS } from "./kubernetes-seeds.ts";
import { composerOf, type Seed } from "./seed.ts";
import { STRIPE_SEEDS } from "./stripe-seeds.ts";
import { compileForReal, generate, kept, makeWorkspace, objectedLines } from "./workspace.ts";

const hasSpecs = existsSync(join(SPECS, "stripe.json"));

const seeds = {
  github: GITHUB_SEEDS,
  stripe: STRIPE_SEEDS,
  kubernetes: KUBERNETES_SEEDS,
} as const;

it("edits of real documents are at least sixty", () => {
  expect(Object.values(seeds).flat().length).toBeGreaterThanOrEqual(60);
});

describe.skipIf(!hasSpecs)(hasSpecs ? "edits of real documents" : NO_SPECS, () => {
  it.each(Object.entries(seeds))(
    "of %s do to routes what is expected, and what the compiler says",
    async (service, list) => {
      const root = makeWorkspace();
      const source = resolve(SPECS, `${service}.json`);
      const names = list.map((_, at) => `${service}${at}`);
      writeRoutes(root, service, source, list, names);
      expect(await compileForReal(root)).toEqual([]);
      await generate(root);
      const document = JSON.parse(readFileSync(source, "utf8"));
      for (const { edit } of list) edit(document);
      write(root, "specs/edited.json", JSON.stringify(document));
      const report = await diffGateway({ root, service, document: "specs/edited.json", kept });

      const found = list.map(({ title, kind }, at) => {
        const mine = report.changes.filter((change) => change.kind === kind);
        const effects = mine.flatMap((change) => change.effects);
        const [effect] = effects.filter(({ route }) => route === `GET /web/${names[at]}`);
        const verdict = effect?.verdict ?? (mine.length > 0 ? "unaffected" : "not found");
        return `${title}: ${verdict} by ${effect?.by ?? "rule"}`;
      });
      expect(found).toEqual(
        list.map(({ title, verdict, by = "rule" }) => `${title}: ${verdict} by ${by}`),
      );
      expect(report.unexplained).toEqual([]);
      write(root, "heddle.config.ts", configOf(service, "specs/edited.json"));
      expect(objectedLines(report)).toEqual(await compileForReal(root));
    },
    180_000,
  );
});

function writeRoutes(
  root: string,
  service: string,
  source: string,
  list: readonly Seed[],
  names: readonly string[],
): void {
  write(root, "heddle.config.ts", configOf(service, source));
  for (const [at, seed] of list.entries()) {
    const name = names[at] ?? "";
    write(root, `composers/web/${name}.ts`, composerOf(service, name, seed));
  }
}

function configOf(service: string, document: string): string {
  const services = { [service]: { document, url: "http://127.0.0.1:9" } };
  return `export default ${JSON.stringify({ services, frontends: { web: {} } })};\n`;
}

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
