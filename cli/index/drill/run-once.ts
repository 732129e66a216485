/** One run of a drill: a gateway of its own, one request, services with the faults that were asked for. */
import type { ParentLog } from "../../../src/core/context.ts";
import type { GatewayModule } from "../../dev/load-gateway.ts";
import type { DrilledConfig } from "./drilled-config.ts";
import type { DrilledRoute } from "./drilled-route.ts";
import { SLOW_SHARE } from "./faults.ts";
import type { FaultyService } from "./faulty-service.ts";
import { readOutcome } from "./read-outcome.ts";
import type { Faults, Outcome } from "./resilience.ts";
import { type Actors, REFUSING, type Stage } from "./stage.ts";
import type { VirtualTime } from "./virtual-time.ts";

export interface Theatre {
  readonly module: GatewayModule;
  readonly drilled: DrilledConfig;
  readonly services: ReadonlyMap<string, FaultyService>;
  /** Of a service, by name: how long an attempt may take. */
  readonly timeoutMs: (service: string) => number;
  readonly stage: Stage;
  readonly time: VirtualTime;
}

export interface Run {
  readonly route: DrilledRoute;
  readonly faults: Faults;
  /** The same request has been answered well before. Default: the gateway has just been started. */
  readonly isWarm?: boolean;
}

export interface Seen {
  readonly outcome: Outcome;
  /** What the client was told, for whoever asks why. */
  readonly body: string;
  /** Names of the services that were called. */
  readonly called: ReadonlySet<string>;
}

/** So much later than the one before answers each service: answers never come at the same time, and always in one order. */
const STEP_MS = 2 ** -10;

const SILENT: ParentLog = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => SILENT,
};

let runs = 0;

export async function runOnce(
  { module, drilled, services, timeoutMs, stage, time }: Theatre,
  { route, faults, isWarm = false }: Run,
): Promise<Seen> {
  runs += 1;
  const run = runs;
  const called = new Set<string>();
  const names = [...services.keys()];
  const urls = Object.fromEntries(
    Object.keys(drilled.config.services).map((name) => {
      const isThere = services.has(name) && (isWarm || faults[name] !== "refused");
      return [name, isThere ? stage.urlOf(run, name) : REFUSING];
    }),
  );
  const { config, env } = drilled;
  const gateway = module.createGateway(config, module, { env, urls, log: SILENT });
  let isFailing = !isWarm;
  const actors: Actors = {
    gateway: gateway.callback(),
    service(name, req, res) {
      called.add(name);
      const fault = isFailing ? (faults[name] ?? "ok") : "ok";
      // Whose address was good cannot be refused: it is lost instead, which is told and mended alike.
      if (fault === "refused") return void req.socket.destroy();
      const slowMs = SLOW_SHARE * Math.min(timeoutMs(name), route.deadlineMs);
      const delayMs = STEP_MS * (names.indexOf(name) + 1) + (fault === "slow" ? slowMs : 0);
      void services.get(name)?.answer(req, res, { fault, delayMs, wait: time.wait });
    },
  };
  const { method, host, deadlineMs } = route;
  const request = { ...route.request, method, host, limitMs: 2 * deadlineMs };
  if (isWarm) await stage.send(run, actors, request);
  isFailing = true;
  const answered = await stage.send(run, actors, request);
  await gateway.close();
  return { outcome: readOutcome(answered), body: answered.body, called };
}
