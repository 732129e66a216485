/** The part of a service's configuration that says where it answers and how its addresses are kept in use. */
import type { Duration } from "../core/duration.ts";
import type { EnvReference } from "./env.ts";

/** One address, its weight beside it. */
export interface AddressConfig {
  readonly url: string | EnvReference;
  /** Its share of calls, in proportion to the others'. Default: 1. */
  readonly weight?: number;
}

/** One address, or several with one base path. A variable may hold several, separated by commas. */
export type UrlConfig = string | EnvReference | readonly (string | EnvReference | AddressConfig)[];

export interface AddressingConfig {
  /** Where the service answers, with its base path if it has one. Without credentials. */
  readonly url: UrlConfig;
  /**
   * Leaves out an address whose calls fail one after the other. `false`: never. Only where there are several.
   * Default: `{ failures: 5, time: "10s", longest: "5m", share: 0.5 }`.
   */
  readonly ejection?:
    | false
    | {
        /** Connections that fail, timeouts and 502, 503, 504, in a row. Default: 5. */
        readonly failures?: number;
        /** How long, the first time; twice as long with every further one. Default: `"10s"`. */
        readonly time?: Duration;
        /** Default: `"5m"`. */
        readonly longest?: Duration;
        /** Of the addresses, at most so many are left out; the last one never is. Default: 0.5. */
        readonly share?: number;
      };
  /** Asks every address whether it is well. Default: nobody asks. */
  readonly health?: {
    /** From the root of the address, not below its base path. Well is who answers 2xx. */
    readonly path: string;
    /** Default: `"10s"`. */
    readonly interval?: Duration;
    /** Default: `"1s"`. */
    readonly timeout?: Duration;
    /** Good answers in a row until an address is used again. Default: 2. */
    readonly healthy?: number;
    /** Bad ones in a row until it is left out. Default: 3. */
    readonly unhealthy?: number;
  };
  /** How often host names are resolved anew, each answer an address of its own. Default: by the system, for each connection. */
  readonly dns?: Duration;
  /** `"http2"`: by ALPN at https addresses, by prior knowledge at http ones. Default: `"http1"`. */
  readonly protocol?: "http1" | "http2";
  readonly tls?: {
    /** Certificates of the authorities that are trusted instead of the system's: a PEM file, or PEM itself. */
    readonly ca: string | EnvReference;
  };
}
