// heddle gen: heddle.config.ts. DO NOT EDIT.
import { createCompose, defineService } from "heddle";
import type { CatalogClient } from "./catalog/client.d.ts";
import { operations as catalogOperations } from "./catalog/operations.ts";
import type { CustomersClient } from "./customers/client.d.ts";
import { operations as customersOperations } from "./customers/operations.ts";
import type { OrdersClient } from "./orders/client.d.ts";
import { operations as ordersOperations } from "./orders/operations.ts";
import type { ReviewsClient } from "./reviews/client.d.ts";
import { operations as reviewsOperations } from "./reviews/operations.ts";
import type { ShippingClient } from "./shipping/client.d.ts";
import { operations as shippingOperations } from "./shipping/operations.ts";

/** Every service, as composers see it. */
export interface Services {
  readonly catalog: CatalogClient;
  readonly customers: CustomersClient;
  readonly orders: OrdersClient;
  readonly reviews: ReviewsClient;
  readonly shipping: ShippingClient;
}

/** Every service's operations. */
export const services = [
  defineService("catalog", catalogOperations),
  defineService("customers", customersOperations),
  defineService("orders", ordersOperations, () => import("./orders/schemas.ts")),
  defineService("reviews", reviewsOperations),
  defineService("shipping", shippingOperations),
];

/** How a composer is written: `compose.get("/web/orders/{orderId}", ...)`. */
export const compose = createCompose<Services>();

export { each } from "heddle";
