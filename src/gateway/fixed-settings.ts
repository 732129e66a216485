/** What a running gateway cannot change: what its port, its stores and its processes were made with. */
import { isDeepStrictEqual } from "node:util";
import { type ConfigProblem, showValue } from "../config/problems.ts";
import type { GatewaySettings, ServerSettings } from "../config/settings.ts";

/** Settings of the server that are looked up when they are needed. Any other is fixed, so that a new one is, too. */
const LIVE: ReadonlySet<string> = new Set<keyof ServerSettings>([
  "deadlineMs",
  "bodyLimitBytes",
  "graceMs",
  "drainDelayMs",
  "logLevel",
  "trustRequestId",
  "clientDeadline",
  "compression",
  "securityHeaders",
  "trustedProxies",
  "streams",
  "maxTunnels",
  "maxInFlight",
  "admin",
  "docs",
]);

/** A problem for each setting that differs and cannot, without its value where that may be a secret. */
export function fixedProblems(before: GatewaySettings, after: GatewaySettings): ConfigProblem[] {
  return [
    ...changes("server", before.server, after.server).filter(({ key }) => !LIVE.has(key)),
    ...changes("cache", before.cache, after.cache),
  ].map(({ path, value, isSecret }) => ({
    path,
    message: "cannot change while the gateway runs",
    ...(isSecret ? {} : { value: showValue(value) }),
    cure: "restart the gateway, or put the old value back",
  }));
}

interface Change {
  readonly key: string;
  readonly path: string;
  readonly value: unknown;
  readonly isSecret: boolean;
}

function changes(section: string, before: object, after: object): Change[] {
  const old: Readonly<Record<string, unknown>> = { ...before };
  return Object.entries(after)
    .filter(([key, value]) => !isDeepStrictEqual(old[key], value))
    .map(([key, value]) => ({
      key,
      path: `${section}.${NAMES[key] ?? key.replace(/(?:Ms|Bytes)$/, "")}`,
      value,
      // Of an address a part may be a password, and of an object any.
      isSecret: key === "redisUrl" || (typeof value === "object" && value !== null),
    }));
}

/** Keys of the configuration, where their settings are called otherwise. */
const NAMES: Readonly<Record<string, string>> = { redisUrl: "redis", maxBytes: "maxSize" };
