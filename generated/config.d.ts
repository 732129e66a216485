// heddle gen: heddle.config.ts. DO NOT EDIT.
import type {} from "heddle/config";
import type { operations as catalogOperations } from "./catalog/operations.ts";
import type { operations as customersOperations } from "./customers/operations.ts";
import type { operations as ordersOperations } from "./orders/operations.ts";
import type { operations as reviewsOperations } from "./reviews/operations.ts";
import type { operations as shippingOperations } from "./shipping/operations.ts";

declare module "heddle/config" {
  /** The operations of every service. */
  interface KnownServices {
    readonly catalog: keyof typeof catalogOperations;
    readonly customers: keyof typeof customersOperations;
    readonly orders: keyof typeof ordersOperations;
    readonly reviews: keyof typeof reviewsOperations;
    readonly shipping: keyof typeof shippingOperations;
  }
}
