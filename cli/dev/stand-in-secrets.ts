/** Values for variables that only mocked services ask for: a mock checks no credentials, so nobody has to have them. */

import { type Environment, isEnvReference } from "../../src/config/env.ts";
import type { GatewayConfig } from "../../src/config.ts";

const STAND_IN = "mock";

/** What to add to an environment: the variables in header fields of mocked services that are not set. */
export function standInSecrets(
  { services }: GatewayConfig,
  mocked: readonly string[],
  environment: Environment,
): Record<string, string> {
  const asked = Object.entries(services).flatMap(([name, { url, headers = {} }]) => {
    const isMocked = mocked.includes(name);
    const values = isMocked ? Object.values(headers) : [url, ...Object.values(headers)];
    return values.filter(isEnvReference).map(({ $env }) => ({ variable: $env, isMocked }));
  });
  const needed = new Set(asked.filter(({ isMocked }) => !isMocked).map(({ variable }) => variable));
  const missing = asked
    .map(({ variable }) => variable)
    .filter((variable) => !needed.has(variable) && !environment[variable]);
  return Object.fromEntries(missing.map((variable) => [variable, STAND_IN]));
}
