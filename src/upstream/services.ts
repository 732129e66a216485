/** The outbound side of a gateway: for every service a pool, a pipeline and a client that requests are bound to. */
import { isDeepStrictEqual } from "node:util";
import type { RequestContext } from "../core/context.ts";
import type { Clock } from "../core/deadline.ts";
import type { AnswerStore } from "../stores/answer-store.ts";
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
import type { ServiceSettings } from "./settings.ts";
import { createTransport, type Transport } from "./transport.ts";

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
  /** One as it runs, with one more user; undefined where it would have to be another. */
  share(definition: ServiceDefinition, settings: ServiceSettings | undefined): Running | undefined;
  /** Ends what runs in the background for them with the last who shares it. */
  shareBackground(): Shared<Background>;
  /** Takes no more calls, waits for those under way and closes every connection that nobody else uses. */
  close(): Promise<void>;
}

/** A service as it runs, and how many use it. */
export interface Running extends RunningService {
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
    const transport = isRemoved(definition) ? createRefusal() : createTransport(own);
    const inspection = createInspection();
    const { inspect } = inspection;
    const shared = { events, kept, clock, now, random };
    const { loadSchemas } = definition;
    const send = buildPipeline({ ...shared, settings: own, loadSchemas, inspect }, transport.send);
    const running = { definition, settings: own, send, now, inspection };
    return { ...running, transport: { it: transport, users: 1 } };
  }
  const running = definitions.map((definition) => {
    const from = isRemoved(definition) ? removed : settings;
    const own = Object.hasOwn(from, definition.name) ? from[definition.name] : undefined;
    return before?.share(definition, own) ?? start(definition, own);
  });
  let closing: Promise<void> | undefined;

  async function close(): Promise<void> {
    if (--background.users === 0) background.it.close();
    const unused = running.filter(({ transport }) => --transport.users === 0);
    await Promise.all(unused.map(({ transport }) => transport.it.close()));
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
        running
          .filter(({ definition }) => !isRemoved(definition))
          .map(({ definition, inspection }) => [definition.name, inspection.state()]),
      ),
    share(definition, own) {
      const known = running.find((one) => one.definition === definition);
      if (known === undefined || !isDeepStrictEqual(known.settings, own)) return undefined;
      known.transport.users++;
      return known;
    },
    shareBackground() {
      background.users++;
      return background;
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}
