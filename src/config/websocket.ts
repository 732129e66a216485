/** {@link WebSocketConfig}, compiled. */
import { type Duration, parseDuration } from "../core/duration.ts";
import type { WebSocketConfig } from "./websocket-config.ts";

/** What holds for the tunnels of a route. */
export interface WebSocketRule {
  /** Serialised origins, or `"*"`; undefined: those of the frontend. */
  readonly origins: readonly string[] | undefined;
  readonly idleMs: number;
  /** At a time; undefined: no limit of its own. */
  readonly max: number | undefined;
}

const IDLE: Duration = "60s";
/** Of the whole gateway, where its configuration does not say. */
export const MAX_TUNNELS = 10_000;

/** Undefined: the route takes no WebSocket. */
export function compileWebSocket(
  given: boolean | WebSocketConfig | undefined,
): WebSocketRule | undefined {
  if (given === undefined || given === false) return undefined;
  const { origins, idle = IDLE, max }: WebSocketConfig = given === true ? {} : given;
  return Object.freeze({ origins, idleMs: parseDuration(idle), max });
}
