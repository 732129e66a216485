/** Where a service answers: lists of addresses and their rules, from configuration to settings. */
import {
  type Address,
  type Addressing,
  DEFAULT_EJECTED_SHARE,
  type EjectionRule,
  type HealthRule,
} from "../core/addressing.ts";
import { parseDuration } from "../core/duration.ts";
import type { AddressingConfig } from "./addressing-config.ts";
import { readAuthorities } from "./authorities.ts";
import { type EnvReference, isEnvReference } from "./env.ts";
import { formatPath } from "./path.ts";
import { type ConfigProblem, showValue } from "./problems.ts";

/** What holds where the configuration does not say. */
export const ADDRESSING_DEFAULTS = {
  ejection: { failures: 5, time: "10s", longest: "5m", share: DEFAULT_EJECTED_SHARE },
  health: { interval: "10s", timeout: "1s", healthy: 2, unhealthy: 3 },
  protocol: "http1",
} as const;

export interface UrlLookUp {
  /** The value of a reference; what is none stays. */
  readonly look: (value: unknown, path: readonly PropertyKey[]) => unknown;
  /** By path, the references whose value is the environment's. */
  readonly variables: Map<string, EnvReference>;
}

/**
 * The addresses of a service with every reference looked up. A variable may hold several, separated by commas: those
 * stand in its place in the list, or make one.
 */
export function resolveUrl(
  url: unknown,
  path: readonly PropertyKey[],
  { look, variables }: UrlLookUp,
): unknown {
  const isList = Array.isArray(url);
  const list: unknown[] = [];
  for (const each of isList ? url : [url]) {
    const isWeighted = isRecord(each) && "url" in each;
    const given: unknown = isWeighted ? each.url : each;
    const last = isWeighted ? ["url"] : [];
    const at = isList ? [...path, list.length, ...last] : path;
    const found = look(given, at);
    const variable = variables.get(formatPath(at));
    const isSplit = isEnvReference(given) && typeof found === "string";
    const parts = isSplit ? found.split(",").map((part) => part.trim()) : [found];
    if (!isList && parts.length === 1) return found;
    for (const part of parts) {
      if (variable !== undefined) {
        variables.set(formatPath([...path, list.length, ...last]), variable);
      }
      list.push(isWeighted ? { ...each, url: part } : part);
    }
  }
  return list;
}

/**
 * What is wrong with the addresses of a service as a whole, which no single one shows, and with what they need.
 * @param service as it was written, with references looked up; of any shape
 */
export function addressingProblems(name: string, service: unknown): ConfigProblem[] {
  if (!isRecord(service)) return [];
  const path = ["services", name];
  const problems: ConfigProblem[] = [];
  const { url, tls } = service;
  if (Array.isArray(url)) {
    const at = formatPath([...path, "url"]);
    if (url.length === 0) {
      const cure = 'write at least one address: ["http://10.0.0.1:8080"]';
      problems.push({ path: at, message: "is empty", cure });
    }
    problems.push(...listProblems(at, url));
  }
  const ca = isRecord(tls) ? tls.ca : undefined;
  if (typeof ca === "string" && ca !== "") {
    const { reason } = readAuthorities(ca);
    if (reason !== undefined) {
      const cure = "name a file of PEM certificates, from where the server is started, or give PEM";
      problems.push({ path: formatPath([...path, "tls", "ca"]), message: reason, cure });
    }
  }
  return problems;
}

/** The same of addresses as they stand in the configuration, where nothing of the environment is at hand. */
export function writtenAddressProblems(
  services: Readonly<Record<string, unknown>>,
): ConfigProblem[] {
  return Object.entries(services).flatMap(([name, service]) =>
    isRecord(service) && Array.isArray(service.url)
      ? listProblems(formatPath(["services", name, "url"]), service.url)
      : [],
  );
}

function listProblems(path: string, list: readonly unknown[]): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const seen = new Set<string>();
  let base: string | undefined;
  for (const each of list) {
    const text = isRecord(each) ? each.url : each;
    if (typeof text !== "string" || !URL.canParse(text)) continue;
    const { origin, pathname } = new URL(text);
    const own = pathname.replace(/\/+$/, "");
    const value = showValue(text);
    if (seen.has(origin)) {
      const cure = "leave it out; { url, weight } gives an address a larger share";
      problems.push({ path, message: "has an address twice", value, cure });
    }
    seen.add(origin);
    base ??= own;
    if (own !== base) {
      const wanted = base === "" ? "be without a path" : `end in "${base}"`;
      const cure = `let every address of the service ${wanted}; another path is another service`;
      problems.push({ path, message: "has addresses with several base paths", value, cure });
    }
  }
  return problems;
}

/** The addressing of a valid configuration. */
export function compileAddressing(config: AddressingConfig): Addressing {
  const { tls } = config;
  return {
    addresses: Object.freeze(addressesOf(config.url)),
    ejection: compileEjection(config.ejection),
    health: compileHealth(config.health),
    dnsMs: config.dns === undefined ? undefined : parseDuration(config.dns),
    protocol: config.protocol ?? ADDRESSING_DEFAULTS.protocol,
    ca: tls === undefined ? undefined : readAuthorities(String(tls.ca)).pem,
  };
}

function addressesOf(url: AddressingConfig["url"]): Address[] {
  const list = Array.isArray(url) ? (url as readonly unknown[]) : [url];
  return list.map((each) => {
    const { url: text, weight = 1 } = isRecord(each) ? each : { url: each };
    return { url: String(text).replace(/\/+$/, ""), weight: Number(weight) };
  });
}

function compileEjection(ejection: AddressingConfig["ejection"]): EjectionRule | undefined {
  if (ejection === false) return undefined;
  const { failures, time, longest, share } = { ...ADDRESSING_DEFAULTS.ejection, ...ejection };
  const baseMs = parseDuration(time);
  return { failures, baseMs, longestMs: Math.max(baseMs, parseDuration(longest)), share };
}

function compileHealth(health: AddressingConfig["health"]): HealthRule | undefined {
  if (health === undefined) return undefined;
  const { path, interval, timeout, healthy, unhealthy } = {
    ...ADDRESSING_DEFAULTS.health,
    ...health,
  };
  const intervalMs = parseDuration(interval);
  return { path, intervalMs, timeoutMs: parseDuration(timeout), healthy, unhealthy };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
