/** What a user writes of the server's front: limits on clients, TLS, HTTP/2. */
import type { Duration } from "../core/duration.ts";
import type { EnvReference } from "./env.ts";
import type { Size } from "./size.ts";

/** How slow, large and many clients may be. They are held within two seconds. */
export interface LimitsConfig {
  /** Connections at a time; one more is told 503, probes aside. Default: 10000. */
  readonly connections?: number;
  /** For a TLS handshake, and for the head of a request. Default: `"10s"`. */
  readonly headTimeout?: Duration;
  /** How long nothing of a request's body may come. Default: `"20s"`. */
  readonly bodyTimeout?: Duration;
  /** How long a client may take nothing of its answer. Default: `"60s"`. */
  readonly readTimeout?: Duration;
  /** How long a connection without a request is kept. Default: `"65s"`. */
  readonly idleTimeout?: Duration;
  /** A second, the least of a body that comes or of an answer that is taken, within any time as long as its timeout. Default: `"512b"`. */
  readonly minRate?: Size;
  /** The head of a request. Default: `"16kb"`. */
  readonly headSize?: Size;
  /** Header fields of a request. Default: 100. */
  readonly headerFields?: number;
  /** Items of one list in a JSON body that a composer is given. Default: 10000. */
  readonly listItems?: number;
  /** Requests at a time on one connection of HTTP/2. Default: 100. */
  readonly streams?: number;
}

/** The server speaks TLS. PEM, or the path of a file that has it. */
export interface TlsConfig {
  readonly key: string | EnvReference;
  /** The certificate, and those between it and its authority. */
  readonly cert: string | EnvReference;
  /** Whose certificates clients must have. Default: clients need none. */
  readonly ca?: string | EnvReference;
  /** Default: `"TLSv1.2"`. */
  readonly minVersion?: "TLSv1.2" | "TLSv1.3";
}

/** `"tls"`: where clients of TLS choose it; `"cleartext"`: without TLS, for clients that begin with it; or not at all. */
export type Http2Config = "tls" | "cleartext" | false;
