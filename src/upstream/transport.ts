/** The end of the outbound side: connections to the addresses of a service, and calls on the wire (RFC 9112, 9113). */
import type { Dispatcher } from "undici";
import type { Address, Addressing } from "../core/addressing.ts";
import type { Clock } from "../core/deadline.ts";
import { watchHealth } from "./balance/active-health.ts";
import { createBalancer } from "./balance/balancer.ts";
import type { EndpointFigures } from "./balance/endpoint.ts";
import { basePathOf, targetsOf } from "./balance/target.ts";
import { type Resolve, resolveBySystem, watchNames } from "./balance/watch-names.ts";
import { chance, type Random } from "./chance.ts";
import type { AddressEvent } from "./events.ts";
import type { CallBody, Send, UpstreamAnswer, UpstreamCall } from "./send.ts";
import { addressesOf, type ServiceSettings } from "./settings.ts";
import type { Attempt } from "./transport/attempt.ts";
import { CollectAttempt } from "./transport/collect.ts";
import { StreamAttempt } from "./transport/stream.ts";
import { UpgradeAttempt } from "./transport/upgrade.ts";

export interface Transport {
  readonly send: Send;
  /**
   * The addresses from now on: new ones take calls at once, weights change, and those that are gone take no more and
   * are closed when their calls are over, streams included.
   * @throws TypeError when there is none, one is no http(s) address, or their base path is another.
   */
  update(addresses: readonly Address[]): void;
  /** Where calls go. */
  state(): readonly EndpointFigures[];
  /** Takes no more calls, waits for those under way, and closes every connection. */
  close(): Promise<void>;
  /** Ends every call, also one that waits for a connection. */
  destroy(): void;
}

export interface TransportOptions {
  /** Monotonic. Default: `performance.now`. */
  readonly clock?: Clock;
  /** Default: cryptographic. */
  readonly random?: Random;
  /** Default: as the system does. */
  readonly resolve?: Resolve;
  /** Told when addresses go, come and fail. */
  readonly told?: (event: Omit<AddressEvent, "service">) => void;
}

/** How long a streamed body may be silent. */
const SILENCE_MS = 60_000;

/** What holds where settings do not say. */
const PLAIN: Omit<Addressing, "addresses"> = {
  ejection: undefined,
  health: undefined,
  dnsMs: undefined,
  protocol: "http1",
  ca: undefined,
};

/**
 * Connects to a service. Redirects are not followed, and no content coding is asked for.
 * @throws TypeError when an address is not an http(s) URL, or addresses differ in their base path.
 */
export function createTransport(
  settings: ServiceSettings,
  {
    clock = () => performance.now(),
    random = chance,
    resolve = resolveBySystem,
    told = () => undefined,
  }: TransportOptions = {},
): Transport {
  const { timeoutMs, maxAnswerBytes } = settings;
  const { ejection, health, dnsMs, protocol, ca } = { ...PLAIN, ...settings };
  let addresses = addressesOf(settings);
  const base = basePathOf(addresses);
  const balancer = createBalancer(
    { timeoutMs, protocol, ca, ejection, clock, random, told },
    targetsOf(addresses),
  );
  const { endpoints } = balancer;
  let isAlone = readsAlone(protocol, addresses);
  /** One address costs a call no more than it did before there could be several. */
  let only = endpoints.length === 1 ? endpoints[0]?.wire : undefined;
  const bodyTimeout = Math.max(timeoutMs, SILENCE_MS);

  function retarget(targets: ReturnType<typeof targetsOf>): void {
    balancer.set(targets);
    only = balancer.only?.wire;
  }

  const names =
    dnsMs === undefined
      ? undefined
      : watchNames({
          everyMs: dnsMs,
          resolve,
          addresses: () => addresses,
          changed: (places) => retarget(targetsOf(addresses, places)),
        });
  const watch =
    health &&
    watchHealth({ rule: health, endpoints: () => balancer.endpoints, mark: balancer.mark });

  function send(call: UpstreamCall): Promise<UpstreamAnswer> {
    return new Promise((resolve, reject) => {
      const { upgrade } = call;
      const attempt =
        upgrade !== undefined
          ? new UpgradeAttempt(call, upgrade, resolve, reject)
          : call.mode === "collect"
            ? new CollectAttempt(call, resolve, reject, maxAnswerBytes)
            : new StreamAttempt(call, resolve, reject, isAlone);
      if (!attempt.begin()) return;
      const options: Dispatcher.DispatchOptions = {
        path: base + call.target,
        method: call.method,
        headers: call.headers,
        body: bodyOf(call.body, attempt),
        upgrade: upgrade?.protocol ?? null,
        // An attempt that is collected has its own timer and the deadline; two more of undici's cost more than they bring.
        headersTimeout: 0,
        bodyTimeout: call.mode === "collect" ? 0 : Math.max(bodyTimeout, call.silenceMs ?? 0),
      };
      if (only === undefined) balance(call, attempt, options);
      else only.dispatch(options, attempt);
    });
  }

  function balance(
    { notes }: UpstreamCall,
    attempt: Attempt,
    options: Dispatcher.DispatchOptions,
  ): void {
    const endpoint = balancer.pick(notes?.triedAt);
    // A second attempt is made because of the first: it goes elsewhere.
    if (notes !== undefined) notes.triedAt = endpoint;
    attempt.seat = balancer.sit(endpoint);
    endpoint.wire.dispatch(options, attempt);
  }

  return {
    send,
    update(next) {
      if (basePathOf(next) !== base) {
        throw new TypeError(`the base path of a service's addresses stays "${base}"`);
      }
      addresses = [...next];
      isAlone = readsAlone(protocol, addresses);
      retarget(targetsOf(addresses, names?.places));
      names?.refresh();
    },
    state: () => balancer.state(),
    close() {
      names?.close();
      watch?.close();
      return balancer.close();
    },
    destroy: balancer.destroy,
  };
}

type DispatchBody = Exclude<Dispatcher.DispatchOptions["body"], undefined>;

function bodyOf(body: CallBody, attempt: Attempt): DispatchBody {
  if (body === null || typeof body === "string" || body instanceof Uint8Array) return body;
  // undici takes any async iterable; its types only know streams.
  return blaming(body, attempt) as unknown as DispatchBody;
}

/** Passes a streamed body on, and tells the attempt when it is the body that fails. */
async function* blaming(
  body: AsyncIterable<Uint8Array>,
  attempt: Attempt,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body) {
      if (attempt.over) return;
      yield chunk;
    }
  } catch (error) {
    attempt.blameBody(error);
    throw error;
  }
}

/** Whether what is read from the service lies in memory of its own: TLS and HTTP/2 have several reads, or streams, in one. */
function readsAlone(protocol: Addressing["protocol"], addresses: readonly Address[]): boolean {
  return protocol === "http1" && addresses.every(({ url }) => new URL(url).protocol === "http:");
}
