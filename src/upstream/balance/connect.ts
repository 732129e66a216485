/** Opens the pool of connections to one target. */
import type { LookupFunction } from "node:net";
import { Pool } from "undici";
import type { ServiceProtocol } from "../../core/addressing.ts";
import type { Place, Target } from "./target.ts";

export interface ConnectOptions {
  /** Of connecting. */
  readonly timeoutMs: number;
  readonly protocol: ServiceProtocol;
  readonly ca: string | undefined;
}

const MAX_HEAD_BYTES = 65_536;
/** Longer than undici's 4 s, so that bursts do not pay for new connections; a service's own `Keep-Alive` wins. */
const IDLE_MS = 30_000;
/** Streams on one connection of HTTP/2; the service's own limit wins (RFC 9113 §6.5.2). */
const MAX_STREAMS = 100;

export function connect({ origin, place }: Target, options: ConnectOptions): Pool {
  const { timeoutMs, protocol, ca } = options;
  const isMultiplexed = protocol === "http2";
  return new Pool(origin, {
    pipelining: isMultiplexed ? MAX_STREAMS : 1,
    keepAliveTimeout: IDLE_MS,
    maxHeaderSize: MAX_HEAD_BYTES,
    ...(isMultiplexed ? { allowH2: true, maxConcurrentStreams: MAX_STREAMS } : {}),
    connect: {
      timeout: timeoutMs,
      ...(ca === undefined ? {} : { ca }),
      ...(place === undefined ? {} : { lookup: lookUp(place) }),
      // Without TLS there is no ALPN: prior knowledge (RFC 9113 §3.3).
      ...(isMultiplexed && origin.startsWith("http:") ? { useH2c: true } : {}),
    },
  });
}

/** Answers what is known already. */
function lookUp({ address, family }: Place): LookupFunction {
  return function known(_host, { all }, callback) {
    if (all === true) callback(null, [{ address, family }]);
    else callback(null, address, family);
  };
}
