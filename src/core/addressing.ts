/** Where a service answers and how its addresses are kept in use: as the transport reads it. */

/** One address of a service. */
export interface Address {
  /** Scheme, authority and base path, without a trailing slash. */
  readonly url: string;
  /** Its share of calls, in proportion to the others'. */
  readonly weight: number;
}

/** When an address that fails is left out, and for how long (passive health). */
export interface EjectionRule {
  /** Failures in a row. */
  readonly failures: number;
  /** The first time; twice as long with every further one. */
  readonly baseMs: number;
  readonly longestMs: number;
  /** Never more than this share of the addresses is left out, from 0 to 1; the last one never is. */
  readonly share: number;
}

/** How addresses are asked whether they are well (active health). */
export interface HealthRule {
  /** Origin-form: not below the base path. */
  readonly path: string;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  /** Good answers in a row until an address is used again. */
  readonly healthy: number;
  /** Bad ones in a row until it is left out. */
  readonly unhealthy: number;
}

export type ServiceProtocol = "http1" | "http2";

/** Everything about the addresses of a service. */
export interface Addressing {
  /** At least one; all with one base path. */
  readonly addresses: readonly Address[];
  /** Undefined: no address is left out because of failed calls. */
  readonly ejection: EjectionRule | undefined;
  readonly health: HealthRule | undefined;
  /** How often names are resolved anew, each answer an address of its own; undefined: by the system, for a connection. */
  readonly dnsMs: number | undefined;
  readonly protocol: ServiceProtocol;
  /** PEM; trusted instead of the system's authorities. */
  readonly ca: string | undefined;
}

/** The share of addresses that may be left out, where configuration does not say. */
export const DEFAULT_EJECTED_SHARE = 0.5;
