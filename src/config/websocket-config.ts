/** How a user opens a route to WebSocket. */
import type { Duration } from "../core/duration.ts";

/** What a route that takes WebSocket allows. */
export interface WebSocketConfig {
  /**
   * Origins whose pages may open a tunnel, for example `"https://shop.example"`; `"*"`: all. Pages of the gateway's own
   * origin may, and who is no page and names none. Default: what the frontend has under `cors`, without `"*"`.
   */
  readonly origins?: readonly string[];
  /** A tunnel on which both sides are silent for so long is closed. Default: `"60s"`. */
  readonly idle?: Duration;
  /** Tunnels through this route at a time. Default: `server.maxTunnels` alone counts. */
  readonly max?: number;
}
