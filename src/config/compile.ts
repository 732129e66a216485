/** Configuration + environment -> settings: references looked up, defaults filled in, units made numbers. */
import { type Duration, parseDuration } from "../core/duration.ts";
import { type Environment, type EnvReference, isEnvReference, resolveEnv } from "./env.ts";
import type { LogLevel, ServerConfig, ServiceConfig } from "./gateway-config.ts";
import { type ConfigProblem, showValue } from "./problems.ts";
import type {
  FrontendSettings,
  GatewaySettings,
  ServerSettings,
  ServiceSettings,
} from "./settings.ts";
import { parseSize, type Size } from "./size.ts";
import { validateConfig } from "./validate.ts";

/** What a service is when its configuration does not say. */
export const SERVICE_DEFAULTS: { timeout: Duration; concurrency: number; maxAnswerSize: Size } = {
  timeout: "10s",
  concurrency: 256,
  maxAnswerSize: "10mb",
};

/** What the server is when its configuration does not say. */
export const SERVER_DEFAULTS: Required<ServerConfig> = {
  port: 8080,
  host: "0.0.0.0",
  deadline: "10s",
  bodyLimit: "1mb",
  grace: "10s",
  logLevel: "info",
  trustRequestId: false,
};

export interface CompileOptions {
  readonly environment: Environment;
  /** Addresses that win over the configured ones, by service: mocks, tests. */
  readonly urls?: Readonly<Record<string, string>>;
}

export type Compilation =
  | { readonly settings: GatewaySettings; readonly problems: readonly [] }
  | { readonly settings?: undefined; readonly problems: readonly ConfigProblem[] };

/** The settings, or every problem that keeps them from being made. A wrong value never becomes a default. */
export function compileConfig(input: unknown, options: CompileOptions): Compilation {
  const missing: ConfigProblem[] = [];
  const resolved = resolveReferences(input, options, missing);
  const listening = readListening(options.environment);
  const validation = validateConfig(resolved);
  const problems = [...validation.problems, ...missing, ...listening.problems];
  if (validation.config === undefined || problems.length > 0) return { problems };
  const { services, frontends = {}, server = {} } = validation.config;
  return {
    problems: [],
    settings: {
      services: mapValues(services, compileService),
      frontends: mapValues(
        frontends,
        (frontend): FrontendSettings => Object.freeze({ cors: frontend.cors ?? [] }),
      ),
      server: compileServer({ ...SERVER_DEFAULTS, ...server, ...listening.values }),
    },
  };
}

function compileService(service: ServiceConfig): ServiceSettings {
  const headers: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(service.headers ?? {}))
    headers[name.toLowerCase()] = String(value);
  return Object.freeze({
    url: String(service.url).replace(/\/+$/, ""),
    timeoutMs: parseDuration(service.timeout ?? SERVICE_DEFAULTS.timeout),
    concurrency: service.concurrency ?? SERVICE_DEFAULTS.concurrency,
    maxAnswerBytes: parseSize(service.maxAnswerSize ?? SERVICE_DEFAULTS.maxAnswerSize),
    forward: Object.freeze((service.forward ?? []).map((name) => name.toLowerCase())),
    headers: Object.freeze(headers),
  });
}

function compileServer(server: Required<ServerConfig>): ServerSettings {
  return Object.freeze({
    port: server.port,
    host: server.host,
    deadlineMs: parseDuration(server.deadline),
    bodyLimitBytes: parseSize(server.bodyLimit),
    graceMs: parseDuration(server.grace),
    logLevel: server.logLevel,
    trustRequestId: server.trustRequestId,
  });
}

/** `PORT`, `HOST` and `LOG_LEVEL` win over the file. */
function readListening(environment: Environment): {
  values: ServerConfig;
  problems: readonly ConfigProblem[];
} {
  const { PORT: port = "", HOST: host = "", LOG_LEVEL: logLevel = "" } = environment;
  const values: ServerConfig = {
    ...(port === "" ? {} : { port: /^\d+$/.test(port) ? Number(port) : Number.NaN }),
    ...(host === "" ? {} : { host }),
    ...(logLevel === "" ? {} : { logLevel: logLevel as LogLevel }),
  };
  // The same rules as in the file, so that there is one account of what a port is.
  const { problems } = validateConfig({ services: {}, server: values });
  const names: Readonly<Record<string, string>> = {
    "server.port": "PORT",
    "server.host": "HOST",
    "server.logLevel": "LOG_LEVEL",
  };
  return {
    values,
    problems: problems.map((problem) => {
      const name = names[problem.path] ?? problem.path;
      return { ...problem, path: `environment ${name}`, value: showValue(environment[name]) };
    }),
  };
}

/** Puts values in the place of references where these are allowed: addresses and header fields of services. */
function resolveReferences(
  input: unknown,
  { environment, urls = {} }: CompileOptions,
  missing: ConfigProblem[],
): unknown {
  if (!isRecord(input) || !isRecord(input.services)) return input;
  const services: Record<string, unknown> = {};
  for (const [name, service] of Object.entries(input.services)) {
    if (!isRecord(service)) {
      services[name] = service;
      continue;
    }
    const path = `services.${name}`;
    const look = (value: unknown, at: string): unknown =>
      isEnvReference(value) ? lookUp(value, at, environment, missing) : value;
    const url = Object.hasOwn(urls, name) ? urls[name] : look(service.url, `${path}.url`);
    const headers = isRecord(service.headers)
      ? Object.fromEntries(
          Object.entries(service.headers).map(([key, value]) => [
            key,
            look(value, `${path}.headers.${key}`),
          ]),
        )
      : service.headers;
    services[name] = {
      ...service,
      ...(url === undefined ? {} : { url }),
      ...(headers === undefined ? {} : { headers }),
    };
  }
  return { ...input, services };
}

/** The value; or the reference itself where there is none, so that the shape does not complain a second time. */
function lookUp(
  reference: EnvReference,
  path: string,
  environment: Environment,
  missing: ConfigProblem[],
): unknown {
  const value = resolveEnv(reference, environment);
  if (value !== undefined) return value;
  missing.push({
    path,
    message: `needs the environment's variable ${reference.$env}, which is not set`,
    cure: `set ${reference.$env}, or give env() a fallback`,
  });
  return reference;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function mapValues<In, Out>(
  record: Readonly<Record<string, In>>,
  map: (value: In) => Out,
): Readonly<Record<string, Out>> {
  const result: Record<string, Out> = Object.create(null);
  for (const [key, value] of Object.entries(record)) result[key] = map(value);
  return Object.freeze(result);
}
