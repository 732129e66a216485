/** Examples of the guide "Behind a proxy". */
import { defineGateway, env } from "heddle/config";

const services = { orders: { document: "specs/orders.json", url: env("ORDERS_URL") } };

// #region list
export const behindLoadBalancer = defineGateway({
  services,
  server: { trustedProxies: ["10.0.0.0/8", "loopback"] },
});
// #endregion

// #region fields
export const behindNginx = defineGateway({
  services,
  server: { trustedProxies: { addresses: ["10.0.3.17"], fields: "x-forwarded" } },
});
// #endregion
