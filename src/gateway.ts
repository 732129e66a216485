/** `createGateway`: puts configuration, services, routes and server together; starts them and stops them. */
import type { RequestListener, Server } from "node:http";
import { type Environment, processEnvironment } from "./config/env.ts";
import type { GatewayConfig } from "./config/gateway-config.ts";
import type { ParentLog } from "./core/context.ts";
import { randomId } from "./core/random-id.ts";
import { withAnswer } from "./gateway/answer-routes.ts";
import { callsOf } from "./gateway/calls-of.ts";
import { createStores } from "./gateway/create-stores.ts";
import type { Generated } from "./gateway/generated.ts";
import { type Listening, listen } from "./gateway/listen.ts";
import { settle } from "./gateway/settle.ts";
import { createLog } from "./observe/log.ts";
import { createMetrics } from "./observe/metrics.ts";
import { REQUEST_MESSAGE } from "./observe/request-line.ts";
import { createApp } from "./server/app.ts";
import { createHttpServer } from "./server/http-server.ts";
import { createInFlight } from "./server/in-flight.ts";
import type { Phase } from "./server/middleware/probes.ts";
import { inboundPipeline } from "./server/pipeline.ts";
import { type RouteSummary, summariseRoute } from "./server/route.ts";
import { createRouter } from "./server/router.ts";
import { stopServer } from "./server/stop-server.ts";
import type { BreakerEvent, MaskedEvent } from "./upstream/events.ts";
import { createServices } from "./upstream/services.ts";

export type { Generated } from "./gateway/generated.ts";
export type { Listening } from "./gateway/listen.ts";

export interface GatewayOptions {
  /** Where `env()` looks. Default: the environment of the process. */
  readonly env?: Environment;
  /** Addresses that win over the configured ones, by service: mocks, tests. */
  readonly urls?: Readonly<Record<string, string>>;
  /** Default: JSON lines on stdout, at the configured level. */
  readonly log?: ParentLog;
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
  const { env = processEnvironment(), urls = {} } = options;
  const { settings, matchable } = settle(config, generated, { env, urls });
  const own = options.log === undefined ? createLog(settings.server.logLevel) : undefined;
  const log: ParentLog = options.log ?? (own?.log as ParentLog);
  const inFlight = createInFlight();
  const metrics = createMetrics({
    inFlight: () => inFlight.size,
    calls: () => callsOf(services.state()),
    cache: () => answers.health,
  });
  const clock = (): number => performance.now();
  const masked = (event: MaskedEvent): void => {
    metrics.masked(event);
    logMasked(event);
  };
  const breaker = (event: BreakerEvent): void => {
    metrics.breaker(event);
    log[event.state === "open" ? "warn" : "info"](event, "a circuit breaker has changed its state");
  };
  const { answers, redis } = createStores(settings.cache, log);
  const services = createServices(
    generated.services,
    settings.services,
    { ...metrics, masked, breaker },
    { store: { answers, maxBytes: settings.cache.maxBytes } },
  );
  const { routeCached } = metrics;
  const outbound = { settings, services, answers, masked, routeCached, clock, inFlight };
  const compiled = matchable.map((route) => withAnswer(route, outbound));
  const router = createRouter(compiled);
  let phase: Phase = "starting";
  let isLeaving = false;
  let server: Server | undefined;
  let closing: Promise<void> | undefined;

  function becomeReady(): void {
    if (phase === "starting") redis?.open();
    phase = "ready";
  }

  const pipeline = inboundPipeline({
    settings,
    router,
    request: { log, clock, newId: randomId, inFlight, isLeaving: () => isLeaving },
    log: {
      tell(level, entry) {
        if (own === undefined || level === "debug") log[level](entry, REQUEST_MESSAGE);
        else own.request(entry);
      },
      clock,
      measure: (figures) => metrics.request(figures),
    },
    probes: {
      phase: () => phase,
      redis: () => redis?.state,
      metrics: () => metrics.text(),
    },
    retirement: compiled.some((route) => route.retirement !== undefined)
      ? { now: Date.now, told: metrics.deprecated }
      : undefined,
    admin: settings.server.admin && {
      ...settings.server.admin,
      state: () => ({
        phase,
        inFlight: inFlight.size,
        services: services.state(),
        cache: answers.health,
      }),
      async invalidate(tags) {
        await Promise.all(tags.map((tag) => answers.invalidateTag(tag)));
      },
    },
  });
  const handle = createApp(pipeline, log);

  async function close(): Promise<void> {
    // One that could not listen has nothing to stop: the reason is all there is to tell.
    const wasUp = phase === "ready";
    phase = "stopping";
    if (wasUp) log.info({ inFlight: inFlight.size }, "stopping");
    const { drainDelayMs, graceMs } = settings.server;
    const leave = (): void => {
      isLeaving = true;
    };
    await stopServer({ server, inFlight, drainDelayMs, graceMs, leave });
    await services.close();
    await answers.close();
    await redis?.close();
    if (wasUp) log.info({}, "stopped");
    await own?.close();
  }

  return {
    log,
    routes: Object.freeze(generated.routes.map(summariseRoute)),
    callback() {
      if (phase === "starting") becomeReady();
      return handle;
    },
    async listen({ port = settings.server.port, host = settings.server.host } = {}) {
      if (server !== undefined) throw new Error("the gateway listens already");
      server = createHttpServer({ listener: handle, newId: randomId, log });
      const address = await listen(server, port, host).catch((error: unknown) => {
        server = undefined;
        throw error;
      });
      becomeReady();
      log.info({ url: address.url, routes: matchable.length }, "listening");
      return address;
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}

/** One line for each failure that a stand-in masks: the client's status says nothing of it. */
function logMasked({ context, error, ...event }: MaskedEvent): void {
  context.log.warn({ ...event, err: error }, "a failed call was masked");
}
