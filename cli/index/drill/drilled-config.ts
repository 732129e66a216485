/** A project's configuration as a drill runs it: what it says of failures is kept, what would reach the world is not. */
import { type Environment, isEnvReference } from "../../../src/config/env.ts";
import type { GatewayConfig } from "../../../src/config.ts";

export interface DrilledConfig {
  readonly config: GatewayConfig;
  /** The same on every machine: the process's own is not looked at. */
  readonly env: Environment;
}

/** Long enough for whatever has a least length. */
const STAND_IN = "stand-in-of-a-drill";

/**
 * Leaves out Redis and certificates, and makes the random wait before a second attempt as short as can be: how long it
 * takes is chance. Variables without a default get a text.
 */
export function drilledConfig(given: GatewayConfig): DrilledConfig {
  const { redis: _redis, ...cache } = given.cache ?? {};
  const { tls: _tls, workers: _workers, ...server } = given.server ?? {};
  const services = Object.fromEntries(
    Object.entries(given.services).map(([name, service]) => {
      const { retry } = service;
      return [
        name,
        retry === false ? service : { ...service, retry: { ...retry, backoff: "1ms" as const } },
      ];
    }),
  );
  const config = { ...given, cache, server, services };
  return { config, env: Object.fromEntries(neededBy(config)) };
}

function* neededBy(value: unknown): Iterable<[string, string]> {
  if (isEnvReference(value)) {
    if (value.fallback === undefined) yield [value.$env, STAND_IN];
  } else if (typeof value === "object" && value !== null) {
    for (const inner of Object.values(value)) yield* neededBy(inner);
  }
}
