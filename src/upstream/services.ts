/** The outbound side of a gateway: for every service a pool, a pipeline and a client that requests are bound to. */
import { isDeepStrictEqual } from "node:util";
import type { Address } from "../core/addressing.ts";
import type { RequestContext } from "../core/context.ts";
import type { Clock } from "../core/deadline.ts";
import type { AnswerStore } from "../stores/answer-store.ts";
import { createOwnOrigins, type GrowingOrigins, type OwnOrigins } from "./balance/own-origins.ts";
import { basePathOf } from "./balance/target.ts";
import type { Resolve } from "./balance/watch-names.ts";
import { type BoundClient, createBinder, type RunningService } from "./bound-client.ts";
import { type Background, createBackground } from "./cache/background.ts";
import { chance, type Random } from "./chance.ts";
import type { UpstreamEvents } from "./events.ts";
import { createInspection, type ServiceState } from "./inspect.ts";
import type { WallClock } from "./operation-call.ts";
import { buildPipeline } from "./pipeline.ts";
import type { ServiceDefinition } from "./plan.ts";
import { createRefusal } from "./removed-service.ts";
import type { Send } from "./send.ts";
import { addressesOf, type ServiceSettings } from "./settings.ts";
import { createTransport, type Transport, type TransportOptions } from "./transport.ts";

export interface Services {
  /** The clients of one request: `bind(context).orders.getOrder(...)`. Cheap; a client is made when it is asked for. */
  bind(context: RequestContext): Readonly<Record<string, BoundClient>>;
  /**
   * The pipeline of one service, for proxied routes.
   * @throws RangeError when there is no such service.
   */
  send(service: string): Send;
  /**
   * Gives one service other addresses; no call under way is lost.
   * @throws RangeError when there is no such service.
   * @throws TypeError when there is no address, one is no http(s) URL, or the base path is another than before.
   */
  update(service: string, addresses: readonly Address[]): void;
  /**
   * Where a service is, as answers of it may say; grows with its addresses.
   * @throws RangeError when there is no such service.
   */
  origins(service: string): OwnOrigins;
  /** What the parts of each service tell about themselves: breakers, queues. */
  state(): Readonly<Record<string, ServiceState>>;
  /** One as it runs, with one more user; undefined where it would have to be another. */
  share(definition: ServiceDefinition, settings: ServiceSettings | undefined): Running | undefined;
  /** Ends what runs in the background for them with the last who shares it. */
  shareBackground(): Shared<Background>;
  /** Takes no more calls, waits for those under way and closes every connection that nobody else uses. */
  close(): Promise<void>;
  /** Ends every call, also those of others who share its services. */
  destroy(): void;
}

/** A service as it runs, and how many use it. */
export interface Running extends RunningService {
  /** Where it is, as its answers may say. */
  readonly origins: GrowingOrigins;
  readonly inspection: ReturnType<typeof createInspection>;
  readonly transport: Shared<Transport>;
}

/** Something that is closed by its last user. */
interface Shared<Owned> {
  readonly it: Owned;
  users: number;
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
  /** Others, made with the same options: a service with the same definition and settings is taken over as it runs. */
  readonly before?: Services | undefined;
  /** Settings of services that can be called, and never answer. */
  readonly removed?: Readonly<Record<string, ServiceSettings>>;
  /** How names of services are resolved, where configuration says how often. Default: as the system does. */
  readonly resolve?: Resolve;
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
  options: ServicesOptions = {},
): Services {
  const {
    clock = () => performance.now(),
    now = Date.now,
    random = chance,
    resolve,
    store,
    before,
    removed = {},
  } = options;
  const background = before?.shareBackground() ?? { it: createBackground(clock), users: 1 };
  const kept = store && {
    store: store.answers,
    maxBodyBytes: store.maxBytes * MAX_BODY_SHARE,
    background: background.it,
  };
  const isRemoved = ({ name }: ServiceDefinition): boolean => Object.hasOwn(removed, name);
  function start(definition: ServiceDefinition, own: ServiceSettings | undefined): Running {
    if (own === undefined) throw new TypeError(`service "${definition.name}" has no settings`);
    const { name: service } = definition;
    const told: TransportOptions["told"] = (event) => events.address?.({ ...event, service });
    const ways = { clock, random, told, ...(resolve === undefined ? {} : { resolve }) };
    const transport = isRemoved(definition) ? createRefusal() : createTransport(own, ways);
    const origins = createOwnOrigins(addressesOf(own));
    const inspection = createInspection();
    const { inspect } = inspection;
    inspect("addresses", transport);
    const shared = { events, kept, clock, now, random, origins };
    const { loadSchemas } = definition;
    const send = buildPipeline({ ...shared, settings: own, loadSchemas, inspect }, transport.send);
    const owned = { it: transport, users: 1 };
    return { definition, settings: own, send, now, inspection, origins, transport: owned };
  }
  const running: Running[] = [];
  // No function here may name `before`: what this returns would hold on to it, that to the one before it, and so on.
  for (const definition of definitions) {
    const from = isRemoved(definition) ? removed : settings;
    const own = Object.hasOwn(from, definition.name) ? from[definition.name] : undefined;
    const known = isRemoved(definition) ? undefined : before?.share(definition, own);
    running.push(known ?? start(definition, own));
  }
  let closing: Promise<void> | undefined;

  async function close(): Promise<void> {
    if (--background.users === 0) background.it.close();
    const unused = running.filter(({ transport }) => --transport.users === 0);
    await Promise.all(unused.map(({ transport }) => transport.it.close()));
  }

  const byName = new Map(running.map((one) => [one.definition.name, one]));

  function find(service: string): (typeof running)[number] {
    const one = byName.get(service);
    if (one === undefined) throw new RangeError(`there is no service "${service}"`);
    return one;
  }

  return {
    bind: createBinder(running),
    send: (service) => find(service).send,
    update(service, addresses) {
      const { transport, origins } = find(service);
      transport.it.update(addresses);
      origins.add(addresses);
    },
    origins: (service) => find(service).origins,
    state: () =>
      Object.fromEntries(
        running
          .filter(({ definition }) => !isRemoved(definition))
          .map(({ definition, inspection }) => [definition.name, inspection.state()]),
      ),
    share(definition, own) {
      const known = running.find((one) => one.definition === definition);
      if (known === undefined || own === undefined || isRemoved(definition)) return undefined;
      if (!isDeepStrictEqual(withoutAddresses(known.settings), withoutAddresses(own))) {
        return undefined;
      }
      known.transport.users++;
      if (isDeepStrictEqual(known.settings, own)) return known;
      // Only where it is has changed: what was learned of it still holds.
      const addresses = addressesOf(own);
      known.transport.it.update(addresses);
      known.origins.add(addresses);
      return { ...known, settings: own };
    },
    shareBackground() {
      background.users++;
      return background;
    },
    close() {
      closing ??= close();
      return closing;
    },
    destroy() {
      for (const { transport } of running) transport.it.destroy();
    },
  };
}

/** All that would make a service another one: it may move while it runs, but not to another base path. */
function withoutAddresses(settings: ServiceSettings): object {
  const { url: _, addresses: __, ...rest } = settings;
  return { ...rest, basePath: basePathOf(addressesOf(settings)) };
}
