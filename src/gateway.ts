/** `createGateway`: puts configuration, services, routes and server together; starts them, reloads them and stops them. */
import { randomBytes } from "node:crypto";
import type { IncomingMessage, RequestListener, Server } from "node:http";
import { type Environment, processEnvironment } from "./config/env.ts";
import type { GatewayConfig } from "./config/gateway-config.ts";
import { ConfigError } from "./config/problems.ts";
import type { ParentLog } from "./core/context.ts";
import { problem } from "./core/errors.ts";
import { randomId } from "./core/random-id.ts";
import type { RequestEntry } from "./core/request-entry.ts";
import { addressesOf } from "./gateway/addresses-of.ts";
import { createAllInFlight } from "./gateway/all-in-flight.ts";
import { callsOf } from "./gateway/calls-of.ts";
import { createStores } from "./gateway/create-stores.ts";
import { fixedProblems } from "./gateway/fixed-settings.ts";
import type { Generated } from "./gateway/generated.ts";
import { type Listening, listen } from "./gateway/listen.ts";
import type { Peers } from "./gateway/peers.ts";
import { createPlane, type Plane } from "./gateway/plane.ts";
import { planeChanges } from "./gateway/plane-changes.ts";
import type { ReloadReport } from "./gateway/reload-report.ts";
import { settle } from "./gateway/settle.ts";
import { tellAddress } from "./gateway/tell-address.ts";
import { briefError } from "./observe/brief-error.ts";
import { createLog } from "./observe/log.ts";
import { createMetrics, joinMetrics } from "./observe/metrics.ts";
import { REQUEST_MESSAGE } from "./observe/request-line.ts";
import { readCertificates } from "./server/front/certificates.ts";
import { createHttpServer, type HttpServer } from "./server/http-server.ts";
import { createLoadGauge } from "./server/load-gauge.ts";
import type { Phase } from "./server/middleware/probes.ts";
import type { RouteSummary } from "./server/route.ts";
import { createShedTeller } from "./server/shed-teller.ts";
import { stopServer } from "./server/stop-server.ts";
import { type UpgradeListener, upgradesOf } from "./server/tunnel/take-upgrades.ts";
import { createTunnels } from "./server/tunnel/tunnels.ts";
import { createTurnGauge } from "./server/turn-gauge.ts";
import type { AddressEvent, BreakerEvent, MaskedEvent } from "./upstream/events.ts";

const MASKED_MESSAGE = "a failed call was masked";

export type { Generated } from "./gateway/generated.ts";
export type { Listening } from "./gateway/listen.ts";
export type { ReloadReport } from "./gateway/reload-report.ts";

export interface GatewayOptions {
  /** Where `env()` looks. Default: the environment of the process. */
  readonly env?: Environment;
  /** Addresses that win over the configured ones, by service: mocks, tests. */
  readonly urls?: Readonly<Record<string, string>>;
  /** Default: JSON lines on stdout, at the configured level. */
  readonly log?: ParentLog;
  /**
   * Whether services that were generated may be missing from the configuration: they have no routes, and calls of
   * composers to them fail with `service-unreachable`. Default: false, a missing one is a problem. A reload may always.
   */
  readonly mayRemove?: boolean;
  /** Other processes that serve the same port: metrics and admin pages are those of all of them. Default: none. */
  readonly peers?: Peers | undefined;
}

