/** `createGateway`: puts configuration, services, routes and server together; starts them and stops them. */
import { randomUUID } from "node:crypto";
import type { RequestListener, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { compileConfig } from "./config/compile.ts";
import { type Environment, processEnvironment } from "./config/env.ts";
import type { GatewayConfig } from "./config/gateway-config.ts";
import { ConfigError, type ConfigProblem } from "./config/problems.ts";
import type { GatewaySettings } from "./config/settings.ts";
import type { ParentLog } from "./core/context.ts";
import { createLog } from "./observe/log.ts";
import { createMetrics } from "./observe/metrics.ts";
import { createApp } from "./server/app.ts";
import { type CompiledRoute, compileRoutes, type MatchableRoute } from "./server/compile-routes.ts";
import { answerComposed } from "./server/composed.ts";
import { createHttpServer } from "./server/http-server.ts";
import { createInFlight } from "./server/in-flight.ts";
import type { Phase } from "./server/middleware/probes.ts";
import { inboundPipeline } from "./server/pipeline.ts";
import { answerProxied } from "./server/proxied.ts";
import { type RouteDefinition, type RouteSummary, summariseRoute } from "./server/route.ts";
import { createRouter } from "./server/router.ts";
import { stopServer } from "./server/stop-server.ts";
import type { ServiceDefinition } from "./upstream/plan.ts";
import { createServices, type Services } from "./upstream/services.ts";

/** What `heddle gen` makes of the documents and composers. */
export interface Generated {
  readonly services: readonly ServiceDefinition[];
  readonly routes: readonly RouteDefinition[];
}

export interface GatewayOptions {
  /** Where `env()` looks. Default: the environment of the process. */
  readonly env?: Environment;
  /** Addresses that win over the configured ones, by service: mocks, tests. */
  readonly urls?: Readonly<Record<string, string>>;
  /** Default: JSON lines on stdout, at the configured level. */
  readonly log?: ParentLog;
}

/** Where a gateway listens. */
export interface Listening {
  readonly port: number;
  readonly host: string;
  readonly url: string;
}

export interface Gateway {
  /** For a server of your own: `http.createServer(gateway.callback())`. */
  callback(): RequestListener;
  /** Starts to listen. Default: `server.port` and `server.host` of the configuration, or `PORT` and `HOST`. */
  listen(where?: { readonly port?: number; readonly host?: string }): Promise<Listening>;
  /** Turns unready, takes no more connections, waits for requests in flight within `server.grace`, ends the rest. */
  close(): Promise<void>;
  readonly routes: readonly RouteSummary[];
  /** Where the gateway logs. */
  readonly log: ParentLog;
}

/**
 * Creates a gateway; nothing listens yet.
 * @throws ConfigError with every problem there is: of the configuration, of missing variables, of routes.
 */
export function createGateway(
  config: GatewayConfig,
  generated: Generated,
  options: GatewayOptions = {},
): Gateway {
  const { settings, matchable } = settle(config, generated, options);
  const own = options.log === undefined ? createLog(settings.server.logLevel) : undefined;
  const log: ParentLog = options.log ?? (own?.log as ParentLog);
  const inFlight = createInFlight();
  const metrics = createMetrics(() => inFlight.size);
  const services = createServices(generated.services, settings.services, {
    call: (event) => metrics.call(event),
  });
  const router = createRouter(matchable.map((route) => withAnswer(route, settings, services)));
  const clock = (): number => performance.now();
  let phase: Phase = "starting";
  let server: Server | undefined;
  let closing: Promise<void> | undefined;

  const pipeline = inboundPipeline({
    settings,
    router,
    request: { log, clock, newId: randomUUID, inFlight, isStopping: () => phase === "stopping" },
    log: {
      log,
      clock,
      measure: (figures) => metrics.request(figures),
    },
    probes: { phase: () => phase, metrics: () => metrics.text() },
  });
  const handle = createApp(pipeline, log);

  async function close(): Promise<void> {
    phase = "stopping";
    log.info({ inFlight: inFlight.size }, "stopping");
    await stopServer({ server, inFlight, graceMs: settings.server.graceMs });
    await services.close();
    log.info({}, "stopped");
    await own?.close();
  }

  return {
    log,
    routes: Object.freeze(generated.routes.map(summariseRoute)),
    callback() {
      if (phase === "starting") phase = "ready";
      return handle;
    },
    async listen({ port = settings.server.port, host = settings.server.host } = {}) {
      if (server !== undefined) throw new Error("the gateway listens already");
      server = createHttpServer({ listener: handle, newId: randomUUID, log });
      const address = await listening(server, port, host).catch((error: unknown) => {
        server = undefined;
        throw error;
      });
      phase = "ready";
      log.info({ url: address.url, routes: matchable.length }, "listening");
      return address;
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}

interface Settled {
  readonly settings: GatewaySettings;
  readonly matchable: readonly MatchableRoute[];
}

/** Every problem at once: of the file, of the environment, of routes, and of what was generated from another file. */
function settle(config: GatewayConfig, generated: Generated, options: GatewayOptions): Settled {
  const { env = processEnvironment(), urls = {} } = options;
  const { settings, problems } = compileConfig(config, { environment: env, urls });
  const defined = generated.services.map(({ name }) => name);
  const routes = compileRoutes(generated.routes, defined);
  const all = [...problems, ...strangers(config, defined), ...routes.problems];
  if (settings === undefined || all.length > 0) throw new ConfigError(all);
  return { settings, matchable: routes.routes };
}

/** Services that are configured or generated, but not both. */
function strangers(config: GatewayConfig, defined: readonly string[]): ConfigProblem[] {
  const configured = Object.keys(config?.services ?? {});
  const missing = (name: string, message: string, cure: string): ConfigProblem => ({
    path: `services.${name}`,
    message,
    cure,
  });
  return [
    ...defined
      .filter((name) => !configured.includes(name))
      .map((name) =>
        missing(name, "was generated but is not configured", "add it, or run `heddle gen` again"),
      ),
    ...configured
      .filter((name) => !defined.includes(name))
      .map((name) => missing(name, "has not been generated", "run `heddle gen`")),
  ];
}

function withAnswer(
  route: MatchableRoute,
  settings: GatewaySettings,
  services: Services,
): CompiledRoute {
  const { definition } = route;
  const { bodyLimitBytes, deadlineMs } = settings.server;
  if (definition.kind === "composed") {
    const answer = answerComposed(definition, { bind: services.bind, bodyLimitBytes });
    return { ...route, deadlineMs: definition.composer.deadlineMs ?? deadlineMs, answer };
  }
  const { service } = definition;
  const own = settings.services[service];
  if (own === undefined) throw new RangeError(`there is no service "${service}"`);
  const answer = answerProxied(definition, {
    send: services.send(service),
    settings: own,
    bodyLimitBytes,
  });
  return { ...route, deadlineMs, answer };
}

function listening(server: Server, port: number, host: string): Promise<Listening> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      const { port: bound, address, family } = server.address() as AddressInfo;
      const isAll = address === "0.0.0.0" || address === "::";
      const name = isAll ? "localhost" : family === "IPv6" ? `[${address}]` : address;
      resolve({ port: bound, host: address, url: `http://${name}:${bound}` });
    });
  });
}
