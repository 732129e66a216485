/** Examples of the guide "Composers": status and header fields of an answer. */
// #region reply
import { reply } from "heddle";
import { compose } from "#gateway";

export const removeOrder = compose.delete("/web/orders/{orderId}", async ({ path, services }) => {
  await services.orders.deleteOrder({ path });
  return reply(undefined, { status: 204, headers: { "cache-control": "no-store" } });
});
// #endregion
