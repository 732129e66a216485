/** Examples of the guide "Calling services": answers by status. */
import { problem } from "heddle";
import { compose } from "#gateway";

// #region result
export const cancellation = compose.post(
  "/web/orders/{orderId}/cancel",
  async ({ path, services }) => {
    const answer = await services.orders.cancelOrder.result({
      path,
      body: { reason: "changed-mind" },
    });
    switch (answer.status) {
      case 200:
        return { cancelled: true, at: answer.body.cancelledAt }; // an Order
      case 409:
        return { cancelled: false, why: answer.body.title }; // a Problem
      case 404:
        throw problem("not-found", { detail: `there is no order ${path.orderId}` });
      default:
        throw problem("service-failed", { service: "orders", operation: "cancelOrder" });
    }
  },
);
// #endregion