export interface Gateway {
  /** For a server of your own: `http.createServer(gateway.callback())`. */
  callback(): RequestListener;
  /** For WebSocket through a server of your own: `server.on("upgrade", gateway.upgrades(server))`. */
  upgrades(server: Server): UpgradeListener;
  /** Starts to listen. Default: `server.port` and `server.host` of the configuration, or `PORT` and `HOST`. */
  listen(where?: { readonly port?: number; readonly host?: string }): Promise<Listening>;
  /**
   * Puts another configuration in the place of the one in force, at once and as a whole. Requests under way end as they
   * began; services that are configured as before keep connections, breakers and queues. A function is asked for the
   * configuration; that it throws counts as a reload that failed.
   * @throws ConfigError with every problem, among them what cannot change while the gateway runs. The configuration
   * before stays in force. Files of certificates are read anew, and new connections get what they hold.
   * @throws GatewayError `stopping` when the gateway is being closed.
   */
  reload(config: GatewayConfig | (() => GatewayConfig)): ReloadReport;
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
  const { env = processEnvironment(), urls = {}, mayRemove = false, peers } = options;
  const first = settle(config, generated, { env, urls, mayRemove });
  const own = options.log === undefined ? createLog(first.settings.server.logLevel) : undefined;
  const log: ParentLog = options.log ?? (own?.log as ParentLog);
  const { tls } = first.settings.server;
  let certificates = tls && readCertificates(tls);
  const inFlight = createAllInFlight();
  const metrics = createMetrics({
    inFlight: () => inFlight.size,
    connections: () => server?.connectionCount() ?? 0,
    calls: () => callsOf(plane.services.state()),
    addresses: () => addressesOf(plane.services.state()),
    cache: () => answers.health,
    tunnels: () => tunnels.size,
  });
  const masked = (event: MaskedEvent): void => {
    metrics.masked(event);
    logMasked(event);
  };
  const breaker = (event: BreakerEvent): void => {
    metrics.breaker(event);
    log[event.state === "open" ? "warn" : "info"](event, "a circuit breaker has changed its state");
  };
  const address = (event: AddressEvent): void => {
    metrics.address(event);
    tellAddress(log, event);
  };
  const { answers, redis } = createStores(first.settings.cache, log);
  let phase: Phase = "starting";
  let isLeaving = false;
  let takesUpgrades = false;
  let server: HttpServer | undefined;
  let closing: Promise<void> | undefined;
  const retiring = new Map<Plane, Promise<void>>();
  const clock = (): number => performance.now();
  const gauge = createLoadGauge({ inFlight, clock });
  const tunnels = createTunnels({
    clock,
    newMask: () => randomBytes(4),
    measure: (figures) => metrics.tunnel(figures),
  });
  const foundation = {
    log,
    tell(level: "debug" | "info", entry: RequestEntry) {
      if (own === undefined || level === "debug") log[level](entry, REQUEST_MESSAGE);
      else own.request(entry);
    },
    measure: metrics.request,
    events: { ...metrics, masked, breaker, address },
    routeCached: metrics.routeCached,
    deprecated: metrics.deprecated,
    answers,
    clock,
    inFlight,
    tunnels,
    load: {
      inFlight,
      gauge,
      turns: createTurnGauge({ clock }),
      isSurplus: (req: IncomingMessage) => server?.isSurplus(req) ?? false,
      told: createShedTeller({ log, clock, count: metrics.shed }),
    },
    probes: {
      phase: () => phase,
      redis: () => redis?.state,
      async metrics() {
        return peers === undefined ? metrics.text() : joinMetrics(await peers.ask("metrics"));
      },
    },
    isLeaving: () => isLeaving,
    state: () => (peers === undefined ? state() : stateOfAll(state(), peers)),
    document: documentOf(generated),
    async invalidate(tags: readonly string[]) {
      if (peers === undefined) await invalidate(tags);
      else await peers.ask("invalidate", tags);
    },
  };
  let plane = createPlane(first, foundation);
  const handle: RequestListener = (req, res) => plane.handle(req, res);

  const state = (): object => ({
    phase,
    inFlight: inFlight.size,
    services: plane.services.state(),
    cache: answers.health,
  });

  async function invalidate(tags: readonly string[]): Promise<boolean> {
    await Promise.all(tags.map((tag) => answers.invalidateTag(tag)));
    return true;
  }
  peers?.answerWith({ metrics: metrics.json, state: async () => state(), invalidate });

  function becomeReady(): void {
    if (phase === "starting") {
      redis?.open();
      gauge.start();
    }
    phase = "ready";
  }

