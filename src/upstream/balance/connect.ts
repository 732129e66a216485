/** Opens the way to one target. */
import type { LookupFunction } from "node:net";
import { Pool } from "undici";
import type { ServiceProtocol } from "../../core/addressing.ts";
import { Http2Wire } from "../http2/http2-wire.ts";
import type { Place, Target } from "./target.ts";
import type { Wire } from "./wire.ts";

export interface ConnectOptions {
  /** Of connecting. */
  readonly timeoutMs: number;
  readonly protocol: ServiceProtocol;
  readonly ca: string | undefined;
}

const MAX_HEAD_BYTES = 65_536;
/** Longer than undici's 4 s, so that bursts do not pay for new connections; a service's own `Keep-Alive` wins. */
const IDLE_MS = 30_000;

export function connect({ origin, place }: Target, options: ConnectOptions): Wire {
  const { timeoutMs, protocol, ca } = options;
  const socket = {
    ...(ca === undefined ? {} : { ca }),
    ...(place === undefined ? {} : { lookup: lookUp(place) }),
  };
  if (protocol === "http2") {
    return new Http2Wire(origin, {
      timeoutMs,
      maxHeadBytes: MAX_HEAD_BYTES,
      idleMs: IDLE_MS,
      socket,
    });
  }
  return new Pool(origin, {
    pipelining: 1,
    keepAliveTimeout: IDLE_MS,
    maxHeaderSize: MAX_HEAD_BYTES,
    connect: { timeout: timeoutMs, ...socket },
  });
}

/** Answers what is known already. */
function lookUp({ address, family }: Place): LookupFunction {
  return function known(_host, { all }, callback) {
    if (all === true) callback(null, [{ address, family }]);
    else callback(null, address, family);
  };
}
