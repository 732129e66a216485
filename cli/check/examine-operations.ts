/** Holds what the configuration says of operations and routes against the documents, as the gateway does when it starts. */

import { ownPaths } from "../../src/config/own-paths.ts";
import type { ConfigProblem } from "../../src/config/problems.ts";
import { compileServiceRules } from "../../src/config/service-rules.ts";
import type { GatewayConfig } from "../../src/config.ts";
import { operationProblems } from "../../src/gateway/operation-problems.ts";
import { operationPublicProblem } from "../../src/gateway/public-problems.ts";
import {
  configuredRouteProblems,
  type FoundRoute,
  routeProblem,
} from "../../src/gateway/route-problems.ts";
import { findInConfig, placeProblems } from "../config/place-problems.ts";
import type { Diagnostic } from "../gen/diagnostics.ts";
import { planOf } from "../gen/emit/operations.ts";
import type { ServiceModel } from "../gen/model.ts";
import type { GenRoute } from "../gen/run.ts";
import { operationFacts } from "../index/access/operation-facts.ts";
import { batchKeyDiagnostics } from "./batch-keys.ts";

export interface Examination {
  readonly onModel: (model: ServiceModel) => void;
  /** To be given the routes of composers, when every model has been given. */
  readonly onRoutes: (routes: readonly GenRoute[]) => void;
  /** With their places. Grows with every model. */
  readonly problems: readonly ConfigProblem[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * To be given every model; the environment is not looked at.
 * @param file the configuration's, relative to the project
 */
export function examineOperations(config: GatewayConfig, root: string, file: string): Examination {
  const problems: ConfigProblem[] = [];
  const diagnostics: Diagnostic[] = [];
  const found: FoundRoute[] = [];
  const own = ownPaths(config.server ?? {});
  const placeOf = findInConfig(root, file);
  return {
    problems,
    diagnostics,
    onRoutes(routes) {
      for (const { kind, method, template, frontend = "", file: place = "" } of routes) {
        if (kind !== "composed") continue;
        const route = { frontend, file: place, method, template };
        found.push(route);
        const problem = routeProblem(route, own);
        if (problem !== undefined) problems.push({ ...problem, place });
      }
      const configured = configuredRouteProblems(found, config, own);
      problems.push(...placeProblems(configured, root, file));
    },
    onModel(model) {
      const { name } = model;
      const { operations, batch, expose = [], prefix = `/${name}` } = config.services[name] ?? {};
      if (operations === undefined && batch === undefined && expose.length === 0) return;
      const rules = compileServiceRules({
        ...(operations === undefined ? {} : { operations }),
        ...(batch === undefined ? {} : { batch }),
      });
      const plans = model.operations.map((operation) => planOf(operation, model.schemas));
      const definition = {
        name,
        operations: Object.fromEntries(plans.map((plan) => [plan.name, plan])),
      };
      const faults = operationProblems({ [name]: rules }, [definition]);
      const unreasoned = model.operations.flatMap((operation) => {
        const own = operations ?? {};
        const { cache } = (Object.hasOwn(own, operation.name) && own[operation.name]) || {};
        const isAsking = operationFacts(operation).anyOf !== undefined;
        const problem = isAsking && operationPublicProblem(name, operation.name, cache);
        return problem ? [problem] : [];
      });
      problems.push(...placeProblems([...faults, ...unreasoned], root, file));
      for (const [at, wanted] of expose.entries()) {
        const operation = plans.find((plan) => plan.name === wanted);
        if (operation === undefined) continue;
        const route = { service: name, operation, prefix };
        found.push(route);
        const problem = routeProblem(route, own);
        const place = placeOf(`services.${name}.expose[${at}]`);
        if (problem !== undefined) problems.push({ ...problem, ...(place && { place }) });
      }
      diagnostics.push(...batchKeyDiagnostics(model, rules.batch, root, file));
    },
  };
}
