/** Explains composers that are given as texts, over the example shop's documents and configuration. */

import { loadConfig } from "../../../../cli/config/load-config.ts";
import type { ServiceModel } from "../../../../cli/gen/model.ts";
import { composersIn } from "../../../../cli/index/composers-in.ts";
import { orderDependencies } from "../../../../cli/index/dependencies.ts";
import { readModels } from "../../../../cli/index/explain/explain-project.ts";
import { type Explanation, explainRoute } from "../../../../cli/index/explain/explain-route.ts";
import { parseLatencies } from "../../../../cli/index/explain/latencies.ts";
import { makeIndex } from "../../../../cli/index/make-index.ts";
import { createLocator } from "../../../../cli/index/pointers/create-locator.ts";
import { createProjectProgram } from "../../../../cli/index/program.ts";
import type { GatewayConfig } from "../../../../src/config.ts";
import { routesIn, SHOP } from "../support.ts";

export interface Shop {
  readonly config: GatewayConfig;
  readonly models: ReadonlyMap<string, ServiceModel>;
}

export async function readShop(): Promise<Shop> {
  const { config } = await loadConfig(SHOP);
  const models = await readModels(SHOP, config.services, Object.keys(config.services));
  return { config, models };
}

/**
 * One explanation a composer, by its file.
 * @param files path below the project -> text; those in `composers/<frontend>/` hold composers
 */
export async function explainTexts(
  { config, models }: Shop,
  files: Readonly<Record<string, string>>,
  latency: readonly string[] = [],
): Promise<ReadonlyMap<string, Explanation>> {
  const routes = Object.entries(files).flatMap(([file, text]) => routesIn(file, text));
  const project = await createProjectProgram({
    root: SHOP,
    files: [...new Set(routes.map(({ file }) => file))],
    generated: "generated",
    overlay: new Map(Object.entries(files)),
  });
  const known = new Map<string, unknown>();
  const locator = createLocator(async (service) => models.get(service), {
    get: (service, question) => known.get(`${service} ${question}`),
    set: (service, question, answer) => known.set(`${service} ${question}`, answer),
  });
  const index = await makeIndex({
    project,
    routes,
    proxied: [],
    locator,
    standIns: () => [],
    bulkRule: () => undefined,
  });
  const latencies = parseLatencies(latency, [...models.keys()]);
  const composers = composersIn(project, routes);
  return new Map(
    orderDependencies(index).routes.map((route) => {
      const composer = composers.find(({ at }) => at === route.composer);
      const task = { route, composer, project, config, models, latencies };
      return [(route.composer ?? "").replace(/:\d+$/, ""), explainRoute(task)];
    }),
  );
}

/** `0-100* orders.getOrder`, one a call: `*` is critical; then how it is repeated. */
export function planLines({ plan }: Explanation): string[] {
  return plan.calls.map(({ service, operation, startMs, endMs, isCritical, repeated }) =>
    [`${startMs}-${endMs}${isCritical ? "*" : ""}`, `${service}.${operation}`, repeated ?? ""]
      .join(" ")
      .trim(),
  );
}

/** `series 8:29 -100 reviews.listReviews waits for ...`, one a finding; then what is not followed. */
export function findingLines({ findings, unfollowed }: Explanation): string[] {
  return [
    ...findings.map(({ kind, at, message, savesMs }) => {
      const saves = savesMs === 0 ? "" : ` -${savesMs}`;
      return `${kind} ${at}${saves} ${message}`.replaceAll(/composers\/web\/(case-\d+\.ts:)?/g, "");
    }),
    ...unfollowed.map(({ what }) => `! ${what}`),
  ];
}

/** A shop whose document does not say how many items of a list are usual. */
export function withoutUsualSizes({ config, models }: Shop, service: string, name: string): Shop {
  const model = models.get(service);
  if (model === undefined) throw new Error(`there is no ${service}`);
  const operations = model.operations.map((operation) => ({
    ...operation,
    parameters: operation.parameters.map((parameter) => {
      if (operation.name !== name || typeof parameter.schema === "boolean") return parameter;
      const { default: _, ...schema } = parameter.schema;
      return { ...parameter, schema };
    }),
  }));
  return { config, models: new Map([...models, [service, { ...model, operations }]]) };
}
