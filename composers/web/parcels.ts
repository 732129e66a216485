/** Parcels that are on their way, with the orders inside them and what has happened so far. */
import { compose, each } from "#gateway";

export const parcels = compose.get("/web/parcels", async ({ services }) => {
  const underway = await services.shipping.searchShipments({ body: { states: ["underway"] } });
  return each(underway, ({ id, orderId, carrier, expectedOn }) => ({
    id,
    carrier,
    expectedOn,
    order: () => services.orders.getOrder({ path: { orderId } }),
    events: () =>
      services.shipping.listTrackingEvents({ path: { shipmentId: id } }, { fallback: [] }),
  }));
});