  function take(next: GatewayConfig): ReloadReport {
    const settled = settle(next, generated, { env, urls, mayRemove: true });
    const fixed = fixedProblems(plane.settings, settled.settings);
    if (fixed.length > 0) throw new ConfigError(fixed);
    // The files are the same, what they hold may have been renewed. What is wrong with them leaves all as it was.
    certificates = tls && readCertificates(tls);
    if (certificates !== undefined) server?.setCertificates(certificates);
    const before = plane;
    plane = createPlane(settled, foundation, before);
    takeUpgradesToo();
    own?.setLevel(settled.settings.server.logLevel);
    const report = planeChanges(before, plane);
    const { removed, changed } = report.services;
    // One that only has other addresses goes on as it runs.
    const anew = changed.filter((name) => before.services.send(name) !== plane.services.send(name));
    for (const name of [...removed, ...anew]) metrics.forget(name);
    retire(before);
    return report;
  }

  /** From the first configuration on that has a route for them. */
  function takeUpgradesToo(): void {
    if (server === undefined || takesUpgrades || !plane.takesUpgrades) return;
    takesUpgrades = true;
    server.on("upgrade", upgradesOf(server, handle));
  }

  function retire(old: Plane): void {
    retiring.set(
      old,
      old.retire().finally(() => retiring.delete(old)),
    );
  }

  /** What nobody waits for any more, such as a call to an address that does not take connections, may hold a stop no longer. */
  async function allRetired(withinMs: number): Promise<void> {
    const cut = setTimeout(() => {
      for (const { services } of retiring.keys()) services.destroy();
    }, withinMs);
    await Promise.all(retiring.values());
    clearTimeout(cut);
  }

  async function close(): Promise<void> {
    // One that could not listen has nothing to stop: the reason is all there is to tell.
    const wasUp = phase === "ready";
    phase = "stopping";
    if (wasUp) log.info({ inFlight: inFlight.size }, "stopping");
    const { drainDelayMs, graceMs } = plane.settings.server;
    const untilMs = clock() + drainDelayMs + graceMs;
    const leave = (): void => {
      isLeaving = true;
    };
    const othersClosed = peers?.portClosed;
    await stopServer({ server, inFlight, drainDelayMs, graceMs, othersClosed, leave });
    gauge.stop();
    retire(plane);
    await allRetired(untilMs - clock());
    await answers.close();
    await redis?.close();
    if (wasUp) log.info({}, "stopped");
    await own?.close();
  }

  return {
    log,
    get routes() {
      return plane.routes;
    },
    callback() {
      if (phase === "starting") becomeReady();
      return handle;
    },
    upgrades: (own) => upgradesOf(own, handle),
    async listen({ port = first.settings.server.port, host = first.settings.server.host } = {}) {
      if (server !== undefined) throw new Error("the gateway listens already");
      const { limits, http2 } = first.settings.server;
      server = createHttpServer({
        listener: handle,
        newId: randomId,
        log,
        inFlight,
        clock,
        limits,
        certificates,
        http2,
        slow: metrics.slowClient,
      });
      takeUpgradesToo();
      const scheme = certificates === undefined ? "http" : "https";
      const address = await listen(server, port, host, scheme).catch((error: unknown) => {
        server = undefined;
        throw error;
      });
      becomeReady();
      log.info({ url: address.url, routes: plane.routes.length }, "listening");
      return address;
    },
    reload(next) {
      if (phase === "stopping") throw problem("stopping");
      const seconds = (): number => Math.floor(Date.now() / 1_000);
      try {
        const report = take(typeof next === "function" ? next() : next);
        metrics.reloaded("ok", seconds());
        log.info({ ...report }, "reloaded");
        return report;
      } catch (error) {
        metrics.reloaded("failed", seconds());
        throw error;
      }
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}

function documentOf({ document }: Generated): (() => Promise<object>) | undefined {
  return document && (async () => (await document()).default);
}

/** This process's own, and of each of them what it says of itself. */
async function stateOfAll(own: object, peers: Peers): Promise<object> {
  return { ...own, workers: await peers.ask("state") };
}

/** One line for each failure that a stand-in masks: the client's status says nothing of it. Its stack is for `debug`. */
function logMasked({ context, error, ...event }: MaskedEvent): void {
  // An answer of 5xx is no error: `reason` is all there is.
  const brief = error === undefined ? undefined : briefError(error);
  context.log.warn({ ...event, ...brief }, MASKED_MESSAGE);
  if (error !== undefined) context.log.debug({ ...event, err: error }, MASKED_MESSAGE);
}
