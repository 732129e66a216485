/** The outbound side of a gateway: for every service a pool, a pipeline and a client that requests are bound to. */
import type { RequestContext } from "../core/context.ts";
import type { Clock } from "../core/deadline.ts";
import { createMemoryStore } from "../stores/memory-store.ts";
import type { Store } from "../stores/store.ts";
import { type BoundClient, createBinder } from "./bound-client.ts";
import type { UpstreamEvents } from "./events.ts";
import type { KeptAnswer } from "./layers/fallback.ts";
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
  /** Takes no more calls, waits for those under way and closes every connection. */
  close(): Promise<void>;
}

export interface ServicesOptions {
  /** Monotonic. Default: `performance.now`. */
  readonly clock?: Clock;
  /** Default: `Date.now`. */
  readonly now?: WallClock;
}

/**
 * Connects services to their addresses.
 * @throws TypeError when a service has no settings, or an address that is no http(s) URL.
 */
export function createServices(
  definitions: readonly ServiceDefinition[],
  settings: Readonly<Record<string, ServiceSettings>>,
  events: UpstreamEvents = {},
  { clock = () => performance.now(), now = Date.now }: ServicesOptions = {},
): Services {
  const answers: Store<KeptAnswer> = createMemoryStore();
  const running = definitions.map((definition) => {
    const own = Object.hasOwn(settings, definition.name) ? settings[definition.name] : undefined;
    if (own === undefined) throw new TypeError(`service "${definition.name}" has no settings`);
    const transport = createTransport(own);
    const send = buildPipeline({ settings: own, events, answers, clock }, transport.send);
    return { definition, settings: own, transport, send, now };
  });
  let closing: Promise<void> | undefined;

  async function close(): Promise<void> {
    await Promise.all(running.map(({ transport }) => transport.close()));
    answers.close();
  }

  const sends = new Map(running.map(({ definition, send }) => [definition.name, send]));

  return {
    bind: createBinder(running),
    send(service) {
      const send = sends.get(service);
      if (send === undefined) throw new RangeError(`there is no service "${service}"`);
      return send;
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}
