/** Declarations as `heddle gen` writes them, of four small services. */
import type { Answer, BareOperation, Operation, StatusCode } from "heddle";
import { createCompose } from "heddle";

export interface components {
  schemas: {
    Order: {
      id: string;
      customerId: string;
      /** @enum {string} */
      state: "open" | "shipped";
      placedAt: string;
      note?: string | null;
      lines: components["schemas"]["Line"][];
      readonly total: components["schemas"]["Money"];
      labels?: { [key: string]: string };
      extra?: unknown;
    };
    Line: { sku: string; quantity: number };
    Money: { amount: number; currency: string };
    Customer: { id: string; name: string; address?: { city: string } };
    Product: { sku: string; title: string; category?: components["schemas"]["Category"] };
    Category: { name: string; children: components["schemas"]["Category"][] };
    Review: { id: string; stars: 1 | 2 | 3 | 4 | 5; text: string };
    Problem: { title: string; status: number };
    NewOrder: { customerId: string; lines: components["schemas"]["Line"][] };
  };
}

export type Schemas = components["schemas"];

export interface GetOrderInput {
  path: { orderId: string };
}

export interface CreateOrderInput {
  body: Schemas["NewOrder"];
}

export interface OrdersClient {
  /** Get one order. `GET /orders/{orderId}` */
  readonly getOrder: Operation<
    GetOrderInput,
    Schemas["Order"],
    | Answer<200, Schemas["Order"]>
    | Answer<404, Schemas["Problem"]>
    | Answer<Exclude<StatusCode, 200 | 404>, unknown>
  >;
  /** Place an order. `POST /orders` */
  readonly createOrder: Operation<
    CreateOrderInput,
    Schemas["Order"],
    Answer<201, Schemas["Order"]> | Answer<Exclude<StatusCode, 201>, Schemas["Problem"]>
  >;
}

export interface CustomersClient {
  readonly getCustomer: Operation<
    { path: { id: string } },
    Schemas["Customer"],
    Answer<200, Schemas["Customer"]> | Answer<Exclude<StatusCode, 200>, unknown>
  >;
}

export interface CatalogClient {
  readonly getProduct: Operation<
    { path: { sku: string } },
    Schemas["Product"],
    Answer<200, Schemas["Product"]> | Answer<Exclude<StatusCode, 200>, unknown>
  >;
}

export interface ReviewsClient {
  readonly listReviews: BareOperation<
    { query?: { order?: string } },
    Schemas["Review"][],
    Answer<200, Schemas["Review"][]> | Answer<Exclude<StatusCode, 200>, unknown>
  >;
}

export interface Services {
  readonly catalog: CatalogClient;
  readonly customers: CustomersClient;
  readonly orders: OrdersClient;
  readonly reviews: ReviewsClient;
}

export const compose = createCompose<Services>();
export { each } from "heddle";
