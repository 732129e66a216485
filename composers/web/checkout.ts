/** Places an order and has it picked up: writes to orders, then to shipping. */
import { problem, reply } from "heddle";
import { z } from "zod";
import { compose } from "#gateway";

const basket = z.object({
  customerId: z.string(),
  addressId: z.string(),
  lines: z.array(z.object({ sku: z.string(), quantity: z.number().int().min(1) })).min(1),
  paymentToken: z.string(),
});

export const checkout = compose.post(
  "/web/checkout",
  { body: basket },
  async ({ body, services }) => {
    const { addressId, ...newOrder } = body;
    const addresses = await services.customers.listAddresses({ path: { id: body.customerId } });
    const destination = addresses.find(({ id }) => id === addressId);
    if (destination === undefined) {
      const detail = `customer ${body.customerId} has no address ${addressId}`;
      throw problem("invalid-input", { detail, errors: [{ pointer: "/body/addressId", detail }] });
    }
    const order = await services.orders.createOrder({ body: newOrder });
    const { city, country } = destination;
    const shipment = await services.shipping.createShipment({
      body: { orderId: order.id, destination: { city, country } },
    });
    return reply(
      { order, shipment },
      { status: 201, headers: { location: `/web/orders/${order.id}` } },
    );
  },
);
