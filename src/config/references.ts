/** `env()` in a configuration: every reference replaced by its value, or told where it has none. */
import { resolveUrl } from "./addressing.ts";
import {
  type Environment,
  type EnvReference,
  isEnvReference,
  placeOfEnv,
  resolveEnv,
} from "./env.ts";
import { resolveTls } from "./front.ts";
import { formatPath } from "./path.ts";
import type { ConfigProblem } from "./problems.ts";

export interface ReferenceOptions {
  readonly environment: Environment;
  /**
   * Addresses that win over the configured ones, by service: mocks, tests. They are spoken to as plainly as can be:
   * `protocol`, `tls`, `dns` and `health` are the configured addresses' own.
   */
  readonly urls?: Readonly<Record<string, string>>;
}

/** What the look-ups brought, beside the values. */
export interface LookedUp {
  readonly missing: ConfigProblem[];
  /** By path, those whose value is the environment's. */
  readonly variables: Map<string, EnvReference>;
}

/** Puts values in the place of references where these are allowed: addresses and header fields of services. */
export function resolveReferences(
  input: unknown,
  { environment, urls = {} }: ReferenceOptions,
  looked: LookedUp,
): unknown {
  if (!isRecord(input)) return input;
  const look = (value: unknown, ...steps: readonly PropertyKey[]): unknown =>
    isEnvReference(value) ? lookUp(value, formatPath(steps), environment, looked) : value;
  const { server, cache } = input;
  const { admin, tls } = isRecord(server) ? server : {};
  const rest = {
    ...input,
    ...(isRecord(cache) && isEnvReference(cache.redis) && (environment.REDIS_URL ?? "") === ""
      ? { cache: { ...cache, redis: look(cache.redis, "cache", "redis") } }
      : {}),
    ...(isRecord(server)
      ? {
          server: {
            ...server,
            ...(isRecord(admin)
              ? { admin: { ...admin, token: look(admin.token, "server", "admin", "token") } }
              : {}),
            ...(tls === undefined ? {} : { tls: resolveTls(tls, look) }),
          },
        }
      : {}),
  };
  if (!isRecord(input.services)) return rest;
  const services: Record<string, unknown> = {};
  for (const [name, service] of Object.entries(input.services)) {
    if (!isRecord(service)) {
      services[name] = service;
      continue;
    }
    const path = ["services", name];
    const isReplaced = Object.hasOwn(urls, name);
    const url = isReplaced
      ? urls[name]
      : resolveUrl(service.url, [...path, "url"], {
          look: (value, at) => look(value, ...at),
          variables: looked.variables,
        });
    const { protocol, tls, dns, health, ...plain } = service;
    const addressed = isReplaced ? plain : service;
    const ownTls =
      isReplaced || !isRecord(tls) ? undefined : { ...tls, ca: look(tls.ca, ...path, "tls", "ca") };
    const headers = isRecord(service.headers)
      ? Object.fromEntries(
          Object.entries(service.headers).map(([key, value]) => [
            key,
            look(value, "services", name, "headers", key),
          ]),
        )
      : service.headers;
    services[name] = {
      ...addressed,
      ...(ownTls === undefined ? {} : { tls: ownTls }),
      ...(url === undefined ? {} : { url }),
      ...(headers === undefined ? {} : { headers }),
    };
  }
  return { ...rest, services };
}

/** The value; or the reference itself where there is none, so that the shape does not complain a second time. */
function lookUp(
  reference: EnvReference,
  path: string,
  environment: Environment,
  { missing, variables }: LookedUp,
): unknown {
  const value = resolveEnv(reference, environment);
  // A fallback is written in the file: what is wrong with it is told of the file.
  if ((environment[reference.$env] ?? "") !== "") variables.set(path, reference);
  if (value !== undefined) return value;
  const place = placeOfEnv(reference);
  missing.push({
    path,
    message: `needs the environment's variable ${reference.$env}, which is not set`,
    cure: `set ${reference.$env}, or give env() a fallback`,
    variable: reference.$env,
    ...(place === undefined ? {} : { place }),
  });
  return reference;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
