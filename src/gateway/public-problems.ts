/** Caches that give one answer to all callers, though an operation knows its callers, and nobody has said why. */
import { formatPath } from "../config/path.ts";
import type { ConfigProblem } from "../config/problems.ts";
import type { ServiceRulesConfig } from "../config/service-rules.ts";
import { isReasoned, namesOf } from "../core/access.ts";
import type { CachePolicy } from "../core/policies.ts";
import { type RouteDefinition, summariseRoute } from "../server/route.ts";

/** What to do about it. */
export const REASON_CURE =
  'say why it is the same for all of them, public: "...", or leave `public` out: each caller is then given their own';

type RulesByService = Readonly<Record<string, Pick<ServiceRulesConfig, "operations">>>;

/**
 * Of routes, and of the configuration as far as routes are known to reach its operations.
 * @param services as configured
 */
export function publicProblems(
  services: RulesByService,
  routes: readonly RouteDefinition[],
): ConfigProblem[] {
  const seen = new Set<string>();
  return routes.flatMap((route): ConfigProblem[] => {
    const { access = [] } = route.facts ?? {};
    const asking = access.flatMap(({ service, operations }) =>
      operations.map((operation) => ({ service, operation })),
    );
    const ofOperations = asking.flatMap(({ service, operation }) => {
      const rules = ownOf(ownOf(services, service)?.operations, operation);
      const problem = operationPublicProblem(service, operation, rules?.cache);
      if (problem === undefined || seen.has(problem.path)) return [];
      seen.add(problem.path);
      return [problem];
    });
    if (route.kind === "proxied" || access.length === 0) return ofOperations;
    const { cache } = route.composer.options;
    if (isReasoned(publicOf(cache))) return ofOperations;
    const { method, template } = summariseRoute(route);
    const path = `route ${method} ${template} (${route.file})`;
    const message = `keeps one answer for all callers, though it depends on who calls: ${namesOf(access)}`;
    return [...ofOperations, { path, message, cure: REASON_CURE }];
  });
}

/** The problem of a protected operation's `cache`, as it is configured. */
export function operationPublicProblem(
  service: string,
  operation: string,
  cache: CachePolicy | undefined,
): ConfigProblem | undefined {
  if (isReasoned(publicOf(cache))) return undefined;
  return {
    path: formatPath(["services", service, "operations", operation, "cache", "public"]),
    message: "keeps one answer for all callers, though the document says that they are known",
    cure: REASON_CURE,
  };
}

function publicOf(cache: CachePolicy | undefined): boolean | string | undefined {
  return typeof cache === "object" ? cache.public : undefined;
}

function ownOf<Value>(
  record: Readonly<Record<string, Value>> | undefined,
  name: string,
): Value | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}
