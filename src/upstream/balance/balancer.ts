/** The endpoints of one service: which of them takes a call, and how they come and go. */
import type { EjectionRule } from "../../core/addressing.ts";
import { DEFAULT_EJECTED_SHARE } from "../../core/addressing.ts";
import type { Clock } from "../../core/deadline.ts";
import type { Random } from "../chance.ts";
import type { AddressEvent } from "../events.ts";
import { type ConnectOptions, connect } from "./connect.ts";
import { createEjector } from "./ejection.ts";
import { Endpoint, type EndpointFigures } from "./endpoint.ts";
import { createRotation } from "./rotation.ts";
import { Seat } from "./seat.ts";
import type { Target } from "./target.ts";
import type { Wire } from "./wire.ts";

export interface BalancerOptions extends ConnectOptions {
  readonly ejection: EjectionRule | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly told: (event: Omit<AddressEvent, "service">) => void;
}

export interface Balancer {
  readonly endpoints: readonly Endpoint[];
  /** Where there is one endpoint, that: it takes every call, and nothing is counted. */
  readonly only: Endpoint | undefined;
  /** One that takes a call; another than `avoid` where there is one. */
  pick(avoid: unknown): Endpoint;
  sit(endpoint: Endpoint): Seat;
  /** What an endpoint's own health says. */
  mark(endpoint: Endpoint, isUnhealthy: boolean): void;
  /** Those there are from now on. What is gone takes no more calls, and is closed when its last one is over. */
  set(targets: readonly Target[]): void;
  state(): readonly EndpointFigures[];
  /** Waits for all calls, of those that are gone as well. */
  close(): Promise<void>;
  /** Ends all calls, of those that are gone as well. */
  destroy(): void;
}

export function createBalancer(options: BalancerOptions, targets: readonly Target[]): Balancer {
  const { ejection, clock, random, told } = options;
  const rotation = createRotation(ejection?.share ?? DEFAULT_EJECTED_SHARE, random);
  /** Those that are gone, until their last call is over. */
  const leaving = new Map<Wire, Promise<void>>();
  let only: Endpoint | undefined;
  const ejector =
    ejection &&
    createEjector({
      rule: ejection,
      clock,
      hasRoom: rotation.hasRoom,
      changed(endpoint, forMs) {
        rotation.refresh();
        const { key: address } = endpoint;
        told(forMs > 0 ? { address, state: "ejected", forMs } : { address, state: "back" });
      },
    });

  function set(next: readonly Target[]): void {
    const isFirst = rotation.all.length === 0;
    const known = new Map(rotation.all.map((endpoint) => [endpoint.key, endpoint]));
    const endpoints = next.map((target) => {
      const own = known.get(target.key);
      known.delete(target.key);
      if (own === undefined) {
        if (!isFirst) told({ address: target.key, state: "joined" });
        return new Endpoint(target, connect(target, options));
      }
      own.weight = target.weight;
      return own;
    });
    rotation.set(endpoints);
    only = endpoints.length === 1 ? endpoints[0] : undefined;
    for (const gone of known.values()) leave(gone);
  }

  function leave(endpoint: Endpoint): void {
    told({ address: endpoint.key, state: "left" });
    ejector?.forget(endpoint);
    // Waits for the calls that have a place there, streams included.
    const { wire } = endpoint;
    leaving.set(
      wire,
      closed(wire).finally(() => leaving.delete(wire)),
    );
  }

  set(targets);
  return {
    get endpoints() {
      return rotation.all;
    },
    get only() {
      return only;
    },
    pick(avoid) {
      const endpoint = rotation.pick(avoid);
      if (endpoint === undefined) throw new RangeError("a service needs an address");
      return endpoint;
    },
    sit: (endpoint) => new Seat(endpoint, ejector, clock),
    mark(endpoint, isUnhealthy) {
      if (endpoint.isUnhealthy === isUnhealthy || !rotation.all.includes(endpoint)) return;
      endpoint.isUnhealthy = isUnhealthy;
      rotation.refresh();
      told({ address: endpoint.key, state: isUnhealthy ? "unhealthy" : "healthy" });
    },
    set,
    state: () =>
      rotation.all.map((endpoint) =>
        endpoint.figures(clock(), rotation.has(endpoint), endpoint === only),
      ),
    async close() {
      for (const endpoint of rotation.all) ejector?.forget(endpoint);
      await Promise.all([...rotation.all.map(({ wire }) => closed(wire)), ...leaving.values()]);
    },
    destroy() {
      for (const wire of [...rotation.all.map(({ wire }) => wire), ...leaving.keys()])
        void wire.destroy();
    },
  };
}

/** One that was destroyed says so, and is closed. */
function closed(wire: Wire): Promise<void> {
  return wire.close().catch(() => undefined);
}
