/** The shape of `heddle.config.ts`, as a user writes it. */
import type { Duration } from "../core/duration.ts";
import type { AddressingConfig } from "./addressing-config.ts";
import type { CompressionConfig } from "./compression.ts";
import type { CorsConfig } from "./cors.ts";
import type { EnvReference } from "./env.ts";
import type { Http2Config, LimitsConfig, TlsConfig } from "./front-config.ts";
import type { RouteConfig } from "./routes-config.ts";
import type { SecurityHeadersConfig } from "./security-headers.ts";
import type { ServiceRulesConfig } from "./service-rules.ts";
import type { Size } from "./size.ts";
import type { StreamsConfig } from "./streams-config.ts";
import type { TrustedProxiesConfig } from "./trusted-proxies.ts";

/** What a gateway is made of. Data only: it is read by `heddle gen` and again when the server starts. */
export interface GatewayConfig {
  /** The backends, by name. A name is an identifier: `/^[a-z][A-Za-z0-9]*$/`. */
  readonly services: Readonly<Record<string, ServiceConfig>>;
  /** The applications for which routes are made, by name; a folder of `composers/` each. */
  readonly frontends?: Readonly<Record<string, FrontendConfig>>;
  /** Routes beside those of documents and composers. Default: none. */
  readonly routes?: readonly RouteConfig[];
  readonly server?: ServerConfig;
  /** Where answers are kept. Default: in the process, up to `"64mb"`. */
  readonly cache?: CacheConfig;
}

/** One backend. */
export interface ServiceConfig<Operations extends string = string>
  extends ServiceRulesConfig<Operations>,
    AddressingConfig {
  /**
   * The OpenAPI document: a path, an http(s) URL, or a file inside an npm package (`@acme/api/openapi.json`). Default:
   * none; the service has no operations then, and only `routes` lead to it.
   */
  readonly document?: string;
  /** Ends one attempt of a call. Default: `"10s"`. */
  readonly timeout?: Duration;
  /** Calls in flight at a time. Default: 256. */
  readonly concurrency?: number;
  /** Names of operations that are offered as they are (proxied routes). Default: none. */
  readonly expose?: readonly Operations[];
  /** Path put before exposed operations; `"/"` for none. Default: `"/<service>"`. */
  readonly prefix?: string;
  /** The frontend whose policies hold for exposed operations: CORS. Default: none. */
  readonly frontend?: string;
  /** Inbound header fields that go on to this service, for example `"authorization"`. Default: none. */
  readonly forward?: readonly string[];
  /** Cookies that relayed answers of this service may set, by name; `true`: all of them. Default: none. */
  readonly cookies?: true | readonly string[];
  /** Header fields sent with every call. */
  readonly headers?: Readonly<Record<string, string | EnvReference>>;
  /** The largest body that is read from an answer. Relayed bodies are not read. Default: `"10mb"`. */
  readonly maxAnswerSize?: Size;
}

/** One application for which routes are made. */
export interface FrontendConfig {
  /** Origins whose pages may call this frontend's routes, for example `"https://shop.example"`; `"*"`: all. Default: none. */
  readonly cors?: CorsConfig;
  /** Hosts on which this frontend's routes answer: `"shop.example"`, `"*.shop.example"`. Default: all. */
  readonly hosts?: readonly string[];
}

export type LogLevel = "trace" | "debug" | "info" | "warn" | "error" | "fatal" | "silent";

/** The gateway's own server. */
export interface ServerConfig {
  /** Default: 8080. The environment's `PORT` wins. 0: any free port. */
  readonly port?: number;
  /** Default: `"0.0.0.0"`. The environment's `HOST` wins. */
  readonly host?: string;
  /** When a whole request ends, where its route does not say. Default: `"10s"`. */
  readonly deadline?: Duration;
  /** The largest request body. Default: `"1mb"`. */
  readonly bodyLimit?: Size;
  /** How long a stopping server waits for requests in flight. Default: `"10s"`. */
  readonly grace?: Duration;
  /**
   * How long a stopping server goes on taking requests, unready, before it closes its port; and, up to half a second,
   * how long it then waits for one more request on an idle connection. Default: `"500ms"`; behind a load balancer, longer
   * than that takes to notice.
   */
  readonly drainDelay?: Duration;
  /** Default: `"info"`. The environment's `LOG_LEVEL` wins. */
  readonly logLevel?: LogLevel;
  /** Whether a caller's `X-Request-Id` is kept. Only behind a proxy that sets it. Default: false. */
  readonly trustRequestId?: boolean;
  /**
   * Who is believed in `Forwarded` and `X-Forwarded-For`, `-Host` and `-Proto`: addresses (`"192.0.2.7"`), ranges
   * (`"10.0.0.0/8"`), or `"loopback"`, `"link-local"`, `"private"`. Default: nobody.
   */
  readonly trustedProxies?: TrustedProxiesConfig;
  /** The field in which callers may send a shorter deadline, in milliseconds. Default: none. */
  readonly clientDeadline?: string;
  /** Limits of answers that have no end of their own: event streams. */
  readonly streams?: StreamsConfig;
  /** Whether composers' answers are compressed, where they do not say. Default: false. */
  readonly compression?: CompressionConfig;
  /** Header fields for browsers; `false`: none. Default: safe ones, see {@link SecurityHeadersConfig}. */
  readonly securityHeaders?: SecurityHeadersConfig | false;
  /**
   * Processes that serve side by side, 1 to 1,024, or `"auto"`: one for each core. `--workers` and the environment's
   * `WORKERS` win. What is limited or kept in a process is so in each of them. Default: none but this process.
   */
  readonly workers?: number | "auto";
  /** WebSocket tunnels at a time, of all routes. Default: 10,000. */
  readonly maxTunnels?: number;
  /** Pages for whoever runs the gateway, with a token as bearer. Default: none. */
  readonly admin?: AdminConfig;
  /**
   * Whether everybody may read the gateway's own document, as a page at `/docs` and as `/docs/openapi.json`. Default:
   * false; `heddle dev` shows them unless it is said here.
   */
  readonly docs?: boolean;
  /** How slow, large and many clients may be. */
  readonly limits?: LimitsConfig;
  /** Requests under way at a time; more are told 503. Default: as many as the process can answer in time. */
  readonly maxInFlight?: number;
  /** Default: the server speaks no TLS. */
  readonly tls?: TlsConfig;
  /** Where HTTP/2 is spoken. Default: `"tls"`. */
  readonly http2?: Http2Config;
}

/** Pages for whoever runs the gateway: the state of breakers, queues and caches. */
export interface AdminConfig {
  /** Default: `"/admin"`. */
  readonly path?: string;
  /** Of 16 characters or more; sent as `Authorization: Bearer ...`. */
  readonly token: string | EnvReference;
}

/** Where answers are kept. */
export interface CacheConfig {
  /** What the process keeps at most, bodies and keys together. Default: `"64mb"`. */
  readonly maxSize?: Size;
  /** A Redis server that all processes share. The environment's `REDIS_URL` wins. Default: none. */
  readonly redis?: string | EnvReference;
  /** Put before every key in Redis. Default: `"heddle:"`. */
  readonly prefix?: string;
}
