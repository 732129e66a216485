/** The outbound side of a gateway: for every service a pool, a pipeline and a client that requests are bound to. */
import type { RequestContext } from "../core/context.ts";
import type { Clock } from "../core/deadline.ts";
import type { AnswerStore } from "../stores/answer-store.ts";
import { type BoundClient, createBinder } from "./bound-client.ts";
import { createBackground } from "./cache/background.ts";
import { chance, type Random } from "./chance.ts";
import type { UpstreamEvents } from "./events.ts";
import { createInspection, type ServiceState } from "./inspect.ts";
import type { WallClock } from "./operation-call.ts";
import { buildPipeline } from "./pipeline.ts";
import type { ServiceDefinition } from "./plan.ts";
import type { Send } from "./send.ts";
import type { ServiceSettings } from "./settings.ts";
import { createTransport } from "./transport.ts";

export interface Services {
  /** The clients of one request: `bind(context).orders.getOrder(...)`. Cheap; a client is made when it is asked for. */
  bind(context: RequestContext): Readonly<Record<string, BoundClient>>;
  /**
   * The pipeline of one service, for proxied routes.
   * @throws RangeError when there is no such service.
   */
  send(service: string): Send;
  /** What the parts of each service tell about themselves: breakers, queues. */
  state(): Readonly<Record<string, ServiceState>>;
  /** Takes no more calls, waits for those under way and closes every connection. */
  close(): Promise<void>;
}

export interface ServicesOptions {
  /** Monotonic. Default: `performance.now`. */
  readonly clock?: Clock;
  /** Default: `Date.now`. */
  readonly now?: WallClock;
  /** Where answers are kept, and how much there is room for. Default: nowhere. */
  readonly store?: { readonly answers: AnswerStore; readonly maxBytes: number };
  /** Default: cryptographic. */
  readonly random?: Random;
}

/** One answer may take this share of the room for answers. */
const MAX_BODY_SHARE = 1 / 8;

/**
 * Connects services to their addresses.
 * @throws TypeError when a service has no settings, or an address that is no http(s) URL.
 */
export function createServices(
  definitions: readonly ServiceDefinition[],
  settings: Readonly<Record<string, ServiceSettings>>,
  events: UpstreamEvents = {},
  { clock = () => performance.now(), now = Date.now, random = chance, store }: ServicesOptions = {},
): Services {
  const background = createBackground(clock);
  const kept = store && {
    store: store.answers,
    maxBodyBytes: store.maxBytes * MAX_BODY_SHARE,
    background,
  };
  const running = definitions.map((definition) => {
    const own = Object.hasOwn(settings, definition.name) ? settings[definition.name] : undefined;
    if (own === undefined) throw new TypeError(`service "${definition.name}" has no settings`);
    const transport = createTransport(own);
    const inspection = createInspection();
    const { inspect } = inspection;
    const shared = { events, kept, clock, now, random };
    const { loadSchemas } = definition;
    const send = buildPipeline({ ...shared, settings: own, loadSchemas, inspect }, transport.send);
    return { definition, settings: own, transport, send, now, inspection };
  });
  let closing: Promise<void> | undefined;

  async function close(): Promise<void> {
    background.close();
    await Promise.all(running.map(({ transport }) => transport.close()));
  }

  const sends = new Map(running.map(({ definition, send }) => [definition.name, send]));

  return {
    bind: createBinder(running),
    send(service) {
      const send = sends.get(service);
      if (send === undefined) throw new RangeError(`there is no service "${service}"`);
      return send;
    },
    state: () =>
      Object.fromEntries(
        running.map(({ definition, inspection }) => [definition.name, inspection.state()]),
      ),
    close() {
      closing ??= close();
      return closing;
    },
  };
}
