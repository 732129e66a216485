/** Configuration + environment -> settings: validated, defaults filled in, units made numbers. */
import { type Duration, parseDuration } from "../core/duration.ts";
import { addressingProblems, compileAddressing } from "./addressing.ts";
import { compileCompression } from "./compression.ts";
import { compileCors } from "./cors.ts";
import type { Environment, EnvReference } from "./env.ts";
import { compileFront, frontProblems } from "./front.ts";
import type { CacheConfig, ServerConfig, ServiceConfig } from "./gateway-config.ts";
import { readListening } from "./listening.ts";
import type { ConfigProblem } from "./problems.ts";
import { isRecord, type ReferenceOptions, resolveReferences } from "./references.ts";
import { compileRouteConfigs, hostsOf } from "./routes.ts";
import { aRedisUrl } from "./rules.ts";
import { compileSecurityHeaders } from "./security-headers.ts";
import { compileServiceRules } from "./service-rules.ts";
import type {
  CacheSettings,
  FrontendSettings,
  GatewaySettings,
  ServerSettings,
  ServiceSettings,
} from "./settings.ts";
import { parseSize, type Size } from "./size.ts";
import { compileStreams } from "./streams.ts";
import { compileTrustedProxies } from "./trusted-proxies.ts";
import { validateConfig } from "./validate.ts";
import { MAX_TUNNELS } from "./websocket.ts";

/** What a service is when its configuration does not say. */
export const SERVICE_DEFAULTS: { timeout: Duration; concurrency: number; maxAnswerSize: Size } = {
  timeout: "10s",
  concurrency: 256,
  maxAnswerSize: "10mb",
};

/** What the server is when its configuration does not say. */
export const SERVER_DEFAULTS: Pick<
  Required<ServerConfig>,
  | "port"
  | "host"
  | "deadline"
  | "bodyLimit"
  | "grace"
  | "drainDelay"
  | "logLevel"
  | "trustRequestId"
  | "docs"
  | "maxTunnels"
  | "http2"
> = {
  port: 8080,
  host: "0.0.0.0",
  deadline: "10s",
  bodyLimit: "1mb",
  grace: "10s",
  // Only who runs the gateway knows how soon its load balancer looks. This is long enough for clients that keep sending
  // to be told that their connection ends, and short enough for whoever waits for a gateway that has nothing in front.
  drainDelay: "500ms",
  logLevel: "info",
  trustRequestId: false,
  docs: false,
  maxTunnels: MAX_TUNNELS,
  http2: "tls",
};

/** What the cache is when its configuration does not say. */
export const CACHE_DEFAULTS: { maxSize: Size; prefix: string } = {
  maxSize: "64mb",
  prefix: "heddle:",
};

export type CompileOptions = ReferenceOptions;

export type Compilation =
  | { readonly settings: GatewaySettings; readonly problems: readonly [] }
  | { readonly settings?: undefined; readonly problems: readonly ConfigProblem[] };

/** The settings, or every problem that keeps them from being made. A wrong value never becomes a default. */
export function compileConfig(input: unknown, options: CompileOptions): Compilation {
  const missing: ConfigProblem[] = [];
  const variables = new Map<string, EnvReference>();
  const resolved = resolveReferences(input, options, { missing, variables });
  const listening = readListening(options.environment);
  const validation = validateConfig(resolved, variables);
  const problems = [
    ...validation.problems,
    ...missing,
    ...addressesProblems(resolved),
    ...listening.problems,
    ...redisProblems(options.environment),
    ...frontProblems(validation.config?.server ?? {}),
  ];
  if (validation.config === undefined || problems.length > 0) return { problems };
  const { services, frontends = {}, routes = [], server = {}, cache = {} } = validation.config;
  return {
    problems: [],
    settings: {
      services: mapValues(services, compileService),
      frontends: mapValues(
        frontends,
        ({ cors }, name): FrontendSettings =>
          Object.freeze({ cors: compileCors(cors), hosts: hostsOf(frontends, name) }),
      ),
      routes: compileRouteConfigs(routes, frontends),
      server: compileServer({ ...SERVER_DEFAULTS, ...server, ...listening.values }),
      cache: compileCache(cache, options.environment),
    },
  };
}

