/** The orders of a customer, each with its products and where its parcel is. */
import { z } from "zod";
import { compose, each } from "#gateway";

export const orderHistory = compose.get(
  "/web/customers/{customerId}/orders",
  { query: z.object({ limit: z.coerce.number().int().min(1).max(50).default(10) }) },
  async ({ path, query, services }) => {
    const { customerId } = path;
    const { items } = await services.orders.listOrders({
      query: { customerId, limit: query.limit },
    });
    return each(items, ({ id, placedAt, status, total, lines, shipmentId }) => ({
      id,
      placedAt,
      status,
      total,
      products: () => each(lines, ({ sku }) => services.catalog.getProduct({ path: { sku } })),
      shipment: () =>
        shipmentId === null
          ? null
          : services.shipping.getShipment({ path: { shipmentId } }, { fallback: null }),
    }));
  },
);
