/** Limits on clients, TLS and HTTP/2: configuration -> settings. */
import { parseDuration } from "../core/duration.ts";
import type { Http2Config, LimitsConfig, TlsConfig } from "./front-config.ts";
import type { ConfigProblem } from "./problems.ts";
import { parseSize } from "./size.ts";

/** What limits are when configuration does not say. */
export const LIMIT_DEFAULTS: Required<LimitsConfig> = {
  connections: 10_000,
  headTimeout: "10s",
  bodyTimeout: "20s",
  readTimeout: "60s",
  // Longer than the 60 s after which common load balancers drop idle connections: they must be first, or they see resets.
  idleTimeout: "65s",
  minRate: "512b",
  headSize: "16kb",
  headerFields: 100,
  listItems: 10_000,
  streams: 100,
};

export interface LimitSettings {
  readonly connections: number;
  readonly headTimeoutMs: number;
  readonly bodyTimeoutMs: number;
  readonly readTimeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly minBytesPerSecond: number;
  readonly headBytes: number;
  readonly headerFields: number;
  readonly listItems: number;
  readonly streams: number;
}

/** PEM or paths, as configured. */
export interface TlsSettings {
  readonly key: string;
  readonly cert: string;
  readonly ca: string | undefined;
  readonly minVersion: "TLSv1.2" | "TLSv1.3";
}

export interface FrontSettings {
  readonly limits: LimitSettings;
  /** Undefined: as many as the machine can answer. */
  readonly maxInFlight: number | undefined;
  /** Undefined: the server speaks no TLS. */
  readonly tls: TlsSettings | undefined;
  readonly http2: Http2Config;
}

/** The keys of `server` that are compiled here. */
export interface FrontConfig {
  readonly limits?: LimitsConfig;
  readonly maxInFlight?: number;
  readonly tls?: TlsConfig;
  readonly http2?: Http2Config;
}

export function compileFront(server: FrontConfig): FrontSettings {
  const { tls } = server;
  return {
    limits: compileLimits(server.limits),
    maxInFlight: server.maxInFlight,
    tls:
      tls === undefined
        ? undefined
        : Object.freeze({
            key: String(tls.key),
            cert: String(tls.cert),
            ca: tls.ca === undefined ? undefined : String(tls.ca),
            minVersion: tls.minVersion ?? "TLSv1.2",
          }),
    http2: server.http2 ?? "tls",
  };
}

/** With every default filled in. */
export function compileLimits(limits: LimitsConfig = {}): LimitSettings {
  const all = { ...LIMIT_DEFAULTS, ...limits };
  return Object.freeze({
    connections: all.connections,
    headTimeoutMs: parseDuration(all.headTimeout),
    bodyTimeoutMs: parseDuration(all.bodyTimeout),
    readTimeoutMs: parseDuration(all.readTimeout),
    idleTimeoutMs: parseDuration(all.idleTimeout),
    minBytesPerSecond: parseSize(all.minRate),
    headBytes: parseSize(all.headSize),
    headerFields: all.headerFields,
    listItems: all.listItems,
    streams: all.streams,
  });
}

/** What no single key says. */
export function frontProblems({ tls, http2 }: FrontConfig): ConfigProblem[] {
  if (tls === undefined || http2 !== "cleartext") return [];
  const message = "is for a server without TLS";
  const cure = 'leave it out: with "tls" clients choose HTTP/2 themselves';
  return [{ path: "server.http2", message, value: '"cleartext"', cure }];
}

/** The keys of `tls` with the values of the environment in place of references. */
export function resolveTls(
  tls: unknown,
  look: (value: unknown, ...path: readonly string[]) => unknown,
): unknown {
  if (typeof tls !== "object" || tls === null || Array.isArray(tls)) return tls;
  return Object.fromEntries(
    Object.entries(tls).map(([key, value]) => [key, look(value, "server", "tls", key)]),
  );
}