function compileService(service: ServiceConfig): ServiceSettings {
  const headers: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(service.headers ?? {}))
    headers[name.toLowerCase()] = String(value);
  const addressing = compileAddressing(service);
  return Object.freeze({
    url: addressing.addresses[0]?.url ?? "",
    ...addressing,
    timeoutMs: parseDuration(service.timeout ?? SERVICE_DEFAULTS.timeout),
    concurrency: service.concurrency ?? SERVICE_DEFAULTS.concurrency,
    maxAnswerBytes: parseSize(service.maxAnswerSize ?? SERVICE_DEFAULTS.maxAnswerSize),
    frontend: service.frontend,
    forward: Object.freeze((service.forward ?? []).map((name) => name.toLowerCase())),
    cookies: service.cookies === true ? true : new Set(service.cookies ?? []),
    headers: Object.freeze(headers),
    ...compileServiceRules(service),
  });
}

/** The environment's `REDIS_URL` wins: it is where platforms put it. */
function compileCache(cache: CacheConfig, { REDIS_URL = "" }: Environment): CacheSettings {
  const redisUrl = REDIS_URL === "" ? cache.redis : REDIS_URL;
  return Object.freeze({
    maxBytes: parseSize(cache.maxSize ?? CACHE_DEFAULTS.maxSize),
    redisUrl: redisUrl === undefined ? undefined : String(redisUrl),
    prefix: cache.prefix ?? CACHE_DEFAULTS.prefix,
  });
}

/** The environment's address, by the rule of the file's. Its value may hold a password, and is not told. */
function redisProblems({ REDIS_URL = "" }: Environment): ConfigProblem[] {
  const reason = REDIS_URL === "" ? undefined : aRedisUrl(REDIS_URL);
  if (reason === undefined) return [];
  const cure = 'write one such as "redis://127.0.0.1:6379", or unset it';
  return [{ path: "environment REDIS_URL", message: reason, cure }];
}

function compileServer(server: typeof SERVER_DEFAULTS & ServerConfig): ServerSettings {
  const { admin } = server;
  return Object.freeze({
    port: server.port,
    host: server.host,
    deadlineMs: parseDuration(server.deadline),
    bodyLimitBytes: parseSize(server.bodyLimit),
    graceMs: parseDuration(server.grace),
    drainDelayMs: parseDuration(server.drainDelay),
    logLevel: server.logLevel,
    workers: server.workers,
    trustRequestId: server.trustRequestId,
    trustedProxies: compileTrustedProxies(server.trustedProxies),
    compression: compileCompression(server.compression),
    securityHeaders: compileSecurityHeaders(server.securityHeaders),
    clientDeadline: server.clientDeadline?.toLowerCase(),
    streams: compileStreams(server.streams),
    maxTunnels: server.maxTunnels,
    admin:
      admin === undefined
        ? undefined
        : Object.freeze({ path: admin.path ?? "/admin", token: String(admin.token) }),
    docs: server.docs,
    ...compileFront(server),
  });
}

function addressesProblems(resolved: unknown): ConfigProblem[] {
  const services = isRecord(resolved) && isRecord(resolved.services) ? resolved.services : {};
  return Object.entries(services).flatMap(([name, service]) => addressingProblems(name, service));
}

function mapValues<In, Out>(
  record: Readonly<Record<string, In>>,
  map: (value: In, name: string) => Out,
): Readonly<Record<string, Out>> {
  const result: Record<string, Out> = Object.create(null);
  for (const [key, value] of Object.entries(record)) result[key] = map(value, key);
  return Object.freeze(result);
}
