/** What is wrong with a route that takes WebSocket: a handshake is a GET, of HTTP/1.1 on both sides (RFC 6455 §4.1). */
import type { GatewayConfig } from "./gateway-config.ts";
import type { Tell } from "./route-faults.ts";
import type { RouteConfig } from "./routes-config.ts";

/** Tells of what would make every handshake an ordinary request, or none at all. */
export function websocketFaults(
  { websocket, method, to = [] }: RouteConfig,
  services: GatewayConfig["services"],
  tell: Tell,
): void {
  if (websocket === undefined || websocket === false) return;
  const methods = method === undefined ? [] : [method].flat();
  if (methods.length > 0 && !methods.some((one) => one.toUpperCase() === "GET"))
    tell(
      ["websocket"],
      "needs GET, which the route does not take",
      "add GET to its `method`, or remove `websocket`",
      websocket,
    );
  const names = typeof to === "string" ? [to] : to.map(({ service }) => service);
  for (const name of new Set(names)) {
    if (!Object.hasOwn(services, name) || services[name]?.protocol !== "http2") continue;
    tell(
      ["websocket"],
      `cannot be taken to "${name}", which is asked over HTTP/2`,
      'lead the route to a service of the same address without protocol: "http2", or remove `websocket`',
      websocket,
    );
  }
}
