/** A plane: everything that one configuration makes (services, routes, pipeline). A reload puts another in its place. */
import type { ParentLog } from "../core/context.ts";
import type { Clock } from "../core/deadline.ts";
import { randomId } from "../core/random-id.ts";
import type { RequestEntry } from "../core/request-entry.ts";
import { admission, type Load } from "../server/admission.ts";
import { createApp, type RequestListener } from "../server/app.ts";
import type { InFlight } from "../server/in-flight.ts";
import type { RequestFigures } from "../server/middleware/access-log.ts";
import type { ProbesOptions } from "../server/middleware/probes.ts";
import { inboundPipeline } from "../server/pipeline.ts";
import { type RouteSummary, summariseAny, takesWebSocket } from "../server/route.ts";
import { createRouter } from "../server/router.ts";
import type { Tunnels } from "../server/tunnel/tunnels.ts";
import type { AnswerStore } from "../stores/answer-store.ts";
import type { UpstreamEvents } from "../upstream/events.ts";
import { createServices, type Services } from "../upstream/services.ts";
import type { AllInFlight } from "./all-in-flight.ts";
import { type Outbound, withAnswer } from "./answer-routes.ts";
import { removedServices } from "./removed-services.ts";
import type { Settled } from "./settle.ts";

/** What outlives every plane. */
export interface Foundation {
  readonly log: ParentLog;
  readonly tell: (level: "debug" | "info", entry: RequestEntry) => void;
  readonly measure: (figures: RequestFigures) => void;
  readonly events: UpstreamEvents & Pick<Outbound, "masked">;
  readonly routeCached: Outbound["routeCached"];
  readonly deprecated: (method: string, route: string) => void;
  readonly answers: AnswerStore;
  readonly clock: Clock;
  readonly inFlight: AllInFlight;
  readonly tunnels: Tunnels;
  readonly probes: ProbesOptions;
  /** What the admin pages show and do. */
  readonly state: () => object | Promise<object>;
  readonly invalidate: (tags: readonly string[]) => Promise<void>;
  readonly load: Load;
  /** The gateway's own document; absent: none was generated. */
  readonly document: (() => Promise<object>) | undefined;
  /** Its connections are not to be used again. */
  readonly isLeaving: () => boolean;
}

export interface Plane extends Settled {
  readonly services: Services;
  readonly routes: readonly RouteSummary[];
  readonly handle: RequestListener;
  /** One of its routes takes WebSocket. */
  readonly takesUpgrades: boolean;
  /** Resolves when the last request is over and what only this plane used is closed. */
  retire(): Promise<void>;
}

/** @param before the plane in force: what both configure alike (pools, breakers, queues) goes on as it is. */
export function createPlane(settled: Settled, base: Foundation, before?: Plane): Plane {
  const { settings, matchable, definitions } = settled;
  const { log, clock, answers, events, routeCached, tunnels } = base;
  const services = createServices(definitions, settings.services, events, {
    store: { answers, maxBytes: settings.cache.maxBytes },
    before: before?.services,
    removed: removedServices(settled),
  });
  const inFlight = base.inFlight.begin();
  const { masked } = events;
  const outbound = { settings, services, answers, masked, routeCached, clock, inFlight, tunnels };
  const compiled = matchable.map((route) => withAnswer(route, outbound));
  const router = createRouter(compiled);
  const pipeline = inboundPipeline({
    settings,
    router,
    request: { log, clock, newId: randomId, inFlight, isLeaving: base.isLeaving },
    log: { tell: base.tell, clock, measure: base.measure },
    probes: base.probes,
    retirement: compiled.some((route) => route.retirement !== undefined)
      ? { now: Date.now, told: base.deprecated }
      : undefined,
    admin: settings.server.admin && {
      ...settings.server.admin,
      state: base.state,
      invalidate: base.invalidate,
    },
    docs: settings.server.docs && base.document ? { document: base.document } : undefined,
  });

  async function retire(from: InFlight): Promise<void> {
    await from.drained();
    base.inFlight.forget(from);
    await services.close();
  }

  let retired: Promise<void> | undefined;
  return {
    ...settled,
    services,
    // A route of the configuration stands among them once for each of its methods.
    routes: Object.freeze(
      [...new Set(matchable.map(({ definition }) => definition))].flatMap(summariseAny),
    ),
    handle: admission(
      {
        ...base.load,
        measure: base.measure,
        newId: randomId,
        trustRequestId: settings.server.trustRequestId,
        maxInFlight: settings.server.maxInFlight,
        bodyLimitBytes: settings.server.bodyLimitBytes,
        isLeaving: base.isLeaving,
      },
      createApp(pipeline, log),
    ),
    takesUpgrades: matchable.some(({ definition }) => takesWebSocket(definition)),
    retire() {
      retired ??= retire(inFlight);
      return retired;
    },
  };
}
