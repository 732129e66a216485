/** The gateway's own document of some composers over the shop's services. */
import { findComposers } from "../../../../cli/gen/composers.ts";
import type { ServiceModel } from "../../../../cli/gen/model.ts";
import { readService } from "../../../../cli/gen/read-service.ts";
import {
  type DocumentResult,
  type GatewayDocumentOptions,
  gatewayDocument,
} from "../../../../cli/index/document/gateway-document.ts";
import { createProjectProgram } from "../../../../cli/index/program.ts";
import config from "../../../../heddle.config.ts";

const root = process.cwd();

export async function shopModels(): Promise<ServiceModel[]> {
  const models: ServiceModel[] = [];
  for (const [name, { document = "" }] of Object.entries(config.services)) {
    const { model } = await readService({ name, source: document, root });
    if (model !== undefined) models.push(model);
  }
  return models;
}

/**
 * @param folder of the composers, relative to the project
 * @param texts sources that count before what is on the disk, by path relative to the project
 */
export async function documentOf(
  folder: string,
  more: Partial<GatewayDocumentOptions> = {},
  texts: ReadonlyMap<string, string> = new Map(),
): Promise<DocumentResult> {
  const { routes, files } = findComposers(root, folder);
  return gatewayDocument({
    project: await createProjectProgram({ root, files, generated: "generated", overlay: texts }),
    source: "heddle.config.ts",
    title: "test",
    composed: routes,
    proxied: [],
    models: await shopModels(),
    generated: "generated",
    forward: {},
    ...more,
  });
}
