/** Examples of the guide "Retirement": routes that are withdrawn. */
import { defineGateway, env } from "heddle/config";
import { compose } from "#gateway";

// #region composer
export const orderStatus = compose.get(
  "/web/orders/{orderId}/state",
  {
    deprecated: "2026-11-01",
    sunset: "2099-05-01",
    successor: "/web/orders/{orderId}/status",
    policy: "https://shop.example/developers/changes",
  },
  async ({ path, services }) => {
    const { status } = await services.orders.getOrder({ path });
    return { state: status };
  },
);
// #endregion

// #region operation
export default defineGateway({
  services: {
    orders: {
      document: "specs/orders.json",
      url: env("ORDERS_URL"),
      expose: ["getInvoice"],
      operations: {
        getInvoice: {
          deprecated: "2026-11-01",
          sunset: "2099-05-01T12:00:00Z",
          successor: "/papers",
        },
      },
    },
  },
});
// #endregion
