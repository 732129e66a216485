/** Real documents: those that npm packages bring along, and more where a folder of them is at hand. */
import { existsSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { emitService } from "../../../../cli/gen/emit/service.ts";
import type { ServiceModel } from "../../../../cli/gen/model.ts";
import { readService } from "../../../../cli/gen/read-service.ts";

export const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));

/** The folder of the large documents: `HEDDLE_SPECS`, or beside this repository. */
export const SPECS = process.env.HEDDLE_SPECS ?? join(ROOT, "../shared/specs");

export interface RealDocument {
  /** As a configuration would name it. */
  readonly source: string;
  readonly root: string;
}

/** The documents of npm packages: on any machine. */
export function packagedDocuments(): RealDocument[] {
  const examples = join(ROOT, "node_modules/@readme/oas-examples");
  return [
    "@octokit/openapi/generated/api.github.com.json",
    "@figma/rest-api-spec/openapi/openapi.yaml",
    "@scalar/galaxy/dist/latest.json",
    "@scalar/galaxy/dist/3.1.yaml",
    ...documentsIn(examples, ["2.0", "3.0", "3.1"]).map((path) => `@readme/oas-examples/${path}`),
  ].map((source) => ({ source, root: ROOT }));
}

/** The large documents; none where the folder is absent. */
export function largeDocuments(): RealDocument[] {
  if (!existsSync(SPECS)) return [];
  const digitalocean = "digitalocean/specification/DigitalOcean-public.v2.yaml";
  const others = readdirSync(SPECS).filter((name) => /\.(?:json|ya?ml)$/.test(name));
  return [...others.sort(), ...(existsSync(join(SPECS, digitalocean)) ? [digitalocean] : [])].map(
    (source) => ({
      source,
      root: SPECS,
    }),
  );
}

function documentsIn(folder: string, below: readonly string[]): string[] {
  return below
    .flatMap((name) =>
      readdirSync(join(folder, name), { recursive: true, encoding: "utf8" }).map((path) =>
        join(folder, name, path),
      ),
    )
    .filter((path) => /\.(?:json|ya?ml)$/.test(path))
    .map((path) => relative(folder, path).split(sep).join("/"))
    .sort();
}

/** What is generated from a document: its model, and path below `generated/` -> text. Nothing where no model is made of it. */
export async function generate(
  { source, root }: RealDocument,
  name: string,
): Promise<{ readonly model: ServiceModel; readonly files: ReadonlyMap<string, string> }> {
  const { model } = await readService({ name, source, root });
  if (model === undefined) throw new Error(`${source} gives no model`);
  return { model, files: await emitService(model) };
}
