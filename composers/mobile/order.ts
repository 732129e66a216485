/** One order in a few lines, for a small screen. */
import { problem } from "heddle";
import { compose } from "#gateway";

export const order = compose.get("/mobile/orders/{orderId}", async ({ path, services }) => {
  const found = await services.orders.getOrder.result({ path });
  if (found.status === 404)
    throw problem("not-found", { detail: `there is no order ${path.orderId}` });
  if (found.status !== 200) throw problem("service-failed", { detail: "orders are out of reach" });
  const { id, status, total, lines, shipmentId } = found.body;
  return {
    id,
    status,
    total: total.amount,
    pieces: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    arrivesOn: async () => {
      if (shipmentId === null) return null;
      const shipment = await services.shipping.getShipment(
        { path: { shipmentId } },
        { fallback: null },
      );
      return shipment?.expectedOn ?? null;
    },
  };
});
