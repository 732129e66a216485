/** What composers of the cases import. */
export const HELPERS = `
import { problem } from "heddle";
import type { Services } from "#gateway";
type Order = Awaited<ReturnType<Services["orders"]["getOrder"]>>;
export const buyerOf = ({ customerId }: Order): string => customerId;
export function assertOpen(order: Order): void {
  if (order.status === "cancelled") throw problem("not-found");
}
export const load = (services: Services, orderId: string) =>
  services.orders.getOrder({ path: { orderId } });
export async function loadBoth(services: Services, orderId: string) {
  const order = await services.orders.getOrder({ path: { orderId } });
  const reviews = await services.reviews.listReviews({ query: { limit: 5 } });
  return { order, reviews };
}
export class Desk {
  readonly services: Services;
  order: Order | undefined;
  constructor(services: Services) {
    this.services = services;
  }
  async open(orderId: string) {
    this.order = await this.services.orders.getOrder({ path: { orderId } });
  }
  async buyer() {
    return this.services.customers.getCustomer({ path: { id: this.order?.customerId ?? "" } });
  }
}
`;
