/** The compiled configuration: immutable, defaults filled in, every unit in its name. What the running gateway reads. */

import type { Addressing } from "../core/addressing.ts";
import type { ServiceRules } from "../core/policies.ts";
import type { GivenCookies } from "../http/set-cookie.ts";
import type { TrustedProxies } from "../http/trusted-chain.ts";
import type { CompressionSettings } from "./compression.ts";
import type { CorsSettings } from "./cors.ts";
import type { FrontSettings } from "./front.ts";
import type { LogLevel } from "./gateway-config.ts";
import type { RouteSettings } from "./route-settings.ts";
import type { SecurityHeadersSettings } from "./security-headers.ts";
import type { StreamSettings } from "./streams.ts";

export interface GatewaySettings {
  /** Null-prototype. */
  readonly services: Readonly<Record<string, ServiceSettings>>;
  /** Null-prototype. */
  readonly frontends: Readonly<Record<string, FrontendSettings>>;
  readonly routes: readonly RouteSettings[];
  readonly server: ServerSettings;
  readonly cache: CacheSettings;
}

export interface CacheSettings {
  readonly maxBytes: number;
  /** Of the Redis server; undefined: there is none. */
  readonly redisUrl: string | undefined;
  readonly prefix: string;
}

export interface AdminSettings {
  readonly path: string;
  readonly token: string;
}

export interface ServiceSettings extends ServiceRules, Addressing {
  /** The first address: scheme, authority and base path, without a trailing slash. */
  readonly url: string;
  /** Of one attempt. */
  readonly timeoutMs: number;
  /** Calls in flight at a time. */
  readonly concurrency: number;
  readonly maxAnswerBytes: number;
  /** Whose policies hold for relayed routes; undefined: nobody's. */
  readonly frontend: string | undefined;
  /** Inbound header fields that go on, lower case. */
  readonly forward: readonly string[];
  /** That its relayed answers may set. */
  readonly cookies: GivenCookies;
  /** Sent with every call; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface FrontendSettings {
  /** Undefined: pages of other origins are told nothing. */
  readonly cors: CorsSettings | undefined;
  /** Lower case; none: all. */
  readonly hosts: readonly string[];
}

export interface ServerSettings extends FrontSettings {
  readonly port: number;
  readonly host: string;
  readonly deadlineMs: number;
  readonly bodyLimitBytes: number;
  readonly graceMs: number;
  readonly drainDelayMs: number;
  readonly logLevel: LogLevel;
  readonly trustRequestId: boolean;
  /** Undefined: nobody is believed. */
  readonly trustedProxies: TrustedProxies | undefined;
  /** Lower case. */
  readonly clientDeadline: string | undefined;
  readonly streams: StreamSettings;
  readonly compression: CompressionSettings;
  readonly securityHeaders: SecurityHeadersSettings;
  /** Undefined: this process alone. */
  readonly workers: number | "auto" | undefined;
  /** At a time. */
  readonly maxTunnels: number;
  readonly admin: AdminSettings | undefined;
  readonly docs: boolean;
}
